namespace Kindred.Experiments;

/// <summary>Counts values by size, so that any quantile can be told within a relative error.</summary>
public sealed class QuantileSketch
{
}
