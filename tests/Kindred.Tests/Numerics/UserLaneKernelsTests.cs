using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class UserLaneKernelsTests
{
    private const int Lanes = 24;

    [Theory]
    [InlineData(1, 4)]
    [InlineData(17, 8)]
    [InlineData(65, 32)]
    public void Relu_gives_every_user_what_one_chain_of_fused_multiply_adds_gives(int inputCount, int outputCount)
    {
        using var inputs = TestNumbers.Matrix(inputCount, Lanes, 1);
        using var outputs = new AlignedMatrix(outputCount, Lanes);
        float[] weights = TestNumbers.Array(outputCount * inputCount, 2), bias = TestNumbers.Array(outputCount, 3);
        var packed = new float[weights.Length];
        for (var o = 0; o < outputCount; o++)
        {
            for (var k = 0; k < inputCount; k++) packed[(o / 4 * inputCount + k) * 4 + o % 4] = weights[o * inputCount + k];
        }

        var expected = new float[outputCount * Lanes];
        for (var o = 0; o < outputCount; o++)
        {
            for (var user = 0; user < Lanes; user++)
            {
                var sum = bias[o];
                for (var k = 0; k < inputCount; k++) sum = MathF.FusedMultiplyAdd(weights[o * inputCount + k], inputs.Row(k)[user], sum);
                expected[o * Lanes + user] = Math.Max(sum, 0);
            }
        }

        fixed (float* w = packed, b = bias)
        {
            UserLaneKernels.Relu(inputs.Pointer, inputCount, w, b, outputs.Pointer, outputCount);
        }

        TestNumbers.AssertSameBits(expected, outputs.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65)]
    public void AddDot_has_the_bits_of_its_scalar_twin_in_every_lane(int inputCount)
    {
        using var inputs = TestNumbers.Matrix(inputCount, Lanes, 4);
        float[] weights = TestNumbers.Array(inputCount, 5), sums = TestNumbers.Array(Lanes, 6);
        var expected = new float[Lanes];
        for (var user = 0; user < Lanes; user++)
        {
            var column = Enumerable.Range(0, inputCount).Select(k => inputs.Row(k)[user]).ToArray();
            expected[user] = UserLaneKernels.AddDot(column, weights, sums[user]);
        }

        fixed (float* w = weights, to = sums) UserLaneKernels.AddDot(inputs.Pointer, inputCount, w, to);
        TestNumbers.AssertSameBits(expected, sums);
    }

    [Fact]
    public void The_scalar_AddDot_is_a_chain_in_ascending_order()
    {
        float[] inputs = TestNumbers.Array(50, 7), weights = TestNumbers.Array(50, 8);
        var expected = 0.25f;
        for (var k = 0; k < 50; k++) expected = MathF.FusedMultiplyAdd(weights[k], inputs[k], expected);
        TestNumbers.AssertSameBits([expected], [UserLaneKernels.AddDot(inputs, weights, 0.25f)]);
    }
}
