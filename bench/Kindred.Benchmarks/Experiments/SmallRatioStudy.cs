using System.Collections.Concurrent;
using Kindred.Experiments.Inference;
using Kindred.Sampling;

namespace Kindred.Benchmarks.Experiments;

/// <summary>Simulates many small experiments that are assigned as planned, and counts sample-ratio alarms.</summary>
public static class SmallRatioStudy
{
    /// <summary>The level of the tests, as in the analysis.</summary>
    public const double Level = 0.001;

    private const double MostOutcomes = 2_000;

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
        return new SmallRatioFigures(chiSquare / (double)runs, tested / (double)runs, Probability(units, planned));
    }

    private static double? Probability(int units, double[] planned)
    {
        var outcomes = 1.0;
        for (var i = 1; i < planned.Length; i++) outcomes *= (units + i) / (double)i;
        return outcomes > MostOutcomes ? null : Stopped(new long[planned.Length], 0, units, 0);

        double Stopped(long[] counts, int arm, int left, double log)
        {
            if (arm < counts.Length - 1) return Enumerable.Range(0, left + 1).Sum(count => With(counts, arm, count, left, log));
            counts[arm] = left;
            return SampleRatioTest.Of(counts, planned).PValue < Level
                ? Math.Exp(LogFactorial(units) + log + left * Math.Log(planned[arm]) - LogFactorial(left))
                : 0;
        }

        double With(long[] counts, int arm, int count, int left, double log)
        {
            counts[arm] = count;
            return Stopped(counts, arm + 1, left - count, log + count * Math.Log(planned[arm]) - LogFactorial(count));
        }
    }

    private static double LogFactorial(int n) => Enumerable.Range(1, n).Sum(i => Math.Log(i));
}
