using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

/// <summary>The logistic loss of many regressions' scores, one regression per lane.</summary>
internal static unsafe class LogisticKernel
{
    /// <summary>
    /// Converts scores into derivatives for the weights. In a lane that needs its loss, z becomes the slope of the loss at z, and the
    /// curvature there is stored. In a lane that needs a product, z becomes z times the stored curvature. In an idle lane, z becomes 0.
    /// </summary>
    /// <remarks>
    /// With w = |signed|, y its sign and p = 1/(1 + e^(−yz)): loss w ln(1 + e^(−yz)), slope −y w (1 − p), curvature w p (1 − p).
    /// A lane's bits depend on nothing in other lanes and not on their number. Sums run over the rows in their order, compensated
    /// (Knuth's TwoSum), so that a row of weight zero does not change them.
    /// </remarks>
    /// <param name="values">[rows × lanes] z; replaced.</param>
    /// <param name="curvature">[rows × lanes] written in lanes with a loss, read in lanes with a product.</param>
    /// <param name="signed">[rows × lanes] sample weights, negative for users who are not seeds.</param>
    /// <param name="asked">[lanes] 1 for the loss, −1 for a product, 0 for an idle lane; a multiple of 8.</param>
    /// <param name="sums">[4][lanes] the running sum of the new values with its rounding error, and the same for the losses:
    /// <see cref="Move"/>.</param>
    public static void Run(
        Span<float> values, Span<float> curvature, ReadOnlySpan<float> signed, ReadOnlySpan<float> asked, Span<float> sums)
    {
        // With 8 lanes there is no vector of 16.
        if (SimdWidth.Is512 && asked.Length % Simd512.Count == 0) Run<Simd512>(values, curvature, signed, asked, sums);
        else if (SimdWidth.Is256) Run<Simd256>(values, curvature, signed, asked, sums);
        else Run<Simd128>(values, curvature, signed, asked, sums);
    }

    /// <summary>Adds the sums of some runs to sums in double precision, and resets them to zero.</summary>
    /// <param name="sums">[4][lanes] as <see cref="Run"/> left them.</param>
    /// <param name="values">[lanes] the sums of values are added.</param>
    /// <param name="losses">[lanes] the losses are added.</param>
    public static void Move(Span<float> sums, Span<double> values, Span<double> losses)
    {
        var lanes = sums.Length / 4;
        for (var lane = 0; lane < lanes; lane++)
        {
            values[lane] += (double)sums[lane] + sums[lanes + lane];
            losses[lane] += (double)sums[2 * lanes + lane] + sums[3 * lanes + lane];
        }

        sums.Clear();
    }

    /// <summary>The same at one vector width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSimd>(
        Span<float> values, Span<float> curvature, ReadOnlySpan<float> signed, ReadOnlySpan<float> asked, Span<float> sums)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var lanes = asked.Length;
        if (lanes == 0 || lanes % 8 != 0 || lanes % TSimd.Count != 0 || values.Length % lanes != 0 || curvature.Length != values.Length ||
            signed.Length != values.Length || sums.Length != 4 * lanes)
        {
            throw new ArgumentException(
                $"{values.Length}, {curvature.Length}, {signed.Length} and {sums.Length} numbers of {lanes} lanes do not fit together.");
        }

        fixed (float* z = values, h = curvature, s = signed, a = asked, to = sums)
        {
            for (var lane = 0; lane < lanes; lane += TSimd.Count)
            {
                var evaluates = false;
                for (var i = 0; i < TSimd.Count; i++) evaluates |= a[lane + i] > 0;
                TSimd zero = TSimd.Create(0), gate = TSimd.Load(a + lane), ofProduct = zero - gate, ofOthers = TSimd.Create(1) - gate;
                TSimd sum = TSimd.Load(to + lane), sumLost = TSimd.Load(to + lanes + lane);
                TSimd loss = TSimd.Load(to + 2 * lanes + lane), lossLost = TSimd.Load(to + 3 * lanes + lane);
                for (var i = lane; i < values.Length; i += lanes)
                {
                    TSimd score = TSimd.Load(z + i), kept = TSimd.Load(h + i);

                    // Adding zero turns −0 into 0, as it is next to a lane with a loss.
                    var value = TSimd.WherePositive(ofProduct, score * kept) + zero;
                    if (evaluates)
                    {
                        var (slope, curved, lost) = At(score, TSimd.Load(s + i));
                        value += TSimd.WherePositive(gate, slope);
                        (TSimd.WherePositive(gate, curved) + TSimd.WherePositive(ofOthers, kept)).Store(h + i);
                        Add(ref loss, ref lossLost, TSimd.WherePositive(gate, lost));
                    }

                    value.Store(z + i);
                    Add(ref sum, ref sumLost, value);
                }

                sum.Store(to + lane);
                sumLost.Store(to + lanes + lane);
                loss.Store(to + 2 * lanes + lane);
                lossLost.Store(to + 3 * lanes + lane);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TSimd Slope, TSimd Curvature, TSimd Loss) At<TSimd>(TSimd z, TSimd signed)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        TSimd zero = TSimd.Create(0), one = TSimd.Create(1), weight = TSimd.Max(signed, zero - signed);
        var t = TSimd.WherePositive(zero - signed, z) + TSimd.WherePositive(signed, zero - z);
        var e = SimdMath.ExpOfNegative(zero - TSimd.Max(zero - t, t));
        var larger = one / (one + e);
        var smaller = e * larger;
        var p = smaller + TSimd.WherePositive(t, larger - smaller);

        // ln(1 + e) = 2 artanh(e / (2 + e)).
        var loss = TSimd.Max(zero, t) + SimdMath.ArTanhTwice(e / (TSimd.Create(2) + e));
        return ((zero - signed) * p, weight * smaller * larger, weight * loss);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSimd>(ref TSimd sum, ref TSimd lost, TSimd value)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var next = sum + value;
        var added = next - sum;
        lost += sum - (next - added) + (value - added);
        sum = next;
    }
}
