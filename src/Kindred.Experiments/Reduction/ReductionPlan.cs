namespace Kindred.Experiments.Reduction;

/// <summary>What records of a log mean, and what is made of them.</summary>
public sealed record ReductionPlan
{
    /// <summary>Milliseconds of a day.</summary>
    public const long DayMilliseconds = 86_400_000;

    /// <summary>The most days of an experiment: more are times gone wrong.</summary>
    public const int MostDays = 4_000;

    /// <summary>How records are laid out.</summary>
    public required RecordLayout Layout { get; init; }

    /// <summary>Names of the arms; the control is the first.</summary>
    public required IReadOnlyList<string> Arms { get; init; }

    /// <summary>[codes of arms] the place of the code's arm among <see cref="Arms"/>.</summary>
    public required IReadOnlyList<int> ArmOfCode { get; init; }

    /// <summary>The quantities that metrics use.</summary>
    public required IReadOnlyList<QuantityPlan> Quantities { get; init; }

    /// <summary>The metrics.</summary>
    public required IReadOnlyList<MetricPlan> Metrics { get; init; }

    /// <summary>The segments.</summary>
    public IReadOnlyList<SegmentPlan> Segments { get; init; } = [];

    /// <summary>Whether rows have times. Without, all are during the experiment.</summary>
    public bool HasTimes { get; init; }

    /// <summary>Whether rows have kinds of event.</summary>
    public bool HasKinds { get; init; }

    /// <summary>Whether each unit should have one row.</summary>
    public bool OneRowAUnit { get; init; }

    /// <summary>Whether there are assignment tables: a unit that is not in them is not in the experiment.</summary>
    public bool HasAssignments { get; init; }

    /// <summary>Whether there are lists of units to leave out.</summary>
    public bool HasExclusions { get; init; }

    /// <summary>The kind of event that exposes a unit; <see cref="RecordKind.Other"/> if none is named.</summary>
    public byte Exposure { get; init; }

    /// <summary>When the experiment starts, unix milliseconds.</summary>
    public long Start { get; init; }

    /// <summary>When it ends: the first millisecond that is not part of it.</summary>
    public long End { get; init; } = long.MaxValue;

    /// <summary>How long before the start the pre-period begins; 0 for none.</summary>
    public long BeforeMilliseconds { get; init; }

    /// <summary>How long before a unit's exposure an event is taken for one of a clock that differs.</summary>
    public long SkewMilliseconds { get; init; }

    /// <summary>The last day on which something may happen, in days since 1970-01-01.</summary>
    public int LastDay { get; init; } = -1;

    /// <summary>The day of a time, in days since 1970-01-01.</summary>
    public static int DayOf(long time) => (int)((time >= 0 ? time : time - (DayMilliseconds - 1)) / DayMilliseconds);

    internal int FirstDay => DayOf(Start);

    // A log of one moment has one day.
    internal int Days => HasTimes ? Math.Max(0, LastDay - FirstDay + 1) : 0;
}
