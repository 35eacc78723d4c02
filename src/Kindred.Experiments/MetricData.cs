namespace Kindred.Experiments;

/// <summary>What a log says about one metric.</summary>
public sealed record MetricData
{
    /// <summary>The metric.</summary>
    public required Metric Metric { get; init; }

    /// <summary>[arms] moments over units. Of a mean or share the denominator is 1 a unit; of a share the numerator is 0 or 1; of a quantile the
    /// numerator is the unit's rows with at most the arm's quantile, and the denominator all of its rows with a value.</summary>
    public required IReadOnlyList<MetricMoments> Arms { get; init; }

    /// <summary>Whether units have numbers from before the experiment.</summary>
    public required bool HasBefore { get; init; }

    /// <summary>The value that units were cut down to; null without a cap.</summary>
    public double? Cap { get; init; }

    /// <summary>[arms] units that were cut down; empty without a cap.</summary>
    public IReadOnlyList<long> CappedUnits { get; init; } = [];

    /// <summary>[arms] the values of rows, for a quantile; else empty.</summary>
    public IReadOnlyList<QuantileSketch> Sketches { get; init; } = [];
}
