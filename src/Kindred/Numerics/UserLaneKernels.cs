using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

/// <summary>Layers of networks for a lane group, one user per vector lane.</summary>
/// <remarks>
/// A lane group is [numbers][<see cref="Lanes"/>]; weights are rows as a model holds them, [outputs × inputs]. Each user's sum is one
/// chain of fused multiply-adds in ascending order of the inputs, starting with the bias, so that a user's result has the same bits in
/// any lane group and at any vector width.
/// </remarks>
internal static unsafe class UserLaneKernels
{
    /// <summary>Users side by side: three vectors of the machine, which with four outputs at a time keep its multiply-adders
    /// busy.</summary>
    public static int Lanes => SimdWidth.Is512 ? 48 : 24;

    /// <summary>outputs = max(0, weights · inputs + bias).</summary>
    /// <param name="inputs">[inputs][lanes].</param>
    /// <param name="weights">[outputs × inputs] row-major.</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="outputs">[outputs][lanes].</param>
    public static void Relu(ReadOnlySpan<float> inputs, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> outputs) =>
        Layer(inputs, weights, bias, outputs, Lanes, relu: true);

    /// <summary>outputs = weights · inputs + bias.</summary>
    /// <param name="inputs">[inputs][lanes].</param>
    /// <param name="weights">[outputs × inputs] row-major.</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="outputs">[outputs][stride]; the first lanes of each output are written.</param>
    /// <param name="stride">Distance from one output to the next; 0 for the number of lanes.</param>
    public static void Linear(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> outputs, int stride = 0) =>
        Layer(inputs, weights, bias, outputs, stride == 0 ? Lanes : stride, relu: false);

    /// <summary>sums += weights · inputs, for one output.</summary>
    /// <param name="inputs">[weights][lanes].</param>
    /// <param name="weights">One for each input.</param>
    /// <param name="sums">[lanes].</param>
    public static void AddDot(ReadOnlySpan<float> inputs, ReadOnlySpan<float> weights, Span<float> sums)
    {
        if (inputs.Length != weights.Length * Lanes || sums.Length < Lanes)
        {
            throw new ArgumentException($"{inputs.Length} inputs, {weights.Length} weights and {sums.Length} sums do not go together.");
        }

        fixed (float* x = inputs, w = weights, y = sums)
        {
            if (SimdWidth.Is512) AddDot<Simd512>(x, Lanes, weights.Length, w, y);
            else if (SimdWidth.Is256) AddDot<Simd256>(x, Lanes, weights.Length, w, y);
            else AddDot<Simd128>(x, Lanes, weights.Length, w, y);
        }
    }

    /// <summary>The sum of one user, with the same bits as a lane of the other methods.</summary>
    public static float AddDot(ReadOnlySpan<float> inputs, ReadOnlySpan<float> weights, float sum)
    {
        for (var k = 0; k < inputs.Length; k++) sum = MathF.FusedMultiplyAdd(weights[k], inputs[k], sum);
        return sum;
    }

    private static void Layer(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> outputs, int stride, bool relu)
    {
        var inputCount = inputs.Length / Lanes;
        if (weights.Length != inputCount * bias.Length || stride < Lanes || outputs.Length < (bias.Length - 1) * stride + Lanes)
        {
            throw new ArgumentException(
                $"{inputCount} inputs, {weights.Length} weights, {bias.Length} units and {outputs.Length} outputs do not go together.");
        }

        fixed (float* x = inputs, w = weights, b = bias, y = outputs)
        {
            if (SimdWidth.Is512) Layer<Simd512>(x, Lanes, inputCount, w, b, y, stride, bias.Length, relu);
            else if (SimdWidth.Is256) Layer<Simd256>(x, Lanes, inputCount, w, b, y, stride, bias.Length, relu);
            else Layer<Simd128>(x, Lanes, inputCount, w, b, y, stride, bias.Length, relu);
        }
    }

    /// <summary>outputs = weights · inputs + bias, then max(0, ·) if <paramref name="relu"/>.</summary>
    /// <param name="inputs">[inputCount][lanes].</param>
    /// <param name="lanes">Users side by side: a multiple of three vectors.</param>
    /// <param name="inputCount">Numbers per user.</param>
    /// <param name="weights">[outputCount × inputCount] row-major.</param>
    /// <param name="bias">[outputCount].</param>
    /// <param name="outputs">[outputCount][stride].</param>
    /// <param name="stride">Distance from one output to the next.</param>
    /// <param name="outputCount">Outputs.</param>
    /// <param name="relu">True to clamp below at zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Layer<TSimd>(
        float* inputs, int lanes, int inputCount, float* weights, float* bias, float* outputs, long stride, int outputCount, bool relu)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        // Twelve sums, three inputs and a weight are the sixteen registers of narrower vectors: nothing else may live across the inner
        // loop.
        for (var lane = 0; lane < lanes; lane += 3 * TSimd.Count)
        {
            var o = 0;
            float* w = weights, to = outputs + lane;
            for (; o <= outputCount - 4; o += 4, w += 4L * inputCount)
            {
                TSimd c00 = TSimd.Create(bias[o]), c01 = c00, c02 = c00;
                TSimd c10 = TSimd.Create(bias[o + 1]), c11 = c10, c12 = c10;
                TSimd c20 = TSimd.Create(bias[o + 2]), c21 = c20, c22 = c20;
                TSimd c30 = TSimd.Create(bias[o + 3]), c31 = c30, c32 = c30;
                float* x = inputs + lane, w1 = w + inputCount, w2 = w1 + inputCount, w3 = w2 + inputCount;
                for (long k = 0; k < inputCount; k++, x += lanes)
                {
                    TSimd x0 = TSimd.Load(x), x1 = TSimd.Load(x + TSimd.Count), x2 = TSimd.Load(x + 2 * TSimd.Count);
                    var f = TSimd.Create(w[k]);
                    c00 = TSimd.FusedMultiplyAdd(f, x0, c00);
                    c01 = TSimd.FusedMultiplyAdd(f, x1, c01);
                    c02 = TSimd.FusedMultiplyAdd(f, x2, c02);
                    f = TSimd.Create(w1[k]);
                    c10 = TSimd.FusedMultiplyAdd(f, x0, c10);
                    c11 = TSimd.FusedMultiplyAdd(f, x1, c11);
                    c12 = TSimd.FusedMultiplyAdd(f, x2, c12);
                    f = TSimd.Create(w2[k]);
                    c20 = TSimd.FusedMultiplyAdd(f, x0, c20);
                    c21 = TSimd.FusedMultiplyAdd(f, x1, c21);
                    c22 = TSimd.FusedMultiplyAdd(f, x2, c22);
                    f = TSimd.Create(w3[k]);
                    c30 = TSimd.FusedMultiplyAdd(f, x0, c30);
                    c31 = TSimd.FusedMultiplyAdd(f, x1, c31);
                    c32 = TSimd.FusedMultiplyAdd(f, x2, c32);
                }

                Store(c00, c01, c02, relu, to + o * stride);
                Store(c10, c11, c12, relu, to + (o + 1) * stride);
                Store(c20, c21, c22, relu, to + (o + 2) * stride);
                Store(c30, c31, c32, relu, to + (o + 3) * stride);
            }

            for (; o < outputCount; o++, w += inputCount)
            {
                TSimd c0 = TSimd.Create(bias[o]), c1 = c0, c2 = c0;
                AddProducts(inputs + lane, lanes, inputCount, w, ref c0, ref c1, ref c2);
                Store(c0, c1, c2, relu, to + o * stride);
            }
        }
    }

    /// <summary>sums += weights · inputs, for one output.</summary>
    /// <param name="inputs">[inputCount][lanes].</param>
    /// <param name="lanes">Users side by side: a multiple of three vectors.</param>
    /// <param name="inputCount">Numbers per user.</param>
    /// <param name="weights">[inputCount].</param>
    /// <param name="sums">[lanes].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddDot<TSimd>(float* inputs, int lanes, int inputCount, float* weights, float* sums)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        for (var lane = 0; lane < lanes; lane += 3 * TSimd.Count)
        {
            var to = sums + lane;
            TSimd c0 = TSimd.Load(to), c1 = TSimd.Load(to + TSimd.Count), c2 = TSimd.Load(to + 2 * TSimd.Count);
            AddProducts(inputs + lane, lanes, inputCount, weights, ref c0, ref c1, ref c2);
            c0.Store(to);
            c1.Store(to + TSimd.Count);
            c2.Store(to + 2 * TSimd.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProducts<TSimd>(float* x, int lanes, int inputCount, float* weights, ref TSimd c0, ref TSimd c1, ref TSimd c2)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        TSimd s0 = c0, s1 = c1, s2 = c2;
        for (long k = 0; k < inputCount; k++, x += lanes)
        {
            var f = TSimd.Create(weights[k]);
            s0 = TSimd.FusedMultiplyAdd(f, TSimd.Load(x), s0);
            s1 = TSimd.FusedMultiplyAdd(f, TSimd.Load(x + TSimd.Count), s1);
            s2 = TSimd.FusedMultiplyAdd(f, TSimd.Load(x + 2 * TSimd.Count), s2);
        }

        (c0, c1, c2) = (s0, s1, s2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSimd>(TSimd c0, TSimd c1, TSimd c2, bool relu, float* to)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        if (relu)
        {
            // This order of arguments keeps NaN.
            (c0, c1, c2) = (TSimd.Max(default, c0), TSimd.Max(default, c1), TSimd.Max(default, c2));
        }

        c0.Store(to);
        c1.Store(to + TSimd.Count);
        c2.Store(to + 2 * TSimd.Count);
    }
}
