namespace Kindred.Pipeline.Experiments;

/// <summary>Where the log of an experiment is and what its columns mean: <c>log</c> of a settings file.</summary>
public sealed record ExperimentLogSettings
{
    /// <summary><c>log.files</c>: tables of events, or of one row a unit. Empty where the log was not to be looked for.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary><c>log.assignments</c>: tables of unit, arm and, if they have it, time of exposure, where the events do not say the arm.</summary>
    public IReadOnlyList<string> Assignments { get; init; } = [];

    /// <summary><c>log.unit</c>: the column of the unit's id; null where every row is a unit of its own.</summary>
    public string? Unit { get; init; }

    /// <summary><c>log.time</c>: the column of the time; null for a table without.</summary>
    public string? Time { get; init; }

    /// <summary><c>log.arm</c>: the column of the arm. Default <c>arm</c>.</summary>
    public string Arm { get; init; } = "arm";

    /// <summary><c>log.event</c>: the column of the kind of event; null for a table of one row a unit.</summary>
    public string? Event { get; init; }

    /// <summary><c>log.event_id</c>: the column of an id that two rows of one event share; null where there is none.</summary>
    public string? EventId { get; init; }

    /// <summary><c>log.exposure</c>: the kind of event that puts a unit into the experiment; null where the first event does.</summary>
    public string? Exposure { get; init; }

    /// <summary><c>log.skew_minutes</c>: minutes by which clocks may differ. Default 5.</summary>
    public double SkewMinutes { get; init; } = 5;

    /// <summary>The same in milliseconds.</summary>
    public long SkewMilliseconds => (long)Math.Round(SkewMinutes * 60_000);
}
