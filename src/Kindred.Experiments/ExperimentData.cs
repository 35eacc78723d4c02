namespace Kindred.Experiments;

/// <summary>The log of an experiment, reduced to what an analysis needs.</summary>
public sealed record ExperimentData
{
    /// <summary>Names of the arms; the control is the first.</summary>
    public required IReadOnlyList<string> Arms { get; init; }

    /// <summary>[arms] analysed units.</summary>
    public required IReadOnlyList<long> Units { get; init; }

    /// <summary>The metrics, in the requested order.</summary>
    public required IReadOnlyList<MetricData> Metrics { get; init; }

    /// <summary>Segments by dimension, then value (ordinal); empty if none were requested.</summary>
    public IReadOnlyList<SegmentData> Segments { get; init; } = [];

    /// <summary>Days, ascending and without gaps; empty for a table without times.</summary>
    public IReadOnlyList<DayData> Days { get; init; } = [];

    /// <summary>Rows read.</summary>
    public required long Rows { get; init; }

    /// <summary>The assigned units that have rows; null without assignment tables.</summary>
    public AssignmentCoverage? Coverage { get; init; }

    /// <summary>Arms of left-out rows that differ from a declared arm only in case or white space, in ordinal order.</summary>
    public IReadOnlyList<string> UnknownArms { get; init; } = [];

    /// <summary>Problems of the log, by kind.</summary>
    public IReadOnlyList<LogProblem> Problems { get; init; } = [];
}
