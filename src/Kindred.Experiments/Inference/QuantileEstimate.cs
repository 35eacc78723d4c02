namespace Kindred.Experiments.Inference;

/// <summary>The quantile of the values of rows in one arm.</summary>
/// <param name="Estimate">The quantile; its standard error is half of the interval's width, divided by the interval's z.</param>
/// <param name="Low">The lower end of its interval; −∞ with too few units.</param>
/// <param name="High">The upper end; +∞ with too few units.</param>
public sealed record QuantileEstimate(ArmEstimate Estimate, double Low, double High);
