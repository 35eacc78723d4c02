using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Analysis;

/// <summary>Finds reasons not to trust an experiment, and weaker signs of them.</summary>
internal static class TrustCheck
{
    // A sample ratio with a p-value between the alarm and this is a warning: one sound experiment in a hundred has it.
    private const double SampleRatioWarning = 0.01;

    // A problem of fewer units than this share cannot distort an outcome much, however uneven it is.
    private const double FewestUneven = 0.001;

    // A left-out row of these kinds leaves a hole in the data. Rows without an arm may belong to users outside the experiment.
    private static readonly LogProblemKind[] _brokenRows =
    [
        LogProblemKind.MissingUnit, LogProblemKind.UnknownArm, LogProblemKind.BadTime, LogProblemKind.EmptyValue,
        LogProblemKind.NotANumber, LogProblemKind.NotFinite, LogProblemKind.Negative,
    ];

    // These kinds remove data of units with an arm. The frequency of others depends on what a treatment makes users do.
    private static readonly LogProblemKind[] _losses =
    [
        LogProblemKind.MissingExposure, LogProblemKind.BadTime, LogProblemKind.ClockSkew, LogProblemKind.EmptyValue,
        LogProblemKind.NotANumber, LogProblemKind.NotFinite, LogProblemKind.Negative,
    ];

    /// <summary>Finds the reasons and the warnings.</summary>
    /// <param name="data">The data of the log.</param>
    /// <param name="options">The thresholds of alarms.</param>
    /// <param name="ratio">The test of the arms' sizes.</param>
    /// <param name="weights">[arms] the planned shares.</param>
    public static (IReadOnlyList<Distrust> Reasons, IReadOnlyList<Distrust> Warnings) Of(
        ExperimentData data, AnalysisOptions options, SampleRatioResult ratio, double[] weights)
    {
        List<Distrust> reasons = [], warnings = [];
        CheckSizes(data, options, ratio, reasons, warnings);
        foreach (var problem in data.Problems)
        {
            if (TooFrequent(problem, data, options) is { } frequent) reasons.Add(frequent);
            if (Uneven(problem, data, options, weights) is { } uneven) reasons.Add(uneven);
        }

        if (data.Coverage is { } coverage) CoverageCheck.Add(coverage, data.Arms, options, reasons, warnings);
        if (ArmNames.Alike([.. data.Arms, .. data.UnknownArms]) is { Length: > 0 } alike)
        {
            warnings.Add(new(DistrustReason.AlikeArms, alike, 0, 1));
        }

        return (reasons, warnings);
    }

    private static void CheckSizes(
        ExperimentData data, AnalysisOptions options, SampleRatioResult ratio, List<Distrust> reasons, List<Distrust> warnings)
    {
        for (var arm = 0; arm < data.Arms.Count; arm++)
        {
            if (data.Units[arm] == 0) reasons.Add(new(DistrustReason.EmptyArm, data.Arms[arm], 0, 1));
        }

        // With daily looks the plain p-value would alarm by chance sooner or later.
        var p = options.Sequential ? ratio.SequentialPValue : ratio.PValue;
        if (reasons.Count > 0 || !(p < Math.Max(options.SampleRatioAlarm, SampleRatioWarning))) return;
        (p < options.SampleRatioAlarm ? reasons : warnings).Add(new(DistrustReason.SampleRatio, "", 0, p));
    }

    private static Distrust? TooFrequent(LogProblem problem, ExperimentData data, AnalysisOptions options)
    {
        var units = problem.Units / (double)Math.Max(1, data.Units.Sum() + problem.Units);
        if (problem.Kind == LogProblemKind.SeveralArms && units > options.LeftOutAlarm)
        {
            return new(DistrustReason.SeveralArms, problem.Kind.ToString(), units, 1);
        }

        var rows = problem.Rows / (double)Math.Max(1, data.Rows);
        return _brokenRows.Contains(problem.Kind) && rows > options.LeftOutAlarm
            ? new(DistrustReason.BrokenRows, problem.Kind.ToString(), rows, 1)
            : null;
    }

    private static Distrust? Uneven(LogProblem problem, ExperimentData data, AnalysisOptions options, double[] weights)
    {
        double units = data.Units.Sum();
        if (!_losses.Contains(problem.Kind) || problem.UnitsByArm.Count != data.Arms.Count
            || !(problem.UnitsByArm.Sum() > FewestUneven * units))
        {
            return null;
        }

        var test = SampleRatioTest.Of(problem.UnitsByArm, weights);
        var p = options.Sequential ? test.SequentialPValue : test.PValue;
        return p < options.SampleRatioAlarm
            ? new(DistrustReason.UnevenProblem, problem.Kind.ToString(), problem.Units / Math.Max(1, units), p)
            : null;
    }
}
