using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

/// <summary>Finds the few scores that are above a threshold.</summary>
internal static unsafe class ScoreFilter
{
    /// <summary>The indexes of scores that are above a threshold.</summary>
    /// <param name="scores">Any scores.</param>
    /// <param name="threshold">The threshold, which a score must exceed.</param>
    /// <param name="found">Receives the indexes, ascending; needs room for one more than there are scores.</param>
    /// <param name="areFinite">True if all scores are finite numbers.</param>
    /// <returns>The number of indexes found.</returns>
    public static int Above(ReadOnlySpan<float> scores, float threshold, Span<int> found, out bool areFinite)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(found.Length, scores.Length);
        fixed (float* from = scores)
        {
            fixed (int* to = found)
            {
                return SimdWidth.Is512 ? Above<Simd512>(from, scores.Length, threshold, to, out areFinite)
                    : SimdWidth.Is256 ? Above<Simd256>(from, scores.Length, threshold, to, out areFinite)
                    : Above<Simd128>(from, scores.Length, threshold, to, out areFinite);
            }
        }
    }

    /// <summary>The indexes of scores that are above a threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Above<TSimd>(float* scores, int count, float threshold, int* found, out bool areFinite)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var limit = TSimd.Create(threshold);

        // 0 · x is NaN if x is not finite, and NaN persists in the sum.
        TSimd zero = default, bad0 = default, bad1 = default;
        int n = 0, i = 0;
        for (; i <= count - 2 * TSimd.Count; i += 2 * TSimd.Count)
        {
            TSimd first = TSimd.Load(scores + i), second = TSimd.Load(scores + i + TSimd.Count);
            bad0 = TSimd.FusedMultiplyAdd(first, zero, bad0);
            bad1 = TSimd.FusedMultiplyAdd(second, zero, bad1);
            var above = (ulong)TSimd.Above(second, limit) << TSimd.Count | TSimd.Above(first, limit);

            // Mostly none, one or two: written without a branch, because a misprediction costs more than both writes.
            found[n] = i + BitOperations.TrailingZeroCount(above);
            n += above != 0 ? 1 : 0;
            above &= above - 1;
            found[n] = i + BitOperations.TrailingZeroCount(above);
            n += above != 0 ? 1 : 0;
            for (above &= above - 1; above != 0; above &= above - 1) found[n++] = i + BitOperations.TrailingZeroCount(above);
        }

        areFinite = TSimd.IsZero(bad0 + bad1);
        for (; i < count; i++)
        {
            areFinite &= float.IsFinite(scores[i]);
            if (scores[i] > threshold) found[n++] = i;
        }

        return n;
    }
}
