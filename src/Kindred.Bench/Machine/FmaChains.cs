using System.Runtime.CompilerServices;
using Kindred.Numerics;

namespace Kindred.Bench.Machine;

/// <summary>Fused multiply-adds only, at the peak rate of the processor.</summary>
/// <remarks>
/// A chain waits for its last result, so units × latency chains keep every unit busy: 8 or 10 on today's x64, 16 on
/// wide Arm cores. Twelve fit into 16 registers beside the two factors, twenty-four into 32.
/// </remarks>
internal static class FmaChains
{
    /// <summary>Multiply-adds of one step of <see cref="Twelve"/>, per number of a vector.</summary>
    public const int TwelveChains = 12;

    /// <summary>Multiply-adds of one step of <see cref="TwentyFour"/>, per number of a vector.</summary>
    public const int TwentyFourChains = 24;

    /// <summary>Runs 12 chains.</summary>
    /// <returns>A number that depends on all chains, so that none is optimised away.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe float Twelve<TSimd>(long steps)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        TSimd factor = TSimd.Create(0.5f), term = TSimd.Create(1f);
        TSimd a = factor, b = factor, c = factor, d = factor, e = factor, f = factor;
        TSimd g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
        for (var step = 0L; step < steps; step++)
        {
            a = TSimd.FusedMultiplyAdd(a, factor, term);
            b = TSimd.FusedMultiplyAdd(b, factor, term);
            c = TSimd.FusedMultiplyAdd(c, factor, term);
            d = TSimd.FusedMultiplyAdd(d, factor, term);
            e = TSimd.FusedMultiplyAdd(e, factor, term);
            f = TSimd.FusedMultiplyAdd(f, factor, term);
            g = TSimd.FusedMultiplyAdd(g, factor, term);
            h = TSimd.FusedMultiplyAdd(h, factor, term);
            i = TSimd.FusedMultiplyAdd(i, factor, term);
            j = TSimd.FusedMultiplyAdd(j, factor, term);
            k = TSimd.FusedMultiplyAdd(k, factor, term);
            l = TSimd.FusedMultiplyAdd(l, factor, term);
        }

        return Sum(a + b + c + d + e + f + (g + h + i + j + k + l));
    }

    /// <summary>Runs 24 chains.</summary>
    /// <returns>A number that depends on all chains, so that none is optimised away.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe float TwentyFour<TSimd>(long steps)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        TSimd factor = TSimd.Create(0.5f), term = TSimd.Create(1f);
        TSimd a = factor, b = factor, c = factor, d = factor, e = factor, f = factor;
        TSimd g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
        TSimd m = factor, n = factor, o = factor, p = factor, q = factor, r = factor;
        TSimd s = factor, t = factor, u = factor, v = factor, w = factor, x = factor;
        for (var step = 0L; step < steps; step++)
        {
            a = TSimd.FusedMultiplyAdd(a, factor, term);
            b = TSimd.FusedMultiplyAdd(b, factor, term);
            c = TSimd.FusedMultiplyAdd(c, factor, term);
            d = TSimd.FusedMultiplyAdd(d, factor, term);
            e = TSimd.FusedMultiplyAdd(e, factor, term);
            f = TSimd.FusedMultiplyAdd(f, factor, term);
            g = TSimd.FusedMultiplyAdd(g, factor, term);
            h = TSimd.FusedMultiplyAdd(h, factor, term);
            i = TSimd.FusedMultiplyAdd(i, factor, term);
            j = TSimd.FusedMultiplyAdd(j, factor, term);
            k = TSimd.FusedMultiplyAdd(k, factor, term);
            l = TSimd.FusedMultiplyAdd(l, factor, term);
            m = TSimd.FusedMultiplyAdd(m, factor, term);
            n = TSimd.FusedMultiplyAdd(n, factor, term);
            o = TSimd.FusedMultiplyAdd(o, factor, term);
            p = TSimd.FusedMultiplyAdd(p, factor, term);
            q = TSimd.FusedMultiplyAdd(q, factor, term);
            r = TSimd.FusedMultiplyAdd(r, factor, term);
            s = TSimd.FusedMultiplyAdd(s, factor, term);
            t = TSimd.FusedMultiplyAdd(t, factor, term);
            u = TSimd.FusedMultiplyAdd(u, factor, term);
            v = TSimd.FusedMultiplyAdd(v, factor, term);
            w = TSimd.FusedMultiplyAdd(w, factor, term);
            x = TSimd.FusedMultiplyAdd(x, factor, term);
        }

        return Sum(a + b + c + d + e + f + (g + h + i + j + k + l) + (m + n + o + p + q + r + (s + t + u + v + w + x)));
    }

    private static unsafe float Sum<TSimd>(TSimd vector)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var numbers = stackalloc float[TSimd.Count];
        vector.Store(numbers);
        var sum = 0f;
        for (var i = 0; i < TSimd.Count; i++) sum += numbers[i];
        return sum;
    }
}
