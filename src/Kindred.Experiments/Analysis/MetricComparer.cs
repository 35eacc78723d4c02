using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Analysis;

/// <summary>Compares one metric between two arms, without correction for several metrics.</summary>
internal sealed class MetricComparer(AnalysisOptions options)
{
    /// <summary>Compares a metric over all units.</summary>
    public MetricComparison Compare(MetricData data, int treatment)
    {
        if (data.Metric.Kind != MetricKind.Quantile)
        {
            return Compare(data.Metric, data.Arms[0], data.Arms[treatment], data.HasBefore) with { Heaviest = Heaviest(data, treatment) };
        }

        return Compare(data.Metric, data.Arms[0], data.Arms[treatment], Estimate(data, 0), Estimate(data, treatment), null);
    }

    /// <summary>Compares a metric over some units.</summary>
    public MetricComparison Compare(Metric metric, MetricMoments control, MetricMoments treatment, bool hasBefore) => Compare(
        metric, control, treatment, ArmEstimates.Of(metric.Kind, control), ArmEstimates.Of(metric.Kind, treatment),
        hasBefore && control.Units > 1 && treatment.Units > 1 ? Cuped.Adjust(metric.Kind, [control, treatment]) : null);

    /// <summary>Computes a lift for one look.</summary>
    public ComparedLift AtOnce(ArmEstimate control, ArmEstimate treatment) =>
        new(Lift.Absolute(control, treatment, options.Confidence), Lift.RelativeFieller(control, treatment, options.Confidence));

    /// <summary>Computes an always-valid lift.</summary>
    public ComparedLift AtAnyTime(ArmEstimate control, ArmEstimate treatment) => new(
        AlwaysValidLift.Absolute(control, treatment, options.Confidence, options.TunedFor),
        AlwaysValidLift.Relative(control, treatment, options.Confidence, options.TunedFor));

    private static HeaviestUnit? Heaviest(MetricData data, int treatment)
    {
        if (data.Metric.Kind == MetricKind.Share || data.Metric.Numerator.AllowsNegative || data.Largest.Count == 0) return null;
        return new[] { 0, treatment }.Select(arm => HeaviestUnit.Of(arm, data.Arms[arm], data.Largest[arm]))
            .OfType<HeaviestUnit>().MaxBy(unit => unit.Share);
    }

    private ArmEstimate Estimate(MetricData data, int arm) =>
        data.Sketches[arm].Count == 0 ? default
            : ClusterQuantile.Of(data.Sketches[arm], data.Arms[arm], data.Metric.Quantile, options.Confidence).Estimate;

    private MetricComparison Compare(
        Metric metric, MetricMoments controlMoments, MetricMoments treatmentMoments, ArmEstimate control, ArmEstimate treatment,
        CupedResult? cuped)
    {
        var raw = AtOnce(control, treatment);
        var (bestControl, bestTreatment) = cuped is null ? (control, treatment) : (cuped.Arms[0], cuped.Arms[1]);
        var adjusted = cuped is null ? null : AtOnce(bestControl, bestTreatment);
        var comparison = new MetricComparison
        {
            Metric = metric,
            Control = control,
            Treatment = treatment,
            ControlMoments = controlMoments,
            TreatmentMoments = treatmentMoments,
            EffectiveUnits = (EffectiveUnits(metric, controlMoments), EffectiveUnits(metric, treatmentMoments)),
            Raw = raw,
            Adjusted = adjusted,
            VarianceReduction = cuped?.VarianceReduction ?? 0,
            AlwaysValid = options.Sequential ? AtAnyTime(bestControl, bestTreatment) : null,
        };
        return comparison with { CorrectedPValue = comparison.Decisive.Absolute.PValue };
    }

    /// <summary>The effective number of units: (Σx)²/Σx² of the numerator or of the denominator, whichever is less; for a share the units
    /// with or without.</summary>
    private static double EffectiveUnits(Metric metric, MetricMoments arm)
    {
        return metric.Kind switch
        {
            MetricKind.Quantile => Effective(arm, 1),
            // Few units without are as bad as few units with.
            MetricKind.Share => Math.Min(arm.Sum(0), arm.Units - arm.Sum(0)),
            // Values of both signs cancel in the sum.
            _ when metric.Numerator.AllowsNegative => arm.Units,
            MetricKind.Ratio => Math.Min(Effective(arm, 0), Effective(arm, 1)),
            _ => Effective(arm, 0),
        };
    }

    private static double Effective(MetricMoments arm, int variable)
    {
        var square = arm.Mean(variable) * arm.Mean(variable);
        var spread = arm.Units < 2 ? 0 : arm.Covariance(variable, variable) * (arm.Units - 1) / arm.Units;
        return square == 0 ? 0 : arm.Units * square / (square + spread);
    }
}
