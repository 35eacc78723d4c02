using Kindred.Statistics;

namespace Kindred.Experiments.Analysis;

/// <summary>Compares the arms in every segment, and tests whether lifts differ between segments.</summary>
/// <remarks>Among many segments some differ by chance: p-values are corrected for all comparisons.</remarks>
internal sealed class SegmentAnalysis
{
    private readonly SegmentComparison[][] _segments;
    private readonly DimensionTest[][] _dimensions;

    public SegmentAnalysis(ExperimentData data, AnalysisOptions options, MetricComparer comparer)
    {
        var findings = new Findings(options);
        int[] metrics = [.. Enumerable.Range(0, data.Metrics.Count).Where(m => data.Metrics[m].Metric.Kind != MetricKind.Quantile)];
        SegmentData[] shown = [.. data.Segments.Where(segment => segment.Units.All(units => units >= options.SmallestSegment))];
        Small = data.Segments.Count - shown.Length;
        _segments = [.. Enumerable.Range(1, data.Arms.Count - 1)
            .Select(arm => shown.Select(segment => Compare(data, segment, arm, metrics, comparer)).ToArray())];
        Correct(findings);
        _dimensions = [.. _segments.Select(segments => Dimensions(segments, findings))];
        CorrectDimensions(findings);
    }

    /// <summary>The number of comparisons that p-values are corrected for.</summary>
    public int Comparisons => _segments.Sum(segments => segments.Sum(segment => segment.Metrics.Count));

    /// <summary>The number of segments left out because they have too few units.</summary>
    public int Small { get; }

    /// <summary>Returns the segments of a treatment.</summary>
    public IReadOnlyList<SegmentComparison> Of(int arm) => _segments[arm - 1];

    /// <summary>Returns the tests of whether a treatment's lifts differ between segments.</summary>
    public IReadOnlyList<DimensionTest> DimensionsOf(int arm) => _dimensions[arm - 1];

    private static SegmentComparison Compare(ExperimentData data, SegmentData segment, int arm, int[] metrics,
        MetricComparer comparer) => new(
        segment.Dimension, segment.Value, segment.Units[0], segment.Units[arm],
        [.. metrics.Select(m =>
            comparer.Compare(data.Metrics[m].Metric, segment.Metrics[m][0], segment.Metrics[m][arm], data.Metrics[m].HasBefore))]);

    private void Correct(Findings findings)
    {
        var corrected =
            findings.Corrected(
                [.. _segments.SelectMany(of => of).SelectMany(segment => segment.Metrics)
                    .Select(metric => metric.Decisive.Absolute.PValue)]);
        var at = 0;
        foreach (var segments in _segments)
        {
            for (var s = 0; s < segments.Length; s++)
            {
                segments[s] =
                    segments[s] with
                    {
                        Metrics =
                        [.. segments[s].Metrics.Select(metric => Judged(metric, corrected[at++], findings, Comparisons))]
                    };
            }
        }
    }

    // A guardrail's margin is declared for all units together; within a segment it is judged like any other metric.
    private static MetricComparison Judged(MetricComparison metric, double corrected, Findings findings, int comparisons) =>
        findings.Judged(metric with { CorrectedPValue = corrected, Metric = metric.Metric with { Role = MetricRole.Secondary } },
            comparisons) with
        { Metric = metric.Metric };

    private static DimensionTest[] Dimensions(SegmentComparison[] segments, Findings findings) =>
    [
        .. segments.GroupBy(segment => segment.Dimension, StringComparer.Ordinal).SelectMany(dimension =>
            dimension.First().Metrics.Select((metric, m) =>
                Heterogeneity(dimension.Key, metric.Metric.Name,
                    [.. dimension.Select(segment => segment.Metrics[m]).Where(findings.HasEnough)]))),
    ];

    /// <summary>Cochran's Q: Σ w(δ − δ̄)² with w one over the variance of a segment's relative lift δ, χ² with one degree less than there
    /// are segments.</summary>
    private static DimensionTest Heterogeneity(string dimension, string metric, MetricComparison[] segments)
    {
        (double Lift, double Weight)[] lifts =
        [
            .. segments.Select(segment => (segment.Adjusted ?? segment.Raw).Relative)
                .Where(lift => double.IsFinite(lift.Estimate) && lift.StandardError > 0 && double.IsFinite(lift.StandardError))
                .Select(lift => (lift.Estimate, 1 / (lift.StandardError * lift.StandardError))),
        ];
        if (lifts.Length < 2) return new(dimension, metric, lifts.Length, 1, 1);
        var mean = lifts.Sum(lift => lift.Weight * lift.Lift) / lifts.Sum(lift => lift.Weight);
        var q = lifts.Sum(lift => lift.Weight * (lift.Lift - mean) * (lift.Lift - mean));
        return new(dimension, metric, lifts.Length, ChiSquareDistribution.UpperTail(q, lifts.Length - 1), 1);
    }

    private void CorrectDimensions(Findings findings)
    {
        var corrected = findings.Corrected([.. _dimensions.SelectMany(of => of).Select(test => test.PValue)]);
        var at = 0;
        foreach (var tests in _dimensions)
        {
            for (var i = 0; i < tests.Length; i++) tests[i] = tests[i] with { CorrectedPValue = corrected[at++] };
        }
    }
}
