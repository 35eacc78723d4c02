namespace Kindred.Experiments;

/// <summary>The kind of a metric: how it is computed.</summary>
public enum MetricKind
{
    /// <summary>The sum of a quantity over the units, divided by the number of units.</summary>
    Mean,

    /// <summary>The share of units whose quantity is above 0.</summary>
    Share,

    /// <summary>The sum of one quantity divided by the sum of another, both over the units: clicks per impression.</summary>
    Ratio,

    /// <summary>A quantile of the values of single rows; the unit is the cluster that rows come in.</summary>
    Quantile,
}
