using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Analysis;

/// <summary>Judges an experiment: whether it can be trusted, the finding of each metric, and the outcome.</summary>
public static class ExperimentAnalyzer
{
    /// <summary>Compares every other arm with the first.</summary>
    /// <param name="data">The data of a log; at least two arms and one metric.</param>
    /// <param name="options">The rules, decided in advance.</param>
    /// <exception cref="KindredException">There is nothing to compare, or the planned shares do not fit the arms.</exception>
    public static ExperimentAnalysis Analyze(ExperimentData data, AnalysisOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        OptionsValidation.Require(options);
        Require(data, options);
        var primaryDeclared = data.Metrics.Any(metric => metric.Metric.Role == MetricRole.Primary);
        if (!primaryDeclared) data = data with { Metrics = [.. data.Metrics.Select(AsPrimary)] };

        double[] weights = options.PlannedWeights.Count == 0 ? [.. data.Arms.Select(_ => 1.0)] : [.. options.PlannedWeights];
        var ratio = SampleRatioTest.Of(data.Units, weights);
        var (distrusts, warnings) = TrustCheck.Of(data, options, ratio, weights);
        var comparer = new MetricComparer(options);
        var findings = new Findings(options);
        var (metrics, primary, secondary) = findings.Of(Compared(data, comparer));
        var isTrusted = distrusts.Count == 0;
        var segments = new SegmentAnalysis(data, options, comparer);
        var curves = new DayAnalysis(data, options, comparer).All();
        return new ExperimentAnalysis
        {
            Data = data,
            Options = options,
            SampleRatio = ratio,
            Distrusts = distrusts,
            Warnings = warnings,
            PrimaryDeclared = primaryDeclared,
            PrimaryComparisons = primary,
            SecondaryComparisons = secondary,
            SegmentComparisons = segments.Comparisons,
            SmallSegments = segments.Small,
            Treatments = [.. metrics.Select((of, i) => new TreatmentAnalysis
            {
                Arm = i + 1,
                Metrics = [.. of.Select(metric => Told(metric, isTrusted))],
                Outcome = Findings.OutcomeOf(of, distrusts.Count > 0),
                Segments = [.. segments.Of(i + 1)
                    .Select(segment => segment with { Metrics = [.. segment.Metrics.Select(metric => Told(metric, isTrusted))] })],
                Dimensions = segments.DimensionsOf(i + 1),
                Curves = curves[i],
            })],
        };
    }

    // Without trust no winner is named, not even in a table.
    private static MetricComparison Told(MetricComparison metric, bool isTrusted) => isTrusted ? metric
        : metric with { Finding = MetricFinding.NotJudged };

    private static MetricData AsPrimary(MetricData data) =>
        data.Metric.Role == MetricRole.Guardrail ? data : data with { Metric = data.Metric with { Role = MetricRole.Primary } };

    private static MetricComparison[][] Compared(ExperimentData data, MetricComparer comparer) =>
        [.. Enumerable.Range(1, data.Arms.Count - 1).Select(arm => data.Metrics.Select(metric => comparer.Compare(metric, arm)).ToArray())];

    private static void Require(ExperimentData data, AnalysisOptions options)
    {
        if (data.Arms.Count < 2)
        {
            throw new KindredException(ErrorKind.BadInput, "arms_too_few",
                $"The log has units of {data.Arms.Count} arm{(data.Arms.Count == 1 ? $" ('{data.Arms[0]}')" : "s")}; a comparison needs at least two.",
                "Check the arm column, and whether rows were left out.")
            {
                Values = new Dictionary<string, object?> { ["arms"] = data.Arms },
            };
        }

        if (data.Metrics.Count == 0)
        {
            throw new KindredException(ErrorKind.Usage, "metric_missing", "No metric is given.", "Name at least one, as in mean:visit.");
        }
        var weights = options.PlannedWeights;
        if (weights.Count != 0 && weights.Count != data.Arms.Count)
        {
            throw new KindredException(ErrorKind.Usage, "planned_shares_miscounted",
                $"Planned shares are given for {weights.Count} arms, but the experiment has {data.Arms.Count}: {string.Join(", ", data.Arms)}.", "Give one share per arm.")
            {
                Values = new Dictionary<string, object?> { ["shares"] = weights.Count, ["arms"] = data.Arms },
            };
        }

        if (weights.Any(weight => !(weight > 0) || !double.IsFinite(weight)))
        {
            throw new KindredException(ErrorKind.Usage, "planned_share_not_positive", "A planned share is not above 0.",
                "Give each arm a weight such as 50.");
        }
    }
}
