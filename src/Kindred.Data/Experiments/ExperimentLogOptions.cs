using Kindred.Data.Values;
using Kindred.Experiments;

namespace Kindred.Data.Experiments;

/// <summary>The files of an experiment's log, the meaning of their columns, and the requested metrics.</summary>
/// <remarks>Three forms of logs are supported: a table with one row per unit (without <see cref="Time"/> and <see cref="Event"/>), events
/// of different kinds, and rows with several columns of numbers.</remarks>
public sealed record ExperimentLogOptions
{
    /// <summary>One or more CSV, gzip CSV or Parquet files, which together are one log.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Tables of unit, arm and optionally time, for logs whose rows do not name the arm. Units that are not in them are not in the
    /// experiment.</summary>
    public IReadOnlyList<string> Assignments { get; init; } = [];

    /// <summary>Lists of units that are left out.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>The column of unit ids; null if every row is a separate unit.</summary>
    public string? Unit { get; init; }

    /// <summary>The column of arms; null if all units are in one arm, "all", as in a log for planning.</summary>
    public string? Arm { get; init; }

    /// <summary>The column of points in time: ISO 8601 or Unix times, unless the rules name another form. Null for a table without times.</summary>
    public string? Time { get; init; }

    /// <summary>The column of kinds of event; null for a log without events.</summary>
    public string? Event { get; init; }

    /// <summary>The column of event ids, which identify repeated events of a unit; null without one.</summary>
    public string? EventId { get; init; }

    /// <summary>The kind of event that exposes a unit. Null: the assignment exposes it at its time, or else the first row of the unit
    /// does.</summary>
    public string? Exposure { get; init; }

    /// <summary>The arm that the others are compared with; null for the first.</summary>
    public string? Control { get; init; }

    /// <summary>All arms, the control first. Null: the arms in the log, the control first, then in ordinal order.</summary>
    public IReadOnlyList<string>? Arms { get; init; }

    /// <summary>The start of the experiment in Unix milliseconds. Null: the first day of the log, UTC.</summary>
    public long? Start { get; init; }

    /// <summary>The end of the experiment: the first Unix millisecond after it; null for no end.</summary>
    public long? End { get; init; }

    /// <summary>The length of the pre-period before the start, in days; 0 for none. Needs <see cref="Start"/>.</summary>
    public int PreDays { get; init; }

    /// <summary>Maximum time before a unit's exposure at which an event is attributed to a clock difference.</summary>
    /// <value>Milliseconds. Default five minutes.</value>
    public long SkewMilliseconds { get; init; } = 300_000;

    /// <summary>Columns that split units into segments, such as a country.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>The requested metrics.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>How the values of all files are written.</summary>
    /// <value>Default: the usual way.</value>
    public TableRules Rules { get; init; } = TableRules.Usual;

    /// <summary>Memory for rows; rows that do not fit go to a temporary file.</summary>
    /// <value>Bytes. Default 1 GiB. <see cref="ExperimentLog.PeakBytes"/> gives the total memory.</value>
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>Worker threads.</summary>
    /// <value>Default 1.</value>
    public int Threads { get; init; } = 1;

    /// <summary>The folder of the temporary file, which takes about as much space as the uncompressed log; null for the system's
    /// folder.</summary>
    public string? SpillFolder { get; init; }
}
