using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class UserLaneKernelsTests
{
    // A whole number of vectors at every width: 16, 8, 4 and 1 lanes.
    private const int Lanes = 48;

    [Theory]
    [InlineData(1, 4)]
    [InlineData(17, 7)]
    [InlineData(65, 33)]
    public void A_layer_is_one_chain_of_fused_multiply_adds_per_user_at_every_width(int inputCount, int outputCount)
    {
        using var inputs = TestNumbers.Matrix(inputCount, Lanes, 1);
        float[] weights = TestNumbers.Array(outputCount * inputCount, 2), bias = TestNumbers.Array(outputCount, 3);
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

        TestNumbers.AssertSameBits(expected, Layer<Simd512>());
        TestNumbers.AssertSameBits(expected, Layer<Simd256>());
        TestNumbers.AssertSameBits(expected, Layer<Simd128>());
        TestNumbers.AssertSameBits(expected, Layer<SimdScalar>());

        float[] Layer<TSimd>()
            where TSimd : unmanaged, ISimd<TSimd>
        {
            var outputs = new float[outputCount * Lanes];
            fixed (float* w = weights, b = bias, y = outputs)
            {
                UserLaneKernels.Layer<TSimd>(inputs.Pointer, Lanes, inputCount, w, b, y, Lanes, outputCount, relu: true);
            }

            return outputs;
        }
    }

    [Fact]
    public void NaN_stays_NaN()
    {
        var lanes = UserLaneKernels.Lanes;
        var inputs = new float[lanes];
        inputs[5] = float.NaN;
        var outputs = new float[5 * lanes];
        UserLaneKernels.Relu(inputs, [1, 1, 1, 1, 1], [-1, -1, -1, -1, -1], outputs);
        for (var i = 0; i < outputs.Length; i++) Assert.Equal(i % lanes == 5 ? float.NaN : 0, outputs[i]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65)]
    public void AddDot_equals_one_users_chain_bit_for_bit_in_every_lane_at_every_width(int inputCount)
    {
        using var inputs = TestNumbers.Matrix(inputCount, Lanes, 4);
        float[] weights = TestNumbers.Array(inputCount, 5), sums = TestNumbers.Array(Lanes, 6);
        var expected = new float[Lanes];
        for (var user = 0; user < Lanes; user++)
        {
            var column = Enumerable.Range(0, inputCount).Select(k => inputs.Row(k)[user]).ToArray();
            expected[user] = UserLaneKernels.AddDot(column, weights, sums[user]);
        }

        TestNumbers.AssertSameBits(expected, AddDot<Simd512>());
        TestNumbers.AssertSameBits(expected, AddDot<Simd256>());
        TestNumbers.AssertSameBits(expected, AddDot<Simd128>());
        TestNumbers.AssertSameBits(expected, AddDot<SimdScalar>());

        float[] AddDot<TSimd>()
            where TSimd : unmanaged, ISimd<TSimd>
        {
            var to = (float[])sums.Clone();
            fixed (float* w = weights, y = to) UserLaneKernels.AddDot<TSimd>(inputs.Pointer, Lanes, inputCount, w, y);
            return to;
        }
    }

    [Fact]
    public void The_scalar_AddDot_is_a_chain_in_ascending_order()
    {
        float[] inputs = TestNumbers.Array(50, 7), weights = TestNumbers.Array(50, 8);
        var expected = 0.25f;
        for (var k = 0; k < 50; k++) expected = MathF.FusedMultiplyAdd(weights[k], inputs[k], expected);
        TestNumbers.AssertSameBits([expected], [UserLaneKernels.AddDot(inputs, weights, 0.25f)]);
    }

    [Fact]
    public void Mismatched_shapes_are_refused()
    {
        var lanes = UserLaneKernels.Lanes;
        Assert.Throws<ArgumentException>(() => UserLaneKernels.Relu(new float[3 * lanes], new float[7], new float[2], new float[2 * lanes]));
        Assert.Throws<ArgumentException>(() => UserLaneKernels.Linear(new float[3 * lanes], new float[6], new float[2], new float[2 * lanes - 1]));
        Assert.Throws<ArgumentException>(() => UserLaneKernels.AddDot(new float[3 * lanes], new float[3], new float[lanes - 1]));
    }
}
