using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Analysis;

/// <summary>Looks for reasons not to believe an experiment.</summary>
internal static class TrustCheck
{
    // Of these kinds, a row that is left out leaves a hole in the data.
    private static readonly LogProblemKind[] _brokenRows =
    [
        LogProblemKind.MissingUnit, LogProblemKind.MissingArm, LogProblemKind.UnknownArm, LogProblemKind.BadTime,
        LogProblemKind.NotANumber, LogProblemKind.NotFinite, LogProblemKind.Negative,
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
            if (UnitsReason(problem.Kind) is { } reason && problem.Units / Math.Max(1, units + problem.Units) is var share && share > options.LeftOutAlarm)
            {
                reasons.Add(new(reason, problem.Kind.ToString(), share, 1));
            }
            else if (_brokenRows.Contains(problem.Kind) && problem.Rows / rows > options.LeftOutAlarm)
            {
                reasons.Add(new(DistrustReason.BrokenRows, problem.Kind.ToString(), problem.Rows / rows, 1));
            }

            // A unit in several arms is counted in each of them, which tells nothing of the arms.
            if (problem.Kind == LogProblemKind.SeveralArms || problem.UnitsByArm.Count != data.Arms.Count || problem.UnitsByArm.Sum() == 0) continue;
            var uneven = SampleRatioTest.Of(problem.UnitsByArm, weights).PValue;
            if (uneven < options.SampleRatioAlarm) reasons.Add(new(DistrustReason.UnevenProblem, problem.Kind.ToString(), problem.Units / Math.Max(1, units), uneven));
        }

        return reasons;
    }

    private static DistrustReason? UnitsReason(LogProblemKind kind) => kind switch
    {
        LogProblemKind.SeveralArms => DistrustReason.SeveralArms,
        LogProblemKind.MissingExposure => DistrustReason.MissingExposure,
        _ => null,
    };
}
