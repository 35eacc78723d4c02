using Kindred.Experiments.Inference;
using Kindred.Sampling;

namespace Kindred.Benchmarks.Experiments;

/// <summary>Simulates many assignments with a look every day, and counts sample-ratio alarms.</summary>
public static class SampleRatioStudy
{
    private const ulong Purpose = 0x726174696f; // "ratio"

    /// <summary>Runs the study.</summary>
    /// <param name="runs">Assignments.</param>
    /// <param name="unitsADay">New users per day, over all arms.</param>
    /// <param name="planned">[arms] planned shares.</param>
    /// <param name="real">[arms] actual shares of the assignment.</param>
    /// <param name="level">The p-value at or below which a test alarms.</param>
    /// <param name="seed">Seed of all random draws.</param>
    public static SampleRatioFigures Run(int runs, int unitsADay, double[] planned, double[] real, double level, ulong seed)
    {
        var alarms = new (bool AtTheEnd, bool AnyDay, bool Sequential)[runs];
        Parallel.For(0, runs, run =>
        {
            var random = SeededRandom.Keyed(seed, Purpose, (ulong)run, (ulong)planned.Length);
            var units = new long[planned.Length];
            for (var day = 0; day < SequentialStudy.Days; day++)
            {
                for (var unit = 0; unit < unitsADay; unit++) units[Arm(real, random.NextDouble())]++;
                var result = SampleRatioTest.Of(units, planned);
                var once = result.PValue < level;
                alarms[run] = (once, alarms[run].AnyDay || once, alarms[run].Sequential || result.SequentialPValue <= level);
            }
        });

        return new SampleRatioFigures(runs, alarms.Count(run => run.AtTheEnd), alarms.Count(run => run.AnyDay),
            alarms.Count(run => run.Sequential));
    }

    internal static int Arm(double[] shares, double at)
    {
        var arm = 0;
        for (; arm < shares.Length - 1 && at >= shares[arm]; arm++) at -= shares[arm];
        return arm;
    }
}
