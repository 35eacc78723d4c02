using Kindred.App.Experiments;
using Kindred.Experiments;
using Kindred.Experiments.Analysis;

namespace Kindred.Reports.Experiment;

/// <summary>Notes on how an analysis was made.</summary>
public static class ExperimentNotes
{
    /// <summary>The notes below the figures.</summary>
    public static IReadOnlyList<string> Of(AnalyzedExperiment result)
    {
        var analysis = result.Analysis;
        var metrics = analysis.Data.Metrics;
        List<string> notes = [];
        notes.Add(analysis.Options.Sequential
            ? $"Intervals and p-values are always valid: they hold however often you look, and are tightest at " +
                $"{Figure.Count((long)analysis.Options.TunedFor)} units. Tests for differences between segments and days are for one look."
            : "Intervals and p-values are valid for one look at the end. Do not stop early because the result looks good; use a " +
                "sequential analysis for that.");
        if (analysis.Treatments.SelectMany(treatment => treatment.Metrics).Any(metric => metric.Decisive.Relative.Interval.Gap is not null))
        {
            notes.Add("Where an interval reads \"… or less, or … or more\", the control's value is so uncertain that it could be 0: the " +
                "data then exclude only the lifts in between.");
        }

        foreach (var metric in metrics.Where(metric => metric.Arms.All(arm => arm.Sum(0) == 0)))
        {
            notes.Add($"{metric.Metric.Name} is 0 for every unit. Check that the log uses the name '{metric.Metric.Numerator.Name}'.");
        }

        if (!analysis.PrimaryDeclared && analysis.PrimaryComparisons > 1)
        {
            notes.Add($"No metric was declared primary, so all are treated as primary. Their p-values are corrected for " +
                $"{ExperimentWords.Comparisons(analysis.PrimaryComparisons)} ({Method(analysis)}).");
        }

        if (result.RowsAreUnits)
        {
            notes.Add("Every row counts as one unit, because no column of units was named. If a user has several rows, the intervals " +
                "are too narrow: name the column of units.");
        }

        if (metrics.Any(metric => metric.HasBefore))
        {
            var reductions = analysis.Treatments[0].Metrics.Where(metric => metric.Adjusted is not null)
                .Select(metric => $"{metric.Metric.Name} {Figure.ShortPercent(metric.VarianceReduction)}").ToArray();
            if (reductions.Length > 0) notes.Add($"Estimates are adjusted for pre-experiment data (CUPED), which explains this share of " +
                $"the variance: {string.Join(", ", reductions)}.");
        }

        foreach (var metric in metrics.Where(metric => metric.Cap is not null))
        {
            notes.Add($"Units' values of {metric.Metric.Name} above " +
                $"{ExperimentWords.Value(metric.Metric with { Scale = 1, Kind = MetricKind.Mean }, metric.Cap!.Value)} were capped, as " +
                $"declared: {Figure.Count(metric.CappedUnits.Sum())} units.");
        }

        if (analysis.SecondaryComparisons > 1)
        {
            notes.Add($"Secondary metrics do not decide. Their p-values are corrected for " +
                $"{ExperimentWords.Comparisons(analysis.SecondaryComparisons)} ({Method(analysis)}).");
        }

        return notes;
    }

    /// <summary>Notes on segments and on differences of lifts between them.</summary>
    public static string Segments(TreatmentAnalysis treatment, ExperimentAnalysis analysis)
    {
        var level = 1 - analysis.Options.Confidence;
        var differing = treatment.Dimensions.Where(test => test.CorrectedPValue < level)
            .Select(test => $"{test.Metric} by {test.Dimension} (p {ExperimentWords.P(test.CorrectedPValue)})").ToArray();
        return $"Segments: p-values are corrected for all {ExperimentWords.Comparisons(analysis.SegmentComparisons)} ({Method(analysis)}). "
            + (analysis.SmallSegments > 0 ? $"{Figure.Count(analysis.SmallSegments)} with fewer than {analysis.Options.SmallestSegment} " +
                "units in an arm are left out. " : "")
            + (differing.Length > 0
                ? $"The lift differs between segments: {Figure.Enumerated(differing)}."
                : "No lift is shown to differ between segments.");
    }

    private static string Method(ExperimentAnalysis analysis) =>
        analysis.Options.Correction == Correction.Holm ? "Holm" : "Benjamini and Hochberg";
}
