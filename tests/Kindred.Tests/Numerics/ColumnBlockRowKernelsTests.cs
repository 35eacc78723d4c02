using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class ColumnBlockRowKernelsTests
{
    private const int Rows = 20;
    private const int Stride = (Rows + 3) * 16;

    [Fact]
    public void Gathered_rows_are_stored_in_blocks()
    {
        using var matrix = TestNumbers.Matrix(30, 48, 1);
        int[] rows = [7, 0, 29, 7];
        var blocks = new float[3 * Stride];
        fixed (int* r = rows)
        fixed (float* p = blocks)
        {
            ColumnBlockRowKernels.Gather(matrix.Pointer, r, rows.Length, new ColumnBlocks(p, Stride, 48));
        }

        for (var i = 0; i < rows.Length; i++)
        {
            for (var k = 0; k < 48; k++) Assert.Equal(matrix.Row(rows[i])[k], blocks[Place(k, i)]);
        }
    }

    [Fact]
    public void Transposed_column_blocks_swap_inputs_and_outputs()
    {
        var weights = TestNumbers.Array(48 * 32, 2);
        var transposed = new float[weights.Length];
        fixed (float* w = weights, t = transposed) ColumnBlockRowKernels.Transpose(w, 48, 32, t);
        for (var k = 0; k < 48; k++)
        {
            for (var o = 0; o < 32; o++) Assert.Equal(weights[ColumnBlockKernels.Place(k, o, 48)], transposed[ColumnBlockKernels.Place(o, k, 32)]);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(80)]
    public void Dots_are_sixteen_chains_summed_by_a_tree_at_every_width(int columns)
    {
        float[] x = TestNumbers.Array(columns / 16 * Stride, 3), weights = TestNumbers.Array(columns, 4), before = TestNumbers.Array(Rows * 16, 5);
        var expected = new float[Rows];
        for (var r = 0; r < Rows; r++)
        {
            var lanes = before.AsSpan(r * 16, 16).ToArray();
            for (var k = 0; k < columns; k++) lanes[k % 16] = MathF.FusedMultiplyAdd(weights[k], x[Place(k, r)], lanes[k % 16]);
            for (var half = 8; half > 0; half /= 2)
            {
                for (var lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
            }

            expected[r] = lanes[0];
        }

        TestNumbers.AssertSameBits(expected, Sums(static (x, w, lanes) => ColumnBlockRowKernels.AddDots(x, w, Rows, lanes)));
        TestNumbers.AssertSameBits(expected, Sums(static (x, w, lanes) => ColumnBlockRowKernels.AddDots<Simd512>(x, w, Rows, lanes)));
        TestNumbers.AssertSameBits(expected, Sums(static (x, w, lanes) => ColumnBlockRowKernels.AddDots<Simd256>(x, w, Rows, lanes)));
        TestNumbers.AssertSameBits(expected, Sums(static (x, w, lanes) => ColumnBlockRowKernels.AddDots<Simd128>(x, w, Rows, lanes)));
        TestNumbers.AssertSameBits(expected, Sums(static (x, w, lanes) => ColumnBlockRowKernels.AddDots<SimdScalar>(x, w, Rows, lanes)));

        float[] Sums(Dots kernel)
        {
            var (lanes, sums) = ((float[])before.Clone(), new float[Rows]);
            fixed (float* a = x, w = weights, l = lanes, s = sums)
            {
                kernel(new ColumnBlocks(a, Stride, columns), w, l);
                ColumnBlockRowKernels.SumLanes(l, Rows, s);
            }

            return sums;
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(80)]
    [InlineData(272)]
    public void Weighted_rows_are_added_in_ascending_order_at_every_width(int columns)
    {
        float[] x = TestNumbers.Array(columns / 16 * Stride, 6), factors = TestNumbers.Array(Rows, 7), before = TestNumbers.Array(columns, 8);
        var expected = (float[])before.Clone();
        for (var k = 0; k < columns; k++)
        {
            for (var r = 0; r < Rows; r++) expected[k] = MathF.FusedMultiplyAdd(factors[r], x[Place(k, r)], expected[k]);
        }

        TestNumbers.AssertSameBits(expected, Sum(static (x, f, sum) => ColumnBlockRowKernels.AddWeightedRows(x, f, Rows, sum)));
        TestNumbers.AssertSameBits(expected, Sum(static (x, f, sum) => ColumnBlockRowKernels.AddWeightedRows<Simd512>(x, f, Rows, sum)));
        TestNumbers.AssertSameBits(expected, Sum(static (x, f, sum) => ColumnBlockRowKernels.AddWeightedRows<Simd256>(x, f, Rows, sum)));
        TestNumbers.AssertSameBits(expected, Sum(static (x, f, sum) => ColumnBlockRowKernels.AddWeightedRows<Simd128>(x, f, Rows, sum)));
        TestNumbers.AssertSameBits(expected, Sum(static (x, f, sum) => ColumnBlockRowKernels.AddWeightedRows<SimdScalar>(x, f, Rows, sum)));

        float[] Sum(Dots kernel)
        {
            var sum = (float[])before.Clone();
            fixed (float* a = x, f = factors, s = sum) kernel(new ColumnBlocks(a, Stride, columns), f, s);
            return sum;
        }
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(32, false)]
    [InlineData(96, true)]
    public void Back_propagation_through_the_output_equals_plain_loops_at_every_width(int units, bool withBias)
    {
        float[] hidden = TestNumbers.Array(units / 16 * Stride, 9), slopes = TestNumbers.Array(Rows, 10), output = TestNumbers.Array(units, 11);
        float[] gradient = TestNumbers.Array(units, 12), bias = TestNumbers.Array(units, 13);
        float[] expectedHidden = (float[])hidden.Clone(), expectedGradient = (float[])gradient.Clone(), expectedBias = (float[])bias.Clone();
        for (var unit = 0; unit < units; unit++)
        {
            for (var r = 0; r < Rows; r++)
            {
                ref var value = ref expectedHidden[Place(unit, r)];
                expectedGradient[unit] = MathF.FusedMultiplyAdd(slopes[r], value, expectedGradient[unit]);
                value = value > 0 ? slopes[r] * output[unit] : 0;
                if (withBias) expectedBias[unit] += value;
            }
        }

        float[] expected = [.. expectedHidden, .. expectedGradient, .. expectedBias];
        TestNumbers.AssertSameBits(expected, Back(static (h, s, w, g, b) => ColumnBlockRowKernels.BackThroughOutput(h, s, w, Rows, g, b)));
        if (units % 32 == 0)
        {
            TestNumbers.AssertSameBits(expected, Back(static (h, s, w, g, b) => ColumnBlockRowKernels.BackThroughOutput<Simd512>(h, s, w, 0, h.Columns, Rows, g, b)));
        }

        TestNumbers.AssertSameBits(expected, Back(static (h, s, w, g, b) => ColumnBlockRowKernels.BackThroughOutput<Simd256>(h, s, w, 0, h.Columns, Rows, g, b)));
        TestNumbers.AssertSameBits(expected, Back(static (h, s, w, g, b) => ColumnBlockRowKernels.BackThroughOutput<Simd128>(h, s, w, 0, h.Columns, Rows, g, b)));
        TestNumbers.AssertSameBits(expected, Back(static (h, s, w, g, b) => ColumnBlockRowKernels.BackThroughOutput<SimdScalar>(h, s, w, 0, h.Columns, Rows, g, b)));

        float[] Back(Backward kernel)
        {
            float[] h = (float[])hidden.Clone(), g = (float[])gradient.Clone(), b = (float[])bias.Clone();
            fixed (float* ph = h, ps = slopes, pw = output, pg = g, pb = b) kernel(new ColumnBlocks(ph, Stride, units), ps, pw, pg, withBias ? pb : null);
            return [.. h, .. g, .. b];
        }
    }

    private static int Place(int column, int row) => column / 16 * Stride + row * 16 + column % 16;

    private delegate void Dots(ColumnBlocks x, float* vector, float* sums);

    private delegate void Backward(ColumnBlocks hidden, float* slopes, float* output, float* gradient, float* bias);
}
