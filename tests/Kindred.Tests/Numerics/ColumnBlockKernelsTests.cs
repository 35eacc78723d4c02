using Kindred.Numerics;
using Finish = Kindred.Numerics.ColumnBlockKernels.Finish;

namespace Kindred.Tests.Numerics;

public sealed unsafe class ColumnBlockKernelsTests
{
    private const float Untouched = 123.5f;

    public enum Width
    {
        Machine,
        Bits512,
        Bits256,
        Bits128,
        Scalar,
    }

    public static TheoryData<Width> Widths => [.. Enum.GetValues<Width>()];

    [Theory, MemberData(nameof(Widths))]
    public void Multiply_is_one_chain_of_fused_multiply_adds_per_output_at_every_width(Width width)
    {
        AssertMultiplies(width, 6, 16, 32, Finish.None);
        AssertMultiplies(width, 6, 34, 32, Finish.Relu);
        AssertMultiplies(width, 18, 35, 64, Finish.Relu);
        AssertMultiplies(width, 30, 16, 96, Finish.Gate);
        if (width != Width.Bits512) AssertMultiplies(width, 12, 18, 48, Finish.Gate);
    }

    [Fact]
    public void Multiply_without_a_bias_starts_at_zero()
    {
        float[] input = TestNumbers.Array(6 * 16, 4), weights = TestNumbers.Array(16 * 16, 5), output = new float[6 * 16], zero = new float[16];
        var expected = new float[6 * 16];
        fixed (float* x = input, w = weights, y = output, with = expected, b = zero)
        {
            ColumnBlocks of = new(x, 96, 16), by = new(w, 256, 16);
            ColumnBlockKernels.Multiply(of, by, null, new ColumnBlocks(y, 96, 16), 6, Finish.None);
            ColumnBlockKernels.Multiply(of, by, b, new ColumnBlocks(with, 96, 16), 6, Finish.None);
        }

        TestNumbers.AssertSameBits(expected, output);
        Assert.Contains(output, value => value != 0);
    }

    [Theory, MemberData(nameof(Widths))]
    public void A_sum_of_NaN_stays_NaN_so_that_divergence_is_detected(Width width)
    {
        float[] input = new float[6 * 16], weights = TestNumbers.Array(16 * 32, 5), output = new float[2 * 6 * 16];
        input[2 * 16 + 3] = float.NaN;
        fixed (float* x = input, w = weights, y = output)
        {
            Multiply(width, new ColumnBlocks(x, 96, 16), new ColumnBlocks(w, 256, 32), null, new ColumnBlocks(y, 96, 32), 6, Finish.Relu);
        }

        for (var i = 0; i < output.Length; i++) Assert.Equal(i / 16 % 6 == 2, float.IsNaN(output[i]));
    }

    [Theory, MemberData(nameof(Widths))]
    public void AddTransposedProduct_adds_the_rows_in_ascending_order_at_every_width(Width width)
    {
        AssertAddsTransposed(width, 0, 16, 32, false);
        AssertAddsTransposed(width, 1, 18, 32, false);
        AssertAddsTransposed(width, 5, 34, 64, false);
        AssertAddsTransposed(width, 191, 28, 32, false);
        AssertAddsTransposed(width, 7, 64, 64, true);
        if (width != Width.Bits512) AssertAddsTransposed(width, 191, 48, 48, true);
    }

    private static void AssertMultiplies(Width width, int rows, int inputs, int outputs, Finish finish)
    {
        // Both blocks are longer than their rows, and the weights' block is longer than the inputs. The gaps must stay unchanged.
        int inputStride = (rows + 5) * 16, outputStride = (rows + 2) * 16, weightStride = (inputs + 3) * 16;
        var input = TestNumbers.Array((inputs + 15) / 16 * inputStride, 1);
        var weights = TestNumbers.Array(outputs / 16 * weightStride, 2);
        var bias = TestNumbers.Array(outputs, 3);
        var output = finish == Finish.Gate ? TestNumbers.Array(outputs / 16 * outputStride, 4) : new float[outputs / 16 * outputStride];
        if (finish != Finish.Gate) Array.Fill(output, Untouched);
        var expected = (float[])output.Clone();
        for (var r = 0; r < rows; r++)
        {
            for (var o = 0; o < outputs; o++)
            {
                var sum = bias[o];
                for (var k = 0; k < inputs; k++)
                {
                    sum = MathF.FusedMultiplyAdd(input[Place(k, r, inputStride)], weights[Place(o, k, weightStride)], sum);
                }

                ref var to = ref expected[Place(o, r, outputStride)];
                to = finish switch { Finish.Relu => Math.Max(sum, 0), Finish.Gate => to > 0 ? sum : 0, _ => sum };
            }
        }

        fixed (float* x = input, w = weights, b = bias, y = output)
        {
            Multiply(width, new ColumnBlocks(x, inputStride, inputs), new ColumnBlocks(w, weightStride, outputs), b, new ColumnBlocks(y, outputStride, outputs), rows, finish);
        }

        TestNumbers.AssertSameBits(expected, output);
    }

    private static void AssertAddsTransposed(Width width, int rows, int leftColumns, int rightColumns, bool upperOnly)
    {
        int leftStride = (rows + 3) * 16, rightStride = (rows + 1) * 16, stride = (leftColumns + 2) * 16;
        var left = TestNumbers.Array((leftColumns + 15) / 16 * leftStride, 6);
        var right = TestNumbers.Array(rightColumns / 16 * rightStride, 7);
        var product = TestNumbers.Array(rightColumns / 16 * stride, 8);
        var expected = (float[])product.Clone();
        for (var k = 0; k < leftColumns; k++)
        {
            for (var o = 0; o < rightColumns; o++)
            {
                ref var sum = ref expected[Place(o, k, stride)];
                for (var r = 0; r < rows; r++)
                {
                    sum = MathF.FusedMultiplyAdd(left[Place(k, r, leftStride)], right[Place(o, r, rightStride)], sum);
                }
            }
        }

        fixed (float* l = left, r = right, p = product)
        {
            AddTransposedProduct(width, new ColumnBlocks(l, leftStride, leftColumns), new ColumnBlocks(r, rightStride, rightColumns), rows, new ColumnBlocks(p, stride, rightColumns), upperOnly);
        }

        // Below the diagonal either value is correct.
        for (var k = 0; upperOnly && k < leftColumns; k++)
        {
            for (var o = 0; o < k; o++) product[Place(o, k, stride)] = expected[Place(o, k, stride)];
        }

        TestNumbers.AssertSameBits(expected, product);
    }

    private static void Multiply(Width width, ColumnBlocks input, ColumnBlocks weights, float* bias, ColumnBlocks output, int rows, Finish finish)
    {
        if (width == Width.Machine) ColumnBlockKernels.Multiply(input, weights, bias, output, rows, finish);
        else if (width == Width.Bits512) ColumnBlockKernels.Multiply<Simd512>(input, weights, bias, output, 0, weights.Columns, rows, finish);
        else if (width == Width.Bits256) ColumnBlockKernels.Multiply<Simd256>(input, weights, bias, output, 0, weights.Columns, rows, finish);
        else if (width == Width.Bits128) ColumnBlockKernels.Multiply<Simd128>(input, weights, bias, output, 0, weights.Columns, rows, finish);
        else ColumnBlockKernels.Multiply<SimdScalar>(input, weights, bias, output, 0, weights.Columns, rows, finish);
    }

    private static void AddTransposedProduct(Width width, ColumnBlocks left, ColumnBlocks right, int rows, ColumnBlocks product, bool upperOnly)
    {
        if (width == Width.Machine) ColumnBlockKernels.AddTransposedProduct(left, right, rows, product, upperOnly);
        else if (width == Width.Bits512) ColumnBlockKernels.AddTransposedProduct<Simd512>(left, right, 0, right.Columns, rows, product, upperOnly);
        else if (width == Width.Bits256) ColumnBlockKernels.AddTransposedProduct<Simd256>(left, right, 0, right.Columns, rows, product, upperOnly);
        else if (width == Width.Bits128) ColumnBlockKernels.AddTransposedProduct<Simd128>(left, right, 0, right.Columns, rows, product, upperOnly);
        else ColumnBlockKernels.AddTransposedProduct<SimdScalar>(left, right, 0, right.Columns, rows, product, upperOnly);
    }

    private static int Place(int column, int row, int stride) => column / 16 * stride + row * 16 + column % 16;
}
