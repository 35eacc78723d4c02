namespace Kindred.Experiments;

/// <summary>The data of one metric.</summary>
public sealed record MetricData
{
    /// <summary>The metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>[arms] moments over units. The denominator of a mean or share is 1 per unit; the numerator of a share is 0 or 1; for a
    /// quantile the numerator is the unit's rows with at most the arm's quantile, and the denominator all of its rows with a
    /// value.</summary>
    public required IReadOnlyList<MetricMoments> Arms { get; init; }

    /// <summary>True if units have values from before the experiment.</summary>
    public required bool HasBefore { get; init; }

    /// <summary>The cap; null without one.</summary>
    public double? Cap { get; init; }

    /// <summary>[arms] capped units; empty without a cap.</summary>
    public IReadOnlyList<long> CappedUnits { get; init; } = [];

    /// <summary>[arms] the largest numerator of a unit; empty for a quantile.</summary>
    public IReadOnlyList<double> Largest { get; init; } = [];

    /// <summary>[arms] the values of rows, for a quantile; otherwise empty.</summary>
    public IReadOnlyList<QuantileSketch> Sketches { get; init; } = [];
}
