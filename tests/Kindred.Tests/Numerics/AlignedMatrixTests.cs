using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class AlignedMatrixTests
{
    [Fact]
    public void Starts_as_zeros_on_a_cache_line() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 70]).Sample((rows, columns) =>
        {
            using var matrix = new AlignedMatrix(rows, columns);
            Assert.Equal(0UL, (ulong)matrix.Pointer % 64);
            Assert.All(matrix.ToArray(), value => Assert.Equal(0f, value));
            Assert.Equal((rows, columns), (matrix.Rows, matrix.Columns));
        });

    [Fact]
    public void A_large_matrix_starts_as_zeros_even_with_large_pages()
    {
        using var matrix = new AlignedMatrix(80_000, 64);
        Assert.Equal(0UL, (ulong)matrix.Pointer % HugePages.Alignment(80_000 * 64 * sizeof(float)));
        Assert.Equal(OperatingSystem.IsLinux() ? HugePages.Size : 64, HugePages.Alignment(80_000 * 64 * sizeof(float)));
        for (var row = 0; row < 80_000; row++) Assert.False(matrix.Row(row).ContainsAnyExcept(0f));
    }

    [Fact]
    public void Rows_follow_each_other()
    {
        using var matrix = new AlignedMatrix(3, 2);
        matrix.Row(1)[1] = 5;
        matrix.Row(2)[0] = 7;
        Assert.Equal([0, 0, 0, 5, 7, 0], matrix.RowRange(0, 3).ToArray());
        Assert.Equal([0, 5], matrix.RowRange(1, 1).ToArray());
        Assert.True(matrix.RowRange(3, 0).IsEmpty);
    }

    [Fact]
    public void Refuses_rows_out_of_range()
    {
        using var matrix = new AlignedMatrix(3, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => { matrix.Row(3); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { matrix.Row(-1); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { matrix.RowRange(2, 2); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { matrix.RowRange(-1, 1); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { matrix.RowRange(0, -1); });
    }

    [Fact]
    public void Refuses_impossible_shapes()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedMatrix(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedMatrix(1, 0));
        Assert.Throws<OverflowException>(() => new AlignedMatrix(long.MaxValue / 2, 8));
    }

    [Fact]
    public void Refuses_to_be_read_after_it_is_disposed_and_may_be_disposed_twice()
    {
        var matrix = new AlignedMatrix(1, 1);
        matrix.Dispose();
        matrix.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { matrix.Row(0); });
    }
}
