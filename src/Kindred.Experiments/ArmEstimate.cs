namespace Kindred.Experiments;

/// <summary>The value of a metric in one arm, with what its uncertainty follows from.</summary>
/// <param name="Value">The value, without <see cref="Metric.Scale"/>.</param>
/// <param name="UnitVariance">The variance of one unit's contribution: that of the value is this, divided by <paramref name="Units"/>.</param>
/// <param name="Units">How many units it is over.</param>
public readonly record struct ArmEstimate(double Value, double UnitVariance, long Units)
{
    /// <summary>The standard error of the value.</summary>
    public double StandardError => Math.Sqrt(UnitVariance / Units);
}
