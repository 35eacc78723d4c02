namespace Kindred.Experiments;

/// <summary>A log, reduced to what an analysis needs of it.</summary>
public sealed record ExperimentData
{
    /// <summary>Names of the arms; the control is the first.</summary>
    public required IReadOnlyList<string> Arms { get; init; }

    /// <summary>[arms] units that are analysed.</summary>
    public required IReadOnlyList<long> Units { get; init; }

    /// <summary>The metrics, in the order in which they were asked for.</summary>
    public required IReadOnlyList<MetricData> Metrics { get; init; }

    /// <summary>Segments by dimension, then value (ordinal); empty where none were asked for.</summary>
    public IReadOnlyList<SegmentData> Segments { get; init; } = [];

    /// <summary>Days, ascending and without gaps; empty for a table without times.</summary>
    public IReadOnlyList<DayData> Days { get; init; } = [];

    /// <summary>Rows that were read.</summary>
    public required long Rows { get; init; }

    /// <summary>What is wrong with the log, by kind.</summary>
    public IReadOnlyList<LogProblem> Problems { get; init; } = [];
}
