using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

/// <summary>Finds the few scores that are above a threshold.</summary>
internal static unsafe class ScoreFilter
{
    /// <summary>The indexes of scores that are above a threshold or not a number.</summary>
    /// <param name="scores">Any scores.</param>
    /// <param name="threshold">What a score must be above.</param>
    /// <param name="found">Where to write indexes: as long as the scores.</param>
    /// <param name="least">The least score that is a number.</param>
    /// <returns>How many were found.</returns>
    public static int Above(ReadOnlySpan<float> scores, float threshold, Span<int> found, out float least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(found.Length, scores.Length);
        fixed (float* from = scores)
        {
            fixed (int* to = found)
            {
                return SimdWidth.Is512 ? Above<Simd512>(from, scores.Length, threshold, to, out least)
                    : SimdWidth.Is256 ? Above<Simd256>(from, scores.Length, threshold, to, out least)
                    : Above<Simd128>(from, scores.Length, threshold, to, out least);
            }
        }
    }

    /// <summary>The indexes of scores that are above a threshold or not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Above<TSimd>(float* scores, int count, float threshold, int* found, out float least)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var limit = TSimd.Create(threshold);
        var low = TSimd.Create(float.PositiveInfinity);
        int n = 0, i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            var values = TSimd.Load(scores + i);
            low = TSimd.Min(values, low);
            for (var above = TSimd.NotAtMost(values, limit); above != 0; above &= above - 1) found[n++] = i + BitOperations.TrailingZeroCount(above);
        }

        float* lanes = stackalloc float[TSimd.Count];
        low.Store(lanes);
        least = float.PositiveInfinity;
        for (var lane = 0; lane < TSimd.Count; lane++) least = lanes[lane] < least ? lanes[lane] : least;
        for (; i < count; i++)
        {
            least = scores[i] < least ? scores[i] : least;
            if (!(scores[i] <= threshold)) found[n++] = i;
        }

        return n;
    }
}
