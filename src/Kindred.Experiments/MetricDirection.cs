namespace Kindred.Experiments;

/// <summary>The better direction of a metric.</summary>
public enum MetricDirection
{
    /// <summary>More is better.</summary>
    Higher,

    /// <summary>Less is better.</summary>
    Lower,
}
