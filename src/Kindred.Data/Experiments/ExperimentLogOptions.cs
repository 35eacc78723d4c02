using Kindred.Experiments;

namespace Kindred.Data.Experiments;

/// <summary>Where the log of an experiment is, what its columns mean, and what is asked of it.</summary>
/// <remarks>Three forms of logs are read: a table of one row a unit (without <see cref="Time"/> and <see cref="Event"/>), events of
/// different kinds, and rows with several columns of numbers.</remarks>
public sealed record ExperimentLogOptions
{
    /// <summary>CSV, gzip CSV or Parquet, one or many; one log together.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Tables of unit, arm and, where there is such a column, time, for logs whose rows do not name the arm. Who is not in them is not in the experiment.</summary>
    public IReadOnlyList<string> Assignments { get; init; } = [];

    /// <summary>Lists of units that are left out.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>The column of unit ids; null if every row is a unit of its own.</summary>
    public string? Unit { get; init; }

    /// <summary>The column of arms; null if all units are of one arm, "all", as in a log to plan from.</summary>
    public string? Arm { get; init; }

    /// <summary>The column of points in time: ISO 8601, Unix seconds or milliseconds. Null for a table without.</summary>
    public string? Time { get; init; }

    /// <summary>The column of kinds of event; null for a log without.</summary>
    public string? Event { get; init; }

    /// <summary>The column of ids of events, by which repeated ones of a unit are known; null without one.</summary>
    public string? EventId { get; init; }

    /// <summary>The kind of event that exposes a unit. Null: the time of the assignment, or else the first row of the unit.</summary>
    public string? Exposure { get; init; }

    /// <summary>The arm that others are compared with; null for the first.</summary>
    public string? Control { get; init; }

    /// <summary>All arms, the control first. Null: those of the log, the control first, then in ordinal order.</summary>
    public IReadOnlyList<string>? Arms { get; init; }

    /// <summary>When the experiment starts, Unix milliseconds. Null: with the first day of the log, UTC.</summary>
    public long? Start { get; init; }

    /// <summary>The first Unix millisecond that is no part of the experiment; null for no end.</summary>
    public long? End { get; init; }

    /// <summary>Days before the start of which events count as from before; 0 for none. Needs <see cref="Start"/>.</summary>
    public int PreDays { get; init; }

    /// <summary>How long before a unit's exposure an event counts as one of a clock that differs.</summary>
    /// <value>Milliseconds. Default five minutes.</value>
    public long SkewMilliseconds { get; init; } = 300_000;

    /// <summary>Columns that split units into segments, such as a country.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>What is asked.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>Memory for rows; what does not fit goes to a temporary file.</summary>
    /// <value>Bytes. Default 1 GiB. <see cref="ExperimentLog.PeakBytes"/> tells what is needed in all.</value>
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>Threads that read and add up.</summary>
    /// <value>Default 1.</value>
    public int Threads { get; init; } = 1;

    /// <summary>The folder for the temporary file, which needs about as much room as the log uncompressed; null for the system's.</summary>
    public string? SpillFolder { get; init; }
}
