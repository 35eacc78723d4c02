using Kindred.Data.Values;

namespace Kindred.Pipeline.Experiments;

/// <summary>The files and columns of an experiment's log: <c>log</c> of a settings file.</summary>
public sealed record ExperimentLogSettings
{
    /// <summary><c>log.files</c>: tables of events, or of one row per unit. Empty if the settings were read without the log.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary><c>log.assignments</c>: tables of unit, arm and optional time of exposure, for events without the arm.</summary>
    public IReadOnlyList<string> Assignments { get; init; } = [];

    /// <summary><c>log.unit</c>: the column of the unit's id; null if every row is one unit.</summary>
    public string? Unit { get; init; }

    /// <summary><c>log.time</c>: the column of the time; null if there is none.</summary>
    public string? Time { get; init; }

    /// <summary><c>log.arm</c>: the column of the arm. Default <c>arm</c>.</summary>
    public string Arm { get; init; } = "arm";

    /// <summary><c>log.event</c>: the column of the kind of event; null for a table of one row per unit.</summary>
    public string? Event { get; init; }

    /// <summary><c>log.event_id</c>: the column of an id that duplicate rows of one event share; null if there is none.</summary>
    public string? EventId { get; init; }

    /// <summary><c>log.exposure</c>: the kind of event that enters a unit into the experiment; null for its first event of any
    /// kind.</summary>
    public string? Exposure { get; init; }

    /// <summary><c>log.normalize_ids</c> and others: how the values of all files are written.</summary>
    public TableRules Rules { get; init; } = TableRules.Usual;

    /// <summary><c>log.skew_minutes</c>: the maximum difference between clocks in minutes. Default 5.</summary>
    public double SkewMinutes { get; init; } = 5;

    /// <summary>The maximum difference between clocks in milliseconds.</summary>
    public long SkewMilliseconds => (long)Math.Round(SkewMinutes * 60_000);
}
