using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

/// <summary>Adam with L2 in the gradient.</summary>
internal static unsafe class AdamKernel
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    /// <summary>One step; clears the gradient.</summary>
    /// <param name="parameters">[count], a multiple of 8; changed in place.</param>
    /// <param name="gradient">[count].</param>
    /// <param name="ridge">[count] L2 factors: each parameter times its factor is added to its gradient.</param>
    /// <param name="moments">[2 × count] first and second moments.</param>
    /// <param name="step">1 for the first step.</param>
    /// <param name="learningRate">Learning rate of this step.</param>
    public static void Step(
        Span<float> parameters, Span<float> gradient, ReadOnlySpan<float> ridge, AlignedMatrix moments, int step, double learningRate)
    {
        var count = parameters.Length;
        if (count % 8 != 0 || gradient.Length != count || ridge.Length != count || moments.Rows != 2 || moments.Columns != count)
        {
            throw new ArgumentException($"{count} parameters, {gradient.Length} gradients and {ridge.Length} ridges do not go together.");
        }

        fixed (float* p = parameters, g = gradient, r = ridge) Step(p, g, r, moments.Pointer, count, step, learningRate);
    }

    /// <summary>One step; clears the gradient.</summary>
    /// <param name="parameters">[count] changed in place.</param>
    /// <param name="gradient">[count].</param>
    /// <param name="ridge">[count] L2 factors: each parameter times its factor is added to its gradient.</param>
    /// <param name="moments">[2 × count] first and second moments.</param>
    /// <param name="count">A multiple of 8.</param>
    /// <param name="step">1 for the first step.</param>
    /// <param name="learningRate">Learning rate of this step.</param>
    public static void Step(float* parameters, float* gradient, float* ridge, float* moments, int count, int step, double learningRate)
    {
        // Repeated multiplication would make 1 − βᵗ drift; Exp gives the same bits on every machine.
        var rate = (float)(learningRate / (1 - PortableMath.Exp(step * PortableMath.Log(Beta1))));
        var correction = (float)(1 / Math.Sqrt(1 - PortableMath.Exp(step * PortableMath.Log(Beta2))));
        var wide = SimdWidth.Is512 ? count / 16 * 16 : 0;
        if (SimdWidth.Is512) Step<Simd512>(parameters, gradient, ridge, moments, moments + count, 0, wide, rate, correction);
        if (SimdWidth.Is256) Step<Simd256>(parameters, gradient, ridge, moments, moments + count, wide, count, rate, correction);
        else Step<Simd128>(parameters, gradient, ridge, moments, moments + count, 0, count, rate, correction);
    }

    /// <summary>The step of some of the parameters.</summary>
    /// <param name="parameters">Changed in place.</param>
    /// <param name="gradient">Cleared.</param>
    /// <param name="ridge">L2 factors: each parameter times its factor is added to its gradient.</param>
    /// <param name="first">First moments.</param>
    /// <param name="second">Second moments.</param>
    /// <param name="begin">The first parameter.</param>
    /// <param name="end">The parameter after the last.</param>
    /// <param name="rate">Learning rate / (1 − β₁ᵗ).</param>
    /// <param name="correction">1 / √(1 − β₂ᵗ).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step<TSimd>(
        float* parameters, float* gradient, float* ridge, float* first, float* second, int begin, int end, float rate, float correction)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        TSimd rates = TSimd.Create(rate), corrections = TSimd.Create(correction), epsilon = TSimd.Create(Epsilon), zero = TSimd.Create(0);
        TSimd b1 = TSimd.Create(Beta1), n1 = TSimd.Create(1 - Beta1), b2 = TSimd.Create(Beta2), n2 = TSimd.Create(1 - Beta2);
        for (var i = begin; i < end; i += TSimd.Count)
        {
            var p = TSimd.Load(parameters + i);
            var g = TSimd.FusedMultiplyAdd(TSimd.Load(ridge + i), p, TSimd.Load(gradient + i));
            var m = TSimd.FusedMultiplyAdd(b1, TSimd.Load(first + i), n1 * g);
            var v = TSimd.FusedMultiplyAdd(b2, TSimd.Load(second + i), n2 * g * g);
            (p - rates * m / TSimd.FusedMultiplyAdd(TSimd.Sqrt(v), corrections, epsilon)).Store(parameters + i);
            m.Store(first + i);
            v.Store(second + i);
            zero.Store(gradient + i);
        }
    }
}
