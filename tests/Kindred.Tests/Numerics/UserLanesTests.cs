using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class UserLanesTests
{
    private const int Users = 48;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(21)]
    public void A_lane_group_holds_rows_as_columns(int length)
    {
        var users = UserLanes.Count;
        using var rows = TestNumbers.Matrix(users, length, 1);
        var starts = new nint[users];
        for (var u = 0; u < users; u++) starts[u] = (nint)(rows.Pointer + (users - 1 - u) * length);
        var group = new float[length * users];
        UserLanes.Load(starts, length, group);
        for (var u = 0; u < users; u++)
        {
            for (var k = 0; k < length; k++) Assert.Equal(rows.Row(users - 1 - u)[k], group[k * users + u]);
        }
    }

    [Fact]
    public void Half_normalising_equals_that_of_one_row_bit_for_bit_at_every_width()
    {
        using var group = TestNumbers.Matrix(21, Users, 2);
        for (var k = 0; k < 21; k++) group.Row(k)[7] = 0;
        var expected = Enumerable.Range(0, Users).Select(u =>
        {
            var row = new float[21];
            UserLanes.HalfNormalize(Column(group, u), row);
            return row;
        }).ToArray();
        Check<Simd512>();
        Check<Simd256>();
        Check<Simd128>();
        Check<SimdScalar>();

        void Check<TSimd>()
            where TSimd : unmanaged, ISimd<TSimd>
        {
            using var copy = new AlignedMatrix(21, Users);
            group.RowRange(0, 21).CopyTo(copy.RowRange(0, 21));
            UserLanes.HalfNormalize<TSimd>(copy.Pointer, 21, Users);
            for (var u = 0; u < Users; u++) TestNumbers.AssertSameBits(expected[u], Column(copy, u));
        }
    }

    [Fact]
    public void Lengths_equal_one_chain_bit_for_bit_at_every_width()
    {
        using var group = TestNumbers.Matrix(21, Users, 3);
        var expected = Enumerable.Range(0, Users).Select(u => MathF.Sqrt(Column(group, u).Aggregate(0f, (sum, x) => MathF.FusedMultiplyAdd(x, x, sum)))).ToArray();
        TestNumbers.AssertSameBits(expected, Lengths<Simd512>());
        TestNumbers.AssertSameBits(expected, Lengths<Simd256>());
        TestNumbers.AssertSameBits(expected, Lengths<Simd128>());
        TestNumbers.AssertSameBits(expected, Lengths<SimdScalar>());

        float[] Lengths<TSimd>()
            where TSimd : unmanaged, ISimd<TSimd>
        {
            var lengths = new float[Users];
            fixed (float* to = lengths) UserLanes.Lengths<TSimd>(group.Pointer, 21, Users, to);
            return lengths;
        }
    }

    private static float[] Column(AlignedMatrix matrix, int column) =>
        [.. Enumerable.Range(0, (int)matrix.Rows).Select(k => matrix.Row(k)[column])];
}
