namespace Kindred.SeedLists;

/// <summary>How an engagement metric is brought to the scale of a weight.</summary>
public enum MetricKind
{
    /// <summary>A rate if all values are in [0, 1] and some are fractional, a count otherwise.</summary>
    Detect,

    /// <summary>Impressions, clicks, revenue: log1p.</summary>
    Count,

    /// <summary>Click-through rate: × 10⁶, then log1p.</summary>
    Rate,
}
