using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class GatheredRowsTests
{
    [Theory]
    [InlineData(16, 4)]
    [InlineData(48, 8)]
    [InlineData(64, 12)]
    [InlineData(128, 20)]
    public void Both_products_proceed_row_by_row_at_every_width(int length, int count)
    {
        using var matrix = TestNumbers.Matrix(50, length + 16, 1);
        float[] x = TestNumbers.Array(length, 2), weights = TestNumbers.Array(count, 3);
        var rows = Enumerable.Range(0, count).Select(i => i * 7 % 50).ToArray();
        foreach (var fitOnes in new[] { false, true })
        {
            var expected = TestNumbers.Array(length, 4);
            for (var i = 0; i < count; i++)
            {
                var row = matrix.Row(rows[i])[..length];
                var dot = DotInLanes(row, x);
                var factor = weights[i] * (fitOnes ? 1 - dot : dot);
                for (var k = 0; k < length; k++) expected[k] = MathF.FusedMultiplyAdd(factor, row[k], expected[k]);
            }

            TestNumbers.AssertSameBits(expected, Add<Sixteen256>(matrix, rows, weights, x, fitOnes, anyLength: false));
            TestNumbers.AssertSameBits(expected, Add<Sixteen256>(matrix, rows, weights, x, fitOnes, anyLength: true));
            if (length == 64) TestNumbers.AssertSameBits(expected, Add64<Sixteen256>(matrix, rows, weights, x, fitOnes));
            if (!Sixteen512.IsSupported) continue;
            TestNumbers.AssertSameBits(expected, Add<Sixteen512>(matrix, rows, weights, x, fitOnes, anyLength: false));
            TestNumbers.AssertSameBits(expected, Add<Sixteen512>(matrix, rows, weights, x, fitOnes, anyLength: true));
        }
    }

    // The order of VectorKernels.Dot, which its own tests define.
    private static float DotInLanes(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => VectorKernels.Dot(a, b);

    private static float[] Add<T>(AlignedMatrix matrix, int[] rows, float[] weights, float[] x, bool fitOnes, bool anyLength)
        where T : unmanaged, ISixteen<T> =>
        Run(matrix, rows, weights, x, (gathered, to, from) =>
        {
            if (anyLength) gathered.AddAny<T>((float*)to, (float*)from, x.Length, fitOnes);
            else gathered.Add<T>((float*)to, (float*)from, x.Length, fitOnes);
        });

    private static float[] Add64<T>(AlignedMatrix matrix, int[] rows, float[] weights, float[] x, bool fitOnes)
        where T : unmanaged, ISixteen<T> =>
        Run(matrix, rows, weights, x, (gathered, to, from) => gathered.Add64<T>((float*)to, (float*)from, fitOnes));

    private static float[] Run(AlignedMatrix matrix, int[] rows, float[] weights, float[] x, Action<GatheredRows, nint, nint> add)
    {
        var y = TestNumbers.Array(x.Length, 4);
        var places = Array.ConvertAll(rows, row => (nint)(matrix.Pointer + row * matrix.Columns));
        fixed (nint* place = places)
        fixed (float* w = weights, to = y, from = x)
        {
            add(new GatheredRows((float**)place, w, rows.Length), (nint)to, (nint)from);
        }

        return y;
    }
}
