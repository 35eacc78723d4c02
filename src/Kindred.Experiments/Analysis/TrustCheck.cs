using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Analysis;

/// <summary>Looks for reasons not to believe an experiment.</summary>
internal static class TrustCheck
{
    // What strikes fewer units than this share cannot bend an outcome much, however uneven it is.
    private const double FewestUneven = 0.001;

    // Of these kinds, a row that is left out leaves a hole in the data. Rows without an arm may be of users who take no part.
    private static readonly LogProblemKind[] _brokenRows =
    [
        LogProblemKind.MissingUnit, LogProblemKind.UnknownArm, LogProblemKind.BadTime,
        LogProblemKind.NotANumber, LogProblemKind.NotFinite, LogProblemKind.Negative,
    ];

    // These take something from a unit that has an arm. Others are as frequent as what a treatment makes users do.
    private static readonly LogProblemKind[] _losses =
    [
        LogProblemKind.MissingExposure, LogProblemKind.BadTime, LogProblemKind.ClockSkew, LogProblemKind.NotANumber, LogProblemKind.NotFinite, LogProblemKind.Negative,
    ];

    /// <summary>The reasons.</summary>
    /// <param name="data">What the log says.</param>
    /// <param name="options">From when on a problem is too much.</param>
    /// <param name="ratio">Whether the arms' sizes go with the planned shares.</param>
    /// <param name="weights">[arms] the planned shares.</param>
    public static IReadOnlyList<Distrust> Of(ExperimentData data, AnalysisOptions options, SampleRatioResult ratio, double[] weights)
    {
        var reasons = new List<Distrust>();
        for (var arm = 0; arm < data.Arms.Count; arm++)
        {
            if (data.Units[arm] == 0) reasons.Add(new(DistrustReason.EmptyArm, data.Arms[arm], 0, 1));
        }

        // Somebody who looks every day would see the plain p-value alarm by chance sooner or later.
        var p = options.Sequential ? ratio.SequentialPValue : ratio.PValue;
        if (reasons.Count == 0 && p < options.SampleRatioAlarm) reasons.Add(new(DistrustReason.SampleRatio, "", 0, p));

        double units = data.Units.Sum(), rows = Math.Max(1, data.Rows);
        foreach (var problem in data.Problems)
        {
            if (problem.Kind == LogProblemKind.SeveralArms && problem.Units / Math.Max(1, units + problem.Units) is var share && share > options.LeftOutAlarm)
            {
                reasons.Add(new(DistrustReason.SeveralArms, problem.Kind.ToString(), share, 1));
            }
            else if (_brokenRows.Contains(problem.Kind) && problem.Rows / rows > options.LeftOutAlarm)
            {
                reasons.Add(new(DistrustReason.BrokenRows, problem.Kind.ToString(), problem.Rows / rows, 1));
            }

            if (!_losses.Contains(problem.Kind) || problem.UnitsByArm.Count != data.Arms.Count || !(problem.UnitsByArm.Sum() > FewestUneven * units)) continue;
            var test = SampleRatioTest.Of(problem.UnitsByArm, weights);
            var uneven = options.Sequential ? test.SequentialPValue : test.PValue;
            if (uneven < options.SampleRatioAlarm) reasons.Add(new(DistrustReason.UnevenProblem, problem.Kind.ToString(), problem.Units / Math.Max(1, units), uneven));
        }

        return reasons;
    }
}
