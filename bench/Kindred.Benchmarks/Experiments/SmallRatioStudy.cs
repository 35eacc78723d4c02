using System.Collections.Concurrent;
using Kindred.Experiments.Inference;
using Kindred.Sampling;

namespace Kindred.Benchmarks.Experiments;

/// <summary>Simulates many small experiments that are assigned as planned, and counts sample-ratio alarms.</summary>
public static class SmallRatioStudy
{
    /// <summary>The level of the tests, as in the analysis.</summary>
    public const double Level = 0.001;

    private const ulong Purpose = 0x736d616c6c; // "small"

    // χ² of the level with one, two and three degrees of freedom.
    private static readonly double[] _critical = [10.827566170662733, 13.815510557964274, 16.266236196238129];

    /// <summary>Runs the study.</summary>
    /// <param name="runs">Experiments.</param>
    /// <param name="units">Units of each, over all arms.</param>
    /// <param name="planned">[arms] planned shares; two to four arms.</param>
    /// <param name="seed">Seed of all random draws.</param>
    public static SmallRatioFigures Run(int runs, int units, double[] planned, ulong seed)
    {
        var known = new ConcurrentDictionary<string, SampleRatioResult>();
        var (chiSquare, tested) = (0, 0);
        Parallel.For(0, runs, run =>
        {
            var random = SeededRandom.Keyed(seed, Purpose, (ulong)run, (ulong)units);
            var counts = new long[planned.Length];
            for (var unit = 0; unit < units; unit++) counts[SampleRatioStudy.Arm(planned, random.NextDouble())]++;
            var result = known.GetOrAdd(string.Join(' ', counts), _ => SampleRatioTest.Of(counts, planned));
            if (result.ChiSquare > _critical[planned.Length - 2]) Interlocked.Increment(ref chiSquare);
            if (result.PValue < Level) Interlocked.Increment(ref tested);
        });
        return new SmallRatioFigures(chiSquare / (double)runs, tested / (double)runs);
    }
}
