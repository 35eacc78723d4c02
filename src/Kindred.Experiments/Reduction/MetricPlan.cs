namespace Kindred.Experiments.Reduction;

/// <summary>A metric, with the places of its quantities.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Numerator">The place of the numerator among the quantities.</param>
/// <param name="Denominator">The place of the denominator; −1 without one.</param>
/// <param name="Covariate">The value column of the covariate; −1 without one.</param>
public sealed record MetricPlan(Metric Metric, int Numerator, int Denominator, int Covariate)
{
    internal bool IsQuantile => Metric.Kind == MetricKind.Quantile;

    // Each unit's denominator is 1: products with it need not be summed.
    internal bool HasUnitDenominator => Metric.Kind is MetricKind.Mean or MetricKind.Share;

    internal bool HasBefore(ReductionPlan plan) => !IsQuantile && (Covariate >= 0 || plan.BeforeMilliseconds > 0);
}
