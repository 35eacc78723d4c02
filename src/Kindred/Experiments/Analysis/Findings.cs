using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Analysis;

/// <summary>What comparisons come to, with their p-values corrected for being several.</summary>
internal sealed class Findings(AnalysisOptions options)
{
    // Of few units a p-value is off by more than a little, but hardly by this.
    private const double FewUnitsLevel = 1.0 / 50;

    // Of fewer than these no p-value is believed.
    private const double FewestUnits = 10;

    private double Level => 1 - options.Confidence;

    /// <summary>Corrected p-values of a family of comparisons.</summary>
    public double[] Corrected(IReadOnlyList<double> pValues) =>
        options.Correction == Correction.Holm ? MultipleTesting.Holm(pValues) : MultipleTesting.BenjaminiHochberg(pValues);

    /// <summary>Comparisons with corrected p-values and findings.</summary>
    /// <param name="treatments">[treatments][metrics].</param>
    /// <returns>The same, and over how many comparisons those of primary and of secondary metrics were corrected.</returns>
    public (MetricComparison[][] Treatments, int Primary, int Secondary) Of(MetricComparison[][] treatments)
    {
        MetricComparison[][] corrected = [.. treatments.Select(metrics => metrics.ToArray())];
        var primary = Correct(corrected, MetricRole.Primary);
        var secondary = Correct(corrected, MetricRole.Secondary);
        foreach (var metrics in corrected)
        {
            for (var i = 0; i < metrics.Length; i++) metrics[i] = metrics[i] with { Finding = Of(metrics[i]) };
        }

        return (corrected, primary, secondary);
    }

    /// <summary>What a comparison says by itself; its p-value is corrected already.</summary>
    public MetricFinding Of(MetricComparison comparison)
    {
        if (comparison.Control.Units < 2 || comparison.Treatment.Units < 2 || !double.IsFinite(comparison.Decisive.Absolute.StandardError)) return MetricFinding.NotMeasured;
        if (comparison.Metric.Role == MetricRole.Guardrail) return OfGuardrail(comparison);
        if (!HasEnough(comparison) && !(Carrying(comparison) >= FewestUnits && comparison.CorrectedPValue < Level * FewUnitsLevel)) return MetricFinding.TooFew;
        if (!(comparison.CorrectedPValue < Level)) return MetricFinding.NoDifferenceShown;
        return comparison.Decisive.Absolute.Estimate > 0 == (comparison.Metric.Better == MetricDirection.Higher) ? MetricFinding.Better : MetricFinding.Worse;
    }

    /// <summary>Whether enough units carry a metric for normal intervals to hold.</summary>
    public bool HasEnough(MetricComparison comparison) => Carrying(comparison) >= options.EnoughUnits;

    /// <summary>What the metrics of a treatment come to together.</summary>
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

        return primary.Any(finding => finding is MetricFinding.TooFew or MetricFinding.NotMeasured) ? Outcome.TooFewData : Outcome.NoDifferenceShown;
    }

    private static double Carrying(MetricComparison comparison) => Math.Min(comparison.EffectiveUnits.Control, comparison.EffectiveUnits.Treatment);

    private MetricFinding OfGuardrail(MetricComparison comparison)
    {
        var lift = comparison.Decisive.Relative;

        // How much worse it is at least, and at most.
        var (least, most) = comparison.Metric.Better == MetricDirection.Lower ? (lift.Low, lift.High) : (-lift.High, -lift.Low);
        if (!HasEnough(comparison)) return MetricFinding.NotShownToHold;
        if (least > comparison.Metric.Margin) return MetricFinding.Broken;
        if (least > 0) return MetricFinding.Harmed;
        return most < comparison.Metric.Margin ? MetricFinding.Holds : MetricFinding.NotShownToHold;
    }

    private int Correct(MetricComparison[][] treatments, MetricRole role)
    {
        var places = treatments.SelectMany((metrics, t) => metrics.Select((metric, m) => (t, m, metric))).Where(place => place.metric.Metric.Role == role).ToArray();
        var corrected = Corrected([.. places.Select(place => place.metric.Decisive.Absolute.PValue)]);
        for (var i = 0; i < places.Length; i++)
        {
            var (t, m, metric) = places[i];
            treatments[t][m] = metric with { CorrectedPValue = corrected[i] };
        }

        return places.Length;
    }
}
