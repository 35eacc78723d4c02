namespace Kindred.Experiments.Inference;

/// <summary>A quantile of the values of rows in one arm.</summary>
/// <param name="Estimate">The quantile; its standard error is half of the interval's width, divided by the interval's z.</param>
/// <param name="Low">Lower end of its interval; −∞ where there are too few units for one.</param>
/// <param name="High">Upper end; +∞ where there are too few units for one.</param>
public sealed record QuantileEstimate(ArmEstimate Estimate, double Low, double High);
