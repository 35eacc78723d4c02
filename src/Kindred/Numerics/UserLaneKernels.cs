using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics;

/// <summary>Network layers for 24 users at a time, one user a vector lane.</summary>
/// <remarks>
/// Inputs and outputs are [numbers][24]. Each user's sum is one chain of fused multiply-adds in ascending order of the
/// inputs, begun with the bias, so that a user's result has the same bits in any panel, at any vector width and in the
/// scalar twins below.
/// </remarks>
internal static unsafe class UserLaneKernels
{
    /// <summary>Users side by side.</summary>
    public const int Lanes = 24;

    /// <summary>outputs = max(0, weights · inputs + bias).</summary>
    /// <param name="inputs">[inputs][24].</param>
    /// <param name="weights">[outputs / 4][inputs][4].</param>
    /// <param name="bias">[outputs], a multiple of 4.</param>
    /// <param name="outputs">[outputs][24].</param>
    public static void Relu(ReadOnlySpan<float> inputs, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> outputs) =>
        Layer(inputs, weights, bias, outputs, 0);

    /// <summary>outputs = weights · inputs + bias.</summary>
    /// <param name="inputs">[inputs][24].</param>
    /// <param name="weights">[outputs / 4][inputs][4].</param>
    /// <param name="bias">[outputs], a multiple of 4.</param>
    /// <param name="outputs">[outputs][24].</param>
    public static void Linear(ReadOnlySpan<float> inputs, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> outputs) =>
        Layer(inputs, weights, bias, outputs, float.NegativeInfinity);

    private static void Layer(ReadOnlySpan<float> inputs, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> outputs, float floor)
    {
        var inputCount = inputs.Length / Lanes;
        if (bias.Length % 4 != 0 || weights.Length != inputCount * bias.Length || outputs.Length != bias.Length * Lanes)
        {
            throw new ArgumentException($"{inputCount} inputs, {weights.Length} weights, {bias.Length} units and {outputs.Length} outputs do not go together.");
        }

        fixed (float* x = inputs, w = weights, b = bias, y = outputs) Layer(x, inputCount, w, b, y, bias.Length, floor);
    }

    /// <summary>sums += weights · inputs, for one output.</summary>
    /// <param name="inputs">[weights][24].</param>
    /// <param name="weights">One for each input.</param>
    /// <param name="sums">[24].</param>
    public static void AddDot(ReadOnlySpan<float> inputs, ReadOnlySpan<float> weights, Span<float> sums)
    {
        if (inputs.Length != weights.Length * Lanes || sums.Length != Lanes)
        {
            throw new ArgumentException($"{inputs.Length} inputs, {weights.Length} weights and {sums.Length} sums do not go together.");
        }

        fixed (float* x = inputs, w = weights, y = sums) AddDot(x, weights.Length, w, y);
    }

    /// <summary>outputs = max(0, weights · inputs + bias).</summary>
    public static void Relu(float* inputs, int inputCount, float* weights, float* bias, float* outputs, int outputCount) =>
        Layer(inputs, inputCount, weights, bias, outputs, outputCount, 0);

    /// <summary>outputs = max(floor, weights · inputs + bias).</summary>
    /// <param name="inputs">[inputCount][24].</param>
    /// <param name="inputCount">Numbers a user.</param>
    /// <param name="weights">[outputCount / 4][inputCount][4].</param>
    /// <param name="bias">[outputCount].</param>
    /// <param name="outputs">[outputCount][24].</param>
    /// <param name="outputCount">A multiple of 4.</param>
    /// <param name="floor">What no output is below.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Layer(float* inputs, int inputCount, float* weights, float* bias, float* outputs, int outputCount, float floor)
    {
        var least = Vector256.Create(floor);
        var w = weights;
        for (var o = 0; o < outputCount; o += 4)
        {
            Vector256<float> c00 = Vector256.Create(bias[o]), c01 = c00, c02 = c00;
            Vector256<float> c10 = Vector256.Create(bias[o + 1]), c11 = c10, c12 = c10;
            Vector256<float> c20 = Vector256.Create(bias[o + 2]), c21 = c20, c22 = c20;
            Vector256<float> c30 = Vector256.Create(bias[o + 3]), c31 = c30, c32 = c30;
            var x = inputs;
            for (var end = w + 4L * inputCount; w < end; w += 4, x += Lanes)
            {
                Vector256<float> x0 = Vector256.Load(x), x1 = Vector256.Load(x + 8), x2 = Vector256.Load(x + 16);
                var f = Vector256.Create(w[0]);
                c00 = Vector256.FusedMultiplyAdd(f, x0, c00);
                c01 = Vector256.FusedMultiplyAdd(f, x1, c01);
                c02 = Vector256.FusedMultiplyAdd(f, x2, c02);
                f = Vector256.Create(w[1]);
                c10 = Vector256.FusedMultiplyAdd(f, x0, c10);
                c11 = Vector256.FusedMultiplyAdd(f, x1, c11);
                c12 = Vector256.FusedMultiplyAdd(f, x2, c12);
                f = Vector256.Create(w[2]);
                c20 = Vector256.FusedMultiplyAdd(f, x0, c20);
                c21 = Vector256.FusedMultiplyAdd(f, x1, c21);
                c22 = Vector256.FusedMultiplyAdd(f, x2, c22);
                f = Vector256.Create(w[3]);
                c30 = Vector256.FusedMultiplyAdd(f, x0, c30);
                c31 = Vector256.FusedMultiplyAdd(f, x1, c31);
                c32 = Vector256.FusedMultiplyAdd(f, x2, c32);
            }

            var to = outputs + o * Lanes;
            Vector256.Max(c00, least).Store(to);
            Vector256.Max(c01, least).Store(to + 8);
            Vector256.Max(c02, least).Store(to + 16);
            Vector256.Max(c10, least).Store(to + 24);
            Vector256.Max(c11, least).Store(to + 32);
            Vector256.Max(c12, least).Store(to + 40);
            Vector256.Max(c20, least).Store(to + 48);
            Vector256.Max(c21, least).Store(to + 56);
            Vector256.Max(c22, least).Store(to + 64);
            Vector256.Max(c30, least).Store(to + 72);
            Vector256.Max(c31, least).Store(to + 80);
            Vector256.Max(c32, least).Store(to + 88);
        }
    }

    /// <summary>sums += weights · inputs, for one output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddDot(float* inputs, int inputCount, float* weights, float* sums)
    {
        Vector256<float> c0 = Vector256.Load(sums), c1 = Vector256.Load(sums + 8), c2 = Vector256.Load(sums + 16);
        for (var k = 0; k < inputCount; k++, inputs += Lanes)
        {
            var f = Vector256.Create(weights[k]);
            c0 = Vector256.FusedMultiplyAdd(f, Vector256.Load(inputs), c0);
            c1 = Vector256.FusedMultiplyAdd(f, Vector256.Load(inputs + 8), c1);
            c2 = Vector256.FusedMultiplyAdd(f, Vector256.Load(inputs + 16), c2);
        }

        c0.Store(sums);
        c1.Store(sums + 8);
        c2.Store(sums + 16);
    }

    /// <summary>The scalar twin for one user.</summary>
    public static float AddDot(ReadOnlySpan<float> inputs, ReadOnlySpan<float> weights, float sum)
    {
        for (var k = 0; k < inputs.Length; k++) sum = MathF.FusedMultiplyAdd(weights[k], inputs[k], sum);
        return sum;
    }
}
