using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Analysis;

/// <summary>Compares by arm the share of assigned units that have rows.</summary>
/// <remarks>
/// A smaller share in one arm means that rows were lost, or that the ids of its units are written in another way. But in a log of rare
/// events a row is what a treatment may cause: there a difference is only a warning, unless something else shows that rows were lost.
/// </remarks>
internal static class CoverageCheck
{
    // A log with rows of this share of an arm's units is not one of rare events.
    private const double NearlyAll = 0.9;

    // A treatment does not double a share and so bring it above this.
    private const double Most = 0.5;

    // Fewer missing units than this share cannot distort an outcome much.
    private const double FewestMissing = 0.001;

    // Losses are large: the prior's shares of two even arms have a standard deviation of five percentage points.
    private const double SequentialPriorWeight = 100;

    /// <summary>Adds reasons and warnings.</summary>
    public static void Add(
        AssignmentCoverage coverage, IReadOnlyList<string> arms, AnalysisOptions options, List<Distrust> reasons, List<Distrust> warnings)
    {
        long assigned = coverage.Assigned.Sum(), withRows = coverage.WithRows.Sum();
        if (withRows == 0)
        {
            if (coverage.Unassigned > 0) reasons.Add(new(DistrustReason.NoAssignedRows, "", 1, 1));
            return;
        }

        double[] shares = [.. coverage.Assigned.Select((units, arm) => units == 0 ? 1 : coverage.WithRows[arm] / (double)units)];
        var fullest = Enumerable.Range(0, arms.Count).Where(arm => coverage.Assigned[arm] > 0).Max(arm => shares[arm]);
        // A log of all users of a site has such units too: alone they are no reason.
        var isSuspect = coverage.Unassigned >= withRows && 2 * withRows <= assigned;
        for (var arm = 0; arm < arms.Count; arm++)
        {
            var missing = (fullest - shares[arm]) * coverage.Assigned[arm];
            var isTrace = shares[arm] > 0 && missing <= FewestMissing * coverage.Assigned[arm];
            if (isTrace || shares[arm] >= withRows / (double)assigned) continue;
            var p = PValue(coverage, arm, options.Sequential);
            if (!(p < options.SampleRatioAlarm)) continue;
            var isLoss = IsLoss(shares[arm], fullest) || IsMisspelt(coverage.Unassigned, missing);
            (isLoss ? reasons : warnings).Add(new(DistrustReason.UnevenRows, arms[arm], 1 - shares[arm], p));
            isSuspect |= coverage.Unassigned >= missing / 2;
        }

        if (isSuspect)
        {
            warnings.Add(new(DistrustReason.UnassignedUnits, "", coverage.Unassigned / (double)(coverage.Unassigned + withRows), 1));
        }
    }

    private static bool IsLoss(double share, double fullest) =>
        share == 0 || fullest >= NearlyAll || (fullest >= Most && share < fullest / 2);

    // About as many units of the log have no assignment as assigned units have no row.
    private static bool IsMisspelt(long unassigned, double missing) => unassigned >= missing / 2 && unassigned <= missing * 2;

    // The arm against all others, corrected for the number of such comparisons; with two arms both are the same.
    private static double PValue(AssignmentCoverage coverage, int arm, bool sequential)
    {
        long assigned = coverage.Assigned.Sum(), withRows = coverage.WithRows.Sum();
        long units = coverage.Assigned[arm], of = coverage.WithRows[arm];
        if (units == 0 || units == assigned) return 1;
        // The arm of each unit with a row is drawn in proportion to the assigned units.
        var share = units / (double)assigned;
        var p = sequential ? SampleRatioTest.SequentialPValue([of, withRows - of], [share, 1 - share], SequentialPriorWeight)
            : ExactTest.Fisher(of, units, withRows, assigned);
        return Math.Min(1, p * (coverage.Assigned.Count > 2 ? coverage.Assigned.Count : 1));
    }
}
