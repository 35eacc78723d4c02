using Kindred.Experiments;
using Kindred.Experiments.Inference;
using Kindred.Sampling;

namespace Kindred.Benchmarks.Experiments;

/// <summary>Simulates many experiments with a look every day, and counts those in which an interval misses the truth on any day.</summary>
public static class SequentialStudy
{
    public const int Days = 28;

    private const double Confidence = 0.95;
    private const double Buyers = 0.02, Spread = 1;
    private const int ManyBuyers = 100;
    private const ulong Purpose = 0x6461696c79; // "daily"

    /// <summary>Runs the study. 2% of users buy, for a log-normal amount.</summary>
    /// <param name="runs">Experiments.</param>
    /// <param name="unitsADay">New users per day and arm.</param>
    /// <param name="effect">The relative lift of the treatment, applied to the amounts.</param>
    /// <param name="seed">Seed of all random draws.</param>
    public static SequentialFigures Run(int runs, int unitsADay, double effect, ulong seed)
    {
        var missed = new bool[runs][];
        Parallel.For(0, runs,
            run => missed[run] = Missed(SeededRandom.Keyed(seed, Purpose, (ulong)run, (ulong)unitsADay), unitsADay, effect));
        int Count(int i) => missed.Count(run => run[i]);
        return new SequentialFigures(runs, Count(0), Count(1), Count(2), Count(3), Count(4), Count(5));
    }

    private static bool[] Missed(SeededRandom random, int unitsADay, double effect)
    {
        var truth = effect * Buyers * Math.Exp(Spread * Spread / 2);
        UnitSums[] sums = [new(), new()];
        int[] buyers = [0, 0];
        var missed = new bool[6];
        for (var day = 0; day < Days; day++)
        {
            for (var unit = 0; unit < 2 * unitsADay; unit++)
            {
                var arm = unit % 2;
                var buys = random.NextDouble() < Buyers;
                if (buys) buyers[arm]++;
                sums[arm].Add(buys ? (arm == 1 ? 1 + effect : 1) * Math.Exp(Spread * random.NextGaussian()) : 0);
            }

            ArmEstimate control = ArmEstimates.Of(MetricKind.Mean, sums[0].Moments),
                treatment = ArmEstimates.Of(MetricKind.Mean, sums[1].Moments);
            var delta = AlwaysValidLift.RelativeDelta(control, treatment, Confidence).Excludes(effect);
            var absolute = AlwaysValidLift.Absolute(control, treatment, Confidence);
            missed[0] |= Lift.Absolute(control, treatment, Confidence).Excludes(truth);
            missed[1] |= absolute.Excludes(truth);
            missed[2] |= AlwaysValidLift.Relative(control, treatment, Confidence).Excludes(effect);
            missed[3] |= delta;
            missed[4] |= delta && buyers.Min() >= ManyBuyers;
            missed[5] |= absolute.PValue <= 1 - Confidence;
        }

        return missed;
    }
}
