namespace Kindred.Experiments.Reduction;

/// <summary>A metric, with where its numbers come from.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Numerator">The place of its numerator among the quantities.</param>
/// <param name="Denominator">The place of its denominator; −1 without one.</param>
/// <param name="Covariate">The column of values that its covariate is; −1 without one.</param>
public sealed record MetricPlan(Metric Metric, int Numerator, int Denominator, int Covariate)
{
    internal bool IsQuantile => Metric.Kind == MetricKind.Quantile;

    // Each unit's denominator is 1: what has it as a factor need not be added up.
    internal bool HasUnitDenominator => Metric.Kind is MetricKind.Mean or MetricKind.Share;

    internal bool HasBefore(ReductionPlan plan) => !IsQuantile && (Covariate >= 0 || plan.BeforeMilliseconds > 0);
}
