using Kindred.Experiments;
using Kindred.Experiments.Inference;
using Kindred.Sampling;

namespace Kindred.Benchmarks.Experiments;

/// <summary>Simulates many experiments with one look each: false alarms without an effect, and interval coverage with one.</summary>
public static class FixedStudy
{
    public const double Confidence = 0.95;

    private const ulong Purpose = 0x6669786564; // "fixed"

    private static readonly (string Name, double Truth)[] _metrics =
    [
        ("mean", SimulatedArm.Spend), ("share", SimulatedArm.SignUp), ("ratio", SimulatedArm.Clicks),
        ("quantile", SimulatedArm.PageQuantile),
        ("CUPED mean", SimulatedArm.Spend), ("CUPED ratio", SimulatedArm.Clicks),
    ];

    /// <summary>Runs the study.</summary>
    /// <param name="runs">Number of A/A experiments, and of A/B experiments.</param>
    /// <param name="control">Users in the control.</param>
    /// <param name="treatment">Users in the treatment.</param>
    /// <param name="effect">The relative lift of the A/B experiments.</param>
    /// <param name="seed">Seed of all random draws.</param>
    /// <param name="threads">Maximum number of threads; −1 for one per core.</param>
    public static IReadOnlyList<StudyFigures> Run(int runs, int control, int treatment, double effect, ulong seed, int threads = -1)
    {
        var outcomes = new Outcome[runs][];
        Parallel.For(0, runs, new ParallelOptions { MaxDegreeOfParallelism = threads }, run =>
        {
            var (same, reduction) = Estimates(seed, (ulong)run, 0, control, treatment, 0);
            var (different, _) = Estimates(seed, (ulong)run, 1, control, treatment, effect);
            outcomes[run] = [.. _metrics.Select((metric, i) => Outcome.Of(same[i], different[i], metric.Truth, effect, reduction[i]))];
        });

        // Summed in run order, so that the result does not depend on the number of threads.
        return [.. _metrics.Select((metric, i) => Sum(metric.Name, [.. outcomes.Select(outcome => outcome[i])]))];
    }

    private static StudyFigures Sum(string name, Outcome[] runs) => new(
        name, runs.Length, runs.Count(run => run.Alarms), runs.Average(run => run.Square), runs.Count(run => run.Absolute),
        runs.Count(run => run.Delta), runs.Count(run => run.Fieller), runs.Average(run => run.Reduction));

    private static ((ArmEstimate Control, ArmEstimate Treatment)[] Arms, double[] Reduction) Estimates(
        ulong seed, ulong run, ulong kind, int control, int treatment, double effect)
    {
        // Studies of different sizes draw different users, so that their errors are independent.
        var size = SeededRandom.Keyed(seed, Purpose, (ulong)control, (ulong)treatment).NextUInt64();
        var one = SeededRandom.Keyed(size, Purpose, run, 2 * kind);
        var other = SeededRandom.Keyed(size, Purpose, run, 2 * kind + 1);
        SimulatedArm c = SimulatedArm.Draw(ref one, control, 0), t = SimulatedArm.Draw(ref other, treatment, effect);
        var spending = Cuped.Adjust(MetricKind.Mean, [c.Spending, t.Spending])!;
        var clicking = Cuped.Adjust(MetricKind.Ratio, [c.Clicking, t.Clicking])!;
        return (
            [
                Plain(MetricKind.Mean, c.Spending, t.Spending), Plain(MetricKind.Share, c.SigningUp, t.SigningUp),
                Plain(MetricKind.Ratio, c.Clicking, t.Clicking), (Quantile(c), Quantile(t)),
                (spending.Arms[0], spending.Arms[1]), (clicking.Arms[0], clicking.Arms[1]),
            ],
            [0, 0, 0, 0, spending.VarianceReduction, clicking.VarianceReduction]);
    }

    private static (ArmEstimate Control, ArmEstimate Treatment) Plain(MetricKind kind, MetricMoments control, MetricMoments treatment) =>
        (ArmEstimates.Of(kind, control), ArmEstimates.Of(kind, treatment));

    private static ArmEstimate Quantile(SimulatedArm arm) =>
        ClusterQuantile.Of(arm.Pages, arm.FastPages, SimulatedArm.Quantile, Confidence).Estimate;

    private readonly record struct Outcome(bool Alarms, double Square, bool Absolute, bool Delta, bool Fieller, double Reduction)
    {
        public static Outcome Of(
            (ArmEstimate Control, ArmEstimate Treatment) same, (ArmEstimate Control, ArmEstimate Treatment) different,
            double truth, double effect, double reduction)
        {
            var test = Lift.Absolute(same.Control, same.Treatment, Confidence);
            var errors = test.Estimate / test.StandardError;
            var (control, treatment) = different;
            return new Outcome(
                test.PValue < 1 - Confidence, errors * errors,
                !Lift.Absolute(control, treatment, Confidence).Excludes(truth * effect),
                !Lift.Relative(control, treatment, Confidence).Excludes(effect),
                !Lift.RelativeFieller(control, treatment, Confidence).Excludes(effect), reduction);
        }
    }
}
