using Kindred.Experiments.Inference;
using Kindred.Statistics;

namespace Kindred.Experiments.Analysis;

/// <summary>Corrects p-values of comparisons for their number, and derives the findings.</summary>
internal sealed class Findings(AnalysisOptions options)
{
    // With few units a p-value is inaccurate, but hardly by this factor.
    private const double FewUnitsLevel = 1.0 / 50;

    // With fewer units than this no p-value is trusted.
    private const double FewestUnits = 10;

    // The power with which a detectable lift is found.
    private const double Power = 0.8;

    private double Level => 1 - options.Confidence;

    /// <summary>Corrects the p-values of a family of comparisons.</summary>
    public double[] Corrected(IReadOnlyList<double> pValues) =>
        options.Correction == Correction.Holm ? MultipleTesting.Holm(pValues) : MultipleTesting.BenjaminiHochberg(pValues);

    /// <summary>Adds corrected p-values and findings to comparisons.</summary>
    /// <param name="treatments">[treatments][metrics].</param>
    /// <returns>The comparisons, and the numbers of comparisons of primary and of secondary metrics.</returns>
    public (MetricComparison[][] Treatments, int Primary, int Secondary) Of(MetricComparison[][] treatments)
    {
        MetricComparison[][] corrected = [.. treatments.Select(metrics => metrics.ToArray())];
        var primary = Correct(corrected, MetricRole.Primary);
        var secondary = Correct(corrected, MetricRole.Secondary);
        Correct(corrected, MetricRole.Guardrail);
        foreach (var metrics in corrected)
        {
            for (var i = 0; i < metrics.Length; i++)
            {
                var comparisons =
                    metrics[i].Metric.Role switch { MetricRole.Primary => primary, MetricRole.Secondary => secondary, _ => 1 };
                metrics[i] = Judged(metrics[i], comparisons);
            }
        }

        return (corrected, primary, secondary);
    }

    /// <summary>Adds the finding, and the lift that would have been found among this many comparisons.</summary>
    public MetricComparison Judged(MetricComparison comparison, int comparisons) =>
        comparison with { Finding = Of(comparison), DetectableLift = Detectable(comparison, Math.Max(1, comparisons)) };

    /// <summary>Derives the finding of a comparison with a corrected p-value.</summary>
    public MetricFinding Of(MetricComparison comparison)
    {
        if (comparison.Control.Units < 2 || comparison.Treatment.Units < 2 || !double.IsFinite(comparison.Decisive.Absolute.StandardError))
        {
            return MetricFinding.NotMeasured;
        }
        if (comparison.Metric.Role == MetricRole.Guardrail) return OfGuardrail(comparison);
        if (!IsBelievable(comparison)) return MetricFinding.TooFew;
        if (!(comparison.CorrectedPValue < Level)) return MetricFinding.NoDifferenceShown;
        return comparison.Decisive.Absolute.Estimate > 0 == (comparison.Metric.Better == MetricDirection.Higher) ? MetricFinding.Better
            : MetricFinding.Worse;
    }

    /// <summary>Tells whether a metric's effective number of units is large enough for normal intervals.</summary>
    public bool HasEnough(MetricComparison comparison) => comparison.CarryingUnits >= options.EnoughUnits;

    /// <summary>Derives the outcome of all metrics of a treatment.</summary>
    public static Outcome OutcomeOf(IReadOnlyList<MetricComparison> metrics, bool distrusted)
    {
        if (distrusted) return Outcome.Untrustworthy;
        var findings = metrics.Select(metric => metric.Finding).ToArray();
        MetricFinding[] primary = [.. metrics.Where(metric => metric.Metric.Role == MetricRole.Primary).Select(metric => metric.Finding)];
        if (findings.Any(finding => finding is MetricFinding.Harmed or MetricFinding.Broken)) return Outcome.GuardrailHarmed;
        if (primary.Contains(MetricFinding.Worse)) return Outcome.Worse;
        if (primary.Contains(MetricFinding.Better))
        {
            var open = metrics.Any(metric => metric.Metric.Role == MetricRole.Guardrail && metric.Finding != MetricFinding.Holds);
            return open ? Outcome.BetterGuardrailOpen : Outcome.Better;
        }

        return primary.Any(finding => finding is MetricFinding.TooFew or MetricFinding.NotMeasured) ? Outcome.TooFewData
            : Outcome.NoDifferenceShown;
    }

    private MetricFinding OfGuardrail(MetricComparison comparison)
    {
        // Relative lifts turned so that above 0 is worse.
        var worsening = comparison.Metric.Better == MetricDirection.Lower ? comparison.Decisive.Relative.Interval
            : comparison.Decisive.Relative.Interval.Negated();
        var isHarmed = IsBelievable(comparison) && comparison.CorrectedPValue < Level
            && comparison.Decisive.Absolute.Estimate > 0 == (comparison.Metric.Better == MetricDirection.Lower);
        if (worsening.High < comparison.Metric.Margin) return HasEnough(comparison) ? MetricFinding.Holds : MetricFinding.NotShownToHold;
        if (!isHarmed) return MetricFinding.NotShownToHold;
        return worsening.Overlaps(0, comparison.Metric.Margin) ? MetricFinding.Harmed : MetricFinding.Broken;
    }

    /// <summary>Tells whether a p-value can be trusted: with few units only if it is far below the level.</summary>
    private bool IsBelievable(MetricComparison comparison) =>
        HasEnough(comparison) || (comparison.CarryingUnits >= FewestUnits && comparison.CorrectedPValue < Level * FewUnitsLevel);

    /// <summary>The lift found with 80% power at the level of the first step of Holm's correction.</summary>
    private double Detectable(MetricComparison comparison, int comparisons)
    {
        var level = Level / comparisons;
        var always = options.Sequential ? AlwaysValidLift.Absolute(comparison.Control, comparison.Treatment, 1 - level, options.TunedFor)
            : default;
        var boundary = options.Sequential ? (always.High - always.Estimate) / always.StandardError
            : NormalDistribution.Quantile(1 - level / 2);
        var lift = (boundary + NormalDistribution.Quantile(Power)) * comparison.Decisive.Absolute.StandardError
            / Math.Abs(comparison.Control.Value);
        return double.IsFinite(lift) && lift > 0 ? lift : double.PositiveInfinity;
    }

    private int Correct(MetricComparison[][] treatments, MetricRole role)
    {
        var places = treatments.SelectMany((metrics, t) => metrics.Select((metric, m) => (t, m, metric)))
            .Where(place => place.metric.Metric.Role == role).ToArray();
        var corrected = Corrected([.. places.Select(place => place.metric.Decisive.Absolute.PValue)]);
        for (var i = 0; i < places.Length; i++)
        {
            var (t, m, metric) = places[i];
            treatments[t][m] = metric with { CorrectedPValue = corrected[i] };
        }

        return places.Length;
    }
}
