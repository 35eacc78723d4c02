using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Analysis;

/// <summary>Finds reasons not to trust an experiment.</summary>
internal static class TrustCheck
{
    // A problem of fewer units than this share cannot distort an outcome much, however uneven it is.
    private const double FewestUneven = 0.001;

    // A left-out row of these kinds leaves a hole in the data. Rows without an arm may belong to users outside the experiment.
    private static readonly LogProblemKind[] _brokenRows =
    [
        LogProblemKind.MissingUnit, LogProblemKind.UnknownArm, LogProblemKind.BadTime,
        LogProblemKind.NotANumber, LogProblemKind.NotFinite, LogProblemKind.Negative,
    ];

    // These kinds remove data of units with an arm. The frequency of others depends on what a treatment makes users do.
    private static readonly LogProblemKind[] _losses =
    [
        LogProblemKind.MissingExposure, LogProblemKind.BadTime, LogProblemKind.ClockSkew, LogProblemKind.NotANumber,
        LogProblemKind.NotFinite, LogProblemKind.Negative,
    ];

    /// <summary>Finds the reasons.</summary>
    /// <param name="data">The data of the log.</param>
    /// <param name="options">The thresholds of alarms.</param>
    /// <param name="ratio">The test of the arms' sizes.</param>
    /// <param name="weights">[arms] the planned shares.</param>
    public static IReadOnlyList<Distrust> Of(ExperimentData data, AnalysisOptions options, SampleRatioResult ratio, double[] weights)
    {
        var reasons = new List<Distrust>();
        for (var arm = 0; arm < data.Arms.Count; arm++)
        {
            if (data.Units[arm] == 0) reasons.Add(new(DistrustReason.EmptyArm, data.Arms[arm], 0, 1));
        }

        // With daily looks the plain p-value would alarm by chance sooner or later.
        var p = options.Sequential ? ratio.SequentialPValue : ratio.PValue;
        if (reasons.Count == 0 && p < options.SampleRatioAlarm) reasons.Add(new(DistrustReason.SampleRatio, "", 0, p));

        double units = data.Units.Sum(), rows = Math.Max(1, data.Rows);
        foreach (var problem in data.Problems)
        {
            if (problem.Kind == LogProblemKind.SeveralArms && problem.Units / Math.Max(1, units + problem.Units) is var share
                && share > options.LeftOutAlarm)
            {
                reasons.Add(new(DistrustReason.SeveralArms, problem.Kind.ToString(), share, 1));
            }
            else if (_brokenRows.Contains(problem.Kind) && problem.Rows / rows > options.LeftOutAlarm)
            {
                reasons.Add(new(DistrustReason.BrokenRows, problem.Kind.ToString(), problem.Rows / rows, 1));
            }

            if (!_losses.Contains(problem.Kind) || problem.UnitsByArm.Count != data.Arms.Count
                || !(problem.UnitsByArm.Sum() > FewestUneven * units))
            {
                continue;
            }
            var test = SampleRatioTest.Of(problem.UnitsByArm, weights);
            var uneven = options.Sequential ? test.SequentialPValue : test.PValue;
            if (uneven < options.SampleRatioAlarm)
            {
                reasons.Add(new(DistrustReason.UnevenProblem, problem.Kind.ToString(), problem.Units / Math.Max(1, units), uneven));
            }
        }

        return reasons;
    }
}
