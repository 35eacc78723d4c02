namespace Kindred.SeedLists;

/// <summary>The transformation of an engagement metric to the scale of a weight.</summary>
public enum WeightScale
{
    /// <summary>A rate if all values are in [0, 1] and some are fractional, a count otherwise.</summary>
    Detect,

    /// <summary>Impressions, clicks, revenue: log1p.</summary>
    Count,

    /// <summary>Click-through rate: × 10⁶, then log1p.</summary>
    Rate,
}
