using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class UserPanelTests
{
    private const int Users = 48;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(21)]
    public void A_panel_holds_rows_as_columns(int length)
    {
        var users = UserPanel.Users;
        using var rows = TestNumbers.Matrix(users, length, 1);
        var starts = new nint[users];
        for (var u = 0; u < users; u++) starts[u] = (nint)(rows.Pointer + (users - 1 - u) * length);
        var panel = new float[length * users];
        UserPanel.Load(starts, length, panel);
        for (var u = 0; u < users; u++)
        {
            for (var k = 0; k < length; k++) Assert.Equal(rows.Row(users - 1 - u)[k], panel[k * users + u]);
        }
    }

    [Fact]
    public void Half_normalising_has_the_bits_of_one_row_at_every_width()
    {
        using var panel = TestNumbers.Matrix(21, Users, 2);
        for (var k = 0; k < 21; k++) panel.Row(k)[7] = 0;
        var expected = Enumerable.Range(0, Users).Select(u =>
        {
            var row = new float[21];
            UserPanel.HalfNormalize(Column(panel, u), row);
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
            panel.RowRange(0, 21).CopyTo(copy.RowRange(0, 21));
            UserPanel.HalfNormalize<TSimd>(copy.Pointer, 21, Users);
            for (var u = 0; u < Users; u++) TestNumbers.AssertSameBits(expected[u], Column(copy, u));
        }
    }

    [Fact]
    public void Lengths_have_the_bits_of_one_chain_at_every_width()
    {
        using var panel = TestNumbers.Matrix(21, Users, 3);
        var expected = Enumerable.Range(0, Users).Select(u => MathF.Sqrt(Column(panel, u).Aggregate(0f, (sum, x) => MathF.FusedMultiplyAdd(x, x, sum)))).ToArray();
        TestNumbers.AssertSameBits(expected, Lengths<Simd512>());
        TestNumbers.AssertSameBits(expected, Lengths<Simd256>());
        TestNumbers.AssertSameBits(expected, Lengths<Simd128>());
        TestNumbers.AssertSameBits(expected, Lengths<SimdScalar>());

        float[] Lengths<TSimd>()
            where TSimd : unmanaged, ISimd<TSimd>
        {
            var lengths = new float[Users];
            fixed (float* to = lengths) UserPanel.Lengths<TSimd>(panel.Pointer, 21, Users, to);
            return lengths;
        }
    }

    private static float[] Column(AlignedMatrix matrix, int column) => [.. Enumerable.Range(0, (int)matrix.Rows).Select(k => matrix.Row(k)[column])];
}
