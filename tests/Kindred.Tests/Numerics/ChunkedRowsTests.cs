using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed class ChunkedRowsTests
{
    private static readonly int[] _heights = [192, 7, 0, 30];

    [Fact]
    public void A_tile_starts_at_the_end_of_the_previous_one_rounded_up_to_a_multiple_of_6()
    {
        using var rows = new ChunkedRows(_heights, 20);
        Assert.Equal((4, 32, 192 + 12 + 30), (rows.Chunks, rows.Columns, rows.Places));
        Assert.Equal([0, 192, 204, 204], Enumerable.Range(0, 4).Select(rows.Start));
        Assert.Equal([192, 12, 0, 30], Enumerable.Range(0, 4).Select(rows.Height));
    }

    [Fact]
    public void Products_equal_plain_loops_for_the_requested_column_blocks()
    {
        using var rows = new ChunkedRows(_heights, 20);
        var values = TestNumbers.Array(rows.Places * 32, 1);
        for (var chunk = 0; chunk < rows.Chunks; chunk++)
        {
            for (var r = 0; r < _heights[chunk]; r++) rows.Set(chunk, r, values.AsSpan((rows.Start(chunk) + r) * 32, 32));
        }

        using var weights = TestNumbers.Matrix(3 * 32, 16, 2);
        using var product = ChunkedRows.NewBlocks(ChunkedRows.MostRows, 3);
        using var sums = ChunkedRows.NewBlocks(32, 3);
        using var gram = new AlignedMatrix(32, 32);
        foreach (var chunk in new[] { 1, 3 })
        {
            product.RowRange(0, (int)product.Rows).Clear();
            sums.RowRange(0, 96).Clear();
            rows.Multiply(chunk, weights, 1, 3, product);
            rows.AddTransposedProduct(chunk, product, 1, 3, sums);
            for (var block = 0; block < 3; block++)
            {
                for (var c = 0; c < 16; c++)
                {
                    var expected = new float[32];
                    for (var r = 0; r < _heights[chunk]; r++)
                    {
                        var x = values.AsSpan((rows.Start(chunk) + r) * 32, 32);
                        var score = 0f;
                        for (var k = 0; k < 32 && block > 0; k++) score = MathF.FusedMultiplyAdd(x[k], weights.Row(block * 32 + k)[c], score);
                        Assert.Equal(score, product.Row(block * 192 + r)[c]);
                        for (var k = 0; k < 32; k++) expected[k] = MathF.FusedMultiplyAdd(x[k], score, expected[k]);
                    }

                    for (var k = 0; k < 32; k++) Assert.Equal(expected[k], sums.Row(block * 32 + k)[c]);
                }
            }
        }

        rows.AddGram(1, gram);
        var together = 0f;
        for (var r = 0; r < 7; r++) together = MathF.FusedMultiplyAdd(values[(192 + r) * 32 + 3], values[(192 + r) * 32 + 18], together);
        Assert.Equal(together, gram.RowRange(0, 32)[ColumnBlockKernels.Place(3, 18, 32)]);
    }

    [Fact]
    public void Mismatched_shapes_are_refused_before_memory_is_accessed()
    {
        using var rows = new ChunkedRows(_heights, 20);
        using var weights = ChunkedRows.NewBlocks(32, 2);
        using var product = ChunkedRows.NewBlocks(ChunkedRows.MostRows, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChunkedRows([193], 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Set(1, 12, new float[32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Set(1, 0, new float[20]));
        Assert.Throws<ArgumentException>(() => rows.Multiply(0, weights, 0, 2, product));
        Assert.Throws<ArgumentException>(() => rows.AddTransposedProduct(0, product, 0, 2, weights));
        Assert.Throws<ArgumentException>(() => rows.AddGram(0, weights));
    }
}
