using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    /// <param name="ridge">[count] what each parameter is multiplied with and added to its gradient.</param>
    /// <param name="moments">[2 × count] first and second moments.</param>
    /// <param name="step">1 for the first step.</param>
    /// <param name="learningRate">Of this step.</param>
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
    /// <param name="ridge">[count] what each parameter is multiplied with and added to its gradient.</param>
    /// <param name="moments">[2 × count] first and second moments.</param>
    /// <param name="count">A multiple of 8.</param>
    /// <param name="step">1 for the first step.</param>
    /// <param name="learningRate">Of this step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(
        float* parameters, float* gradient, float* ridge, float* moments,
        int count, int step, double learningRate)
    {
        // 1 − βᵗ by repeated multiplication would drift; Exp keeps it the same everywhere.
        var rate = Vector256.Create((float)(learningRate / (1 - PortableMath.Exp(step * PortableMath.Log(Beta1)))));
        var correction = Vector256.Create((float)(1 / Math.Sqrt(1 - PortableMath.Exp(step * PortableMath.Log(Beta2)))));
        Vector256<float> b1 = Vector256.Create(Beta1), n1 = Vector256.Create(1 - Beta1);
        Vector256<float> b2 = Vector256.Create(Beta2), n2 = Vector256.Create(1 - Beta2), epsilon = Vector256.Create(Epsilon);
        for (var i = 0; i < count; i += 8)
        {
            var p = Vector256.Load(parameters + i);
            var g = Vector256.FusedMultiplyAdd(Vector256.Load(ridge + i), p, Vector256.Load(gradient + i));
            var m = Vector256.FusedMultiplyAdd(b1, Vector256.Load(moments + i), n1 * g);
            var v = Vector256.FusedMultiplyAdd(b2, Vector256.Load(moments + count + i), n2 * g * g);
            p -= rate * m / Vector256.FusedMultiplyAdd(Vector256.Sqrt(v), correction, epsilon);
            m.Store(moments + i);
            v.Store(moments + count + i);
            p.Store(parameters + i);
            Vector256<float>.Zero.Store(gradient + i);
        }
    }
}
