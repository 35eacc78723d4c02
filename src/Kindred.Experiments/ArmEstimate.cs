namespace Kindred.Experiments;

/// <summary>The value of a metric in one arm, with its variance.</summary>
/// <param name="Value">The value, without <see cref="Metric.Scale"/>.</param>
/// <param name="UnitVariance">The variance of one unit's contribution; divided by <paramref name="Units"/> it is the variance of the
/// value.</param>
/// <param name="Units">The number of units.</param>
public readonly record struct ArmEstimate(double Value, double UnitVariance, long Units)
{
    /// <summary>The standard error of the value.</summary>
    public double StandardError => Math.Sqrt(UnitVariance / Units);
}
