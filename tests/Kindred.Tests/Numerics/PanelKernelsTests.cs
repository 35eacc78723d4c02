using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class PanelKernelsTests
{
    private const float Untouched = 123.5f;

    [Theory]
    [InlineData(6, 16, 16, false)]
    [InlineData(6, 32, 16, true)]
    [InlineData(18, 48, 32, true)]
    [InlineData(30, 16, 64, false)]
    public void Multiply_is_one_chain_of_fused_multiply_adds_an_output(int rows, int inputs, int outputs, bool relu)
    {
        // Both panels are longer than their rows: what lies between must stay as it is.
        int inputStride = (rows + 5) * 16, outputStride = (rows + 2) * 16;
        var input = TestNumbers.Array(inputs / 16 * inputStride, 1);
        var weights = TestNumbers.Array(inputs * outputs, 2);
        var bias = TestNumbers.Array(outputs, 3);
        var output = new float[outputs / 16 * outputStride];
        Array.Fill(output, Untouched);
        var expected = (float[])output.Clone();
        for (var r = 0; r < rows; r++)
        {
            for (var o = 0; o < outputs; o++)
            {
                var sum = bias[o];
                for (var k = 0; k < inputs; k++)
                {
                    sum = MathF.FusedMultiplyAdd(input[Place(k, r, inputStride)], weights[Place(o, k, inputs * 16)], sum);
                }

                expected[Place(o, r, outputStride)] = relu ? Math.Max(sum, 0) : sum;
            }
        }

        fixed (float* x = input, w = weights, b = bias, y = output)
        {
            PanelKernels.Multiply(x, inputStride, inputs, w, b, y, outputStride, outputs, rows, relu);
        }

        TestNumbers.AssertSameBits(expected, output);
    }

    [Fact]
    public void Multiply_without_a_bias_begins_at_zero()
    {
        float[] input = TestNumbers.Array(6 * 16, 4), weights = TestNumbers.Array(16 * 16, 5), output = new float[6 * 16], zero = new float[16];
        var expected = new float[6 * 16];
        fixed (float* x = input, w = weights, y = output, with = expected, b = zero)
        {
            PanelKernels.Multiply(x, 96, 16, w, null, y, 96, 16, 6, relu: false);
            PanelKernels.Multiply(x, 96, 16, w, b, with, 96, 16, 6, relu: false);
        }

        TestNumbers.AssertSameBits(expected, output);
        Assert.Contains(output, value => value != 0);
    }

    [Theory]
    [InlineData(0, 16, 16, false)]
    [InlineData(1, 16, 32, false)]
    [InlineData(5, 32, 16, false)]
    [InlineData(7, 48, 48, true)]
    [InlineData(191, 32, 32, true)]
    public void AddTransposedProduct_adds_the_rows_in_ascending_order(int rows, int leftColumns, int rightColumns, bool upperOnly)
    {
        int leftStride = (rows + 3) * 16, rightStride = (rows + 1) * 16;
        var left = TestNumbers.Array(leftColumns / 16 * leftStride, 6);
        var right = TestNumbers.Array(rightColumns / 16 * rightStride, 7);
        var product = TestNumbers.Array(leftColumns * rightColumns, 8);
        var expected = (float[])product.Clone();
        for (var k = 0; k < leftColumns; k++)
        {
            for (var o = 0; o < rightColumns; o++)
            {
                if (upperOnly && k / 16 > o / 16) continue;
                ref var sum = ref expected[Place(o, k, leftColumns * 16)];
                for (var r = 0; r < rows; r++)
                {
                    sum = MathF.FusedMultiplyAdd(left[Place(k, r, leftStride)], right[Place(o, r, rightStride)], sum);
                }
            }
        }

        fixed (float* l = left, r = right, p = product)
        {
            PanelKernels.AddTransposedProduct(l, leftStride, leftColumns, r, rightStride, rightColumns, rows, p, upperOnly);
        }

        TestNumbers.AssertSameBits(expected, product);
    }

    private static int Place(int column, int row, int stride) => column / 16 * stride + row * 16 + column % 16;
}
