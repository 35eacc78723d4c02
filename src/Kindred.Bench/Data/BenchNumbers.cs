using Kindred.Sampling;

namespace Kindred.Bench.Data;

/// <summary>Seeded numbers that a few lines of any language reproduce bit for bit, so that peers score the same users with the same
/// models.</summary>
/// <remarks>Number i of a stream is the top 24 bits of SplitMix64 at seed · 2³² + stream, scaled to [−1, 1).</remarks>
internal static class BenchNumbers
{
    /// <summary>Uniform numbers in [−scale, scale).</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="stream">The stream; streams are independent.</param>
    /// <param name="count">Number of numbers.</param>
    /// <param name="scale">The largest absolute value.</param>
    public static float[] Uniform(ulong seed, uint stream, long count, float scale = 1)
    {
        var numbers = new float[count];
        var state = (seed << 32) + stream;
        for (var i = 0L; i < count; i++)
        {
            var bits = SeededRandom.SplitMix64(ref state) >> 40;
            numbers[i] = (bits * (1f / (1 << 23)) - 1) * scale;
        }

        return numbers;
    }
}
