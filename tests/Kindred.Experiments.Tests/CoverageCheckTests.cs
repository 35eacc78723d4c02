using Kindred.Experiments.Analysis;

namespace Kindred.Experiments.Tests;

/// <summary>Tests what follows from the assigned units that have rows.</summary>
public sealed class CoverageCheckTests
{
    private const string Lost = "UnevenRows control", Hint = "UnassignedUnits ";

    // Reasons, then warnings.
    [Theory]
    [InlineData(500, 500, 0, "", "")]
    [InlineData(0, 500, 500, Lost, Hint)]
    [InlineData(0, 500, 0, Lost, "")]
    [InlineData(450, 500, 50, Lost, Hint)]
    [InlineData(450, 500, 0, Lost, "")]
    [InlineData(500, 496, 0, "", "")]
    public void Units_that_all_have_rows_in_one_arm_only_were_lost_in_the_other(
        long control, long treatment, long unassigned, string reasons, string warnings) =>
        AssertFound(reasons, warnings, new([500, 500], [control, treatment], unassigned));

    [Theory]
    // Of 10,000 units each, 5% have rows: the arm with fewer was not lost. Rows are purchases, and the treatment sells more.
    [InlineData(500, 640, 0, "", Lost)]
    // The same in the log of a whole site.
    [InlineData(500, 640, 50_000, "", Lost + "; " + Hint)]
    // As many units without an assignment as are missing in the control.
    [InlineData(500, 640, 140, Lost, Hint)]
    [InlineData(0, 640, 0, Lost, "")]
    [InlineData(600, 640, 0, "", "")]
    // More than half, and twice as many as in the other arm.
    [InlineData(3_500, 7_500, 0, Lost, "")]
    [InlineData(3_500, 6_500, 0, "", Lost)]
    public void Rows_that_a_treatment_can_cause_are_a_warning(
        long control, long treatment, long unassigned, string reasons, string warnings) =>
        AssertFound(reasons, warnings, new([10_000, 10_000], [control, treatment], unassigned));

    [Fact]
    public void Few_units_are_enough_if_chance_does_not_explain_them()
    {
        // Fisher's p is 2/184,756, and 2/252 with half as many.
        AssertFound(Lost, "", new([10, 10], [0, 10], 0));
        AssertFound("", "", new([5, 5], [0, 5], 0));
    }

    [Fact]
    public void Each_of_several_arms_is_compared_with_the_others()
    {
        AssertFound("UnevenRows men", "", new([1_000, 1_000, 1_000], [990, 800, 992], 0), "none", "men", "women");
        AssertFound("UnevenRows none; UnevenRows men", "UnassignedUnits ", new([1_000, 1_000, 1_000], [0, 0, 992], 1_990), "none", "men", "women");
    }

    [Fact]
    public void Ids_of_all_arms_in_another_form_are_said()
    {
        AssertFound("NoAssignedRows ", "", new([500, 500], [0, 0], 900));
        AssertFound("", Hint, new([500, 500], [250, 250], 500));
        // A log without rows in the time of the experiment says nothing about ids.
        AssertFound("", "", new([500, 500], [0, 0], 0));
        AssertFound("", "", new([500, 500], [260, 260], 900));
    }

    [Fact]
    public void A_trace_of_missing_units_does_no_harm() =>
        AssertFound("", "", new([1_000_000, 1_000_000], [999_100, 999_900], 0));

    [Fact]
    public void With_daily_looks_the_test_is_the_sequential_one()
    {
        var few = new AssignmentCoverage([1_000, 1_000], [975, 995], 0);
        AssertFound(Lost, "", few);
        Assert.Equal(("", ""), Found(few, new AnalysisOptions { Sequential = true }, "control", "treatment"));
        Assert.Equal((Lost, ""), Found(new([1_000, 1_000], [0, 995], 0), new AnalysisOptions { Sequential = true }, "control", "treatment"));
        // Half of the ids of an arm in another form.
        Assert.Equal(("UnevenRows b", Hint), Found(new([1_000, 1_000, 1_000], [592, 600, 301], 298), new AnalysisOptions { Sequential = true }, "a", "c", "b"));
    }

    private static void AssertFound(string reasons, string warnings, AssignmentCoverage coverage, params string[] arms) =>
        Assert.Equal((reasons, warnings), Found(coverage, new AnalysisOptions(), arms.Length > 0 ? arms : ["control", "treatment"]));

    private static (string, string) Found(AssignmentCoverage coverage, AnalysisOptions options, params string[] arms)
    {
        var spend = new Metric { Name = "spend", Kind = MetricKind.Mean, Numerator = new Quantity { Name = "spend" } };
        var analysis = ExperimentAnalyzer.Analyze(
            new ExperimentData
            {
                Arms = arms,
                Units = coverage.Assigned,
                Rows = coverage.Assigned.Sum(),
                Metrics = [new MetricData { Metric = spend, HasBefore = false, Arms = [.. coverage.Assigned.Select(units => MetricMoments.OfMean(units, 2 * units, units))] }],
                Coverage = coverage,
            }, options);
        return (Text(analysis.Distrusts), Text(analysis.Warnings));
    }

    private static string Text(IReadOnlyList<Distrust> found) => string.Join("; ", found.Select(distrust => $"{distrust.Reason} {distrust.Subject}"));
}
