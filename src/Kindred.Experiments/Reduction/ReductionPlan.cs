namespace Kindred.Experiments.Reduction;

/// <summary>The meaning of the records of a log, and the metrics to compute.</summary>
public sealed record ReductionPlan
{
    /// <summary>Milliseconds of a day.</summary>
    public const long DayMilliseconds = 86_400_000;

    /// <summary>Maximum days of an experiment: more days mean wrong times.</summary>
    public const int MostDays = 4_000;

    /// <summary>The layout of records.</summary>
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

    /// <summary>True if rows have times. Without times all rows are in the experiment.</summary>
    public bool HasTimes { get; init; }

    /// <summary>True if rows have events.</summary>
    public bool HasKinds { get; init; }

    /// <summary>True if each unit should have one row.</summary>
    public bool OneRowAUnit { get; init; }

    /// <summary>True if there are assignment tables: a unit that is not in them is not in the experiment.</summary>
    public bool HasAssignments { get; init; }

    /// <summary>True if there are lists of units to leave out.</summary>
    public bool HasExclusions { get; init; }

    /// <summary>The kind of event that exposes a unit; <see cref="RecordKind.Other"/> if none is named.</summary>
    public byte Exposure { get; init; }

    /// <summary>The start of the experiment, in Unix milliseconds.</summary>
    public long Start { get; init; }

    /// <summary>The end of the experiment: the first Unix millisecond after it.</summary>
    public long End { get; init; } = long.MaxValue;

    /// <summary>The length of the pre-period in milliseconds; 0 without one.</summary>
    public long BeforeMilliseconds { get; init; }

    /// <summary>The longest time before a unit's exposure that is taken for a clock difference, in milliseconds.</summary>
    public long SkewMilliseconds { get; init; }

    /// <summary>The last day of events, in days since 1970-01-01.</summary>
    public int LastDay { get; init; } = -1;

    /// <summary>The day of a time, in days since 1970-01-01.</summary>
    public static int DayOf(long time) => (int)((time >= 0 ? time : time - (DayMilliseconds - 1)) / DayMilliseconds);

    internal int FirstDay => DayOf(Start);

    // A log of a single moment has one day.
    internal int Days => HasTimes ? Math.Max(0, LastDay - FirstDay + 1) : 0;
}
