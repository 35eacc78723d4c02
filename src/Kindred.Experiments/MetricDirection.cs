namespace Kindred.Experiments;

/// <summary>Which way a metric is better.</summary>
public enum MetricDirection
{
    /// <summary>More is better.</summary>
    Higher,

    /// <summary>Less is better.</summary>
    Lower,
}
