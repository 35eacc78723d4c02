using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed unsafe class AdamKernelTests
{
    private const int Count = 40;

    [Fact]
    public void Follows_the_published_algorithm_in_double_precision()
    {
        using var parameters = TestNumbers.Matrix(1, Count, 1);
        using var ridge = TestNumbers.Matrix(1, Count, 2);
        using var moments = new AlignedMatrix(2, Count);
        using var gradient = new AlignedMatrix(1, Count);
        var expected = parameters.ToArray().Select(value => (double)value).ToArray();
        double[] first = new double[Count], second = new double[Count];

        for (var step = 1; step <= 20; step++)
        {
            var rate = 0.01 / step;
            TestNumbers.Array(Count, (ulong)(100 + step)).CopyTo(gradient.Row(0));
            for (var i = 0; i < Count; i++)
            {
                // Kingma and Ba 2015, Algorithm 1.
                var g = gradient.Row(0)[i] + ridge.Row(0)[i] * expected[i];
                first[i] = 0.9 * first[i] + 0.1 * g;
                second[i] = 0.999 * second[i] + 0.001 * g * g;
                expected[i] -= rate * (first[i] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(second[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
            }

            AdamKernel.Step(parameters.Pointer, gradient.Pointer, ridge.Pointer, moments.Pointer, Count, step, rate);
        }

        for (var i = 0; i < Count; i++) Assert.Equal(expected[i], parameters.Row(0)[i], 2e-6);
    }

    [Fact]
    public void The_first_step_has_the_length_of_the_learning_rate_whatever_the_gradient()
    {
        using var parameters = new AlignedMatrix(1, 8);
        using var ridge = new AlignedMatrix(1, 8);
        using var moments = new AlignedMatrix(2, 8);
        using var gradient = new AlignedMatrix(1, 8);
        float[] gradients = [1, -1, 1e-3f, -1e3f, 5, 0.1f, -7, 2];
        gradients.CopyTo(gradient.Row(0));
        AdamKernel.Step(parameters.Pointer, gradient.Pointer, ridge.Pointer, moments.Pointer, 8, 1, 0.5);
        for (var i = 0; i < 8; i++) Assert.Equal(-0.5 * Math.Sign(gradients[i]), parameters.Row(0)[i], 1e-4);
    }

    [Fact]
    public void A_step_has_the_same_bits_at_every_width()
    {
        var expected = Stepped<SimdScalar>();
        TestNumbers.AssertSameBits(expected, Stepped<Simd128>());
        TestNumbers.AssertSameBits(expected, Stepped<Simd256>());
        TestNumbers.AssertSameBits(expected, Stepped<Simd512>());

        static float[] Stepped<TSimd>()
            where TSimd : unmanaged, ISimd<TSimd>
        {
            using var all = TestNumbers.Matrix(5, 48, 7);
            foreach (ref var value in all.Row(4)) value *= value;
            float* p = all.Pointer;
            AdamKernel.Step<TSimd>(p, p + 48, p + 96, p + 144, p + 192, 16, 48, 0.01f, 1.5f);
            return all.ToArray();
        }
    }

    [Fact]
    public void Clears_the_gradient_and_changes_nothing_beyond_the_count()
    {
        using var parameters = TestNumbers.Matrix(1, 16, 3);
        using var ridge = TestNumbers.Matrix(1, 16, 4);
        using var moments = new AlignedMatrix(2, 8);
        using var gradient = TestNumbers.Matrix(1, 16, 5);
        var before = parameters.ToArray();
        var gradientBefore = gradient.ToArray();
        AdamKernel.Step(parameters.Pointer, gradient.Pointer, ridge.Pointer, moments.Pointer, 8, 1, 0.1);
        TestNumbers.AssertSameBits(new float[8], gradient.Row(0)[..8]);
        TestNumbers.AssertSameBits(gradientBefore.AsSpan(8), gradient.Row(0)[8..]);
        TestNumbers.AssertSameBits(before.AsSpan(8), parameters.Row(0)[8..]);
    }
}
