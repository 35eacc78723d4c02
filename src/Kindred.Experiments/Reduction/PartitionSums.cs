namespace Kindred.Experiments.Reduction;

/// <summary>Raw sums over the units of one partition: in total, by segment, by day.</summary>
internal sealed class PartitionSums
{
    private readonly int _arms;
    private readonly int _metrics;
    private readonly double[] _total;
    private readonly double[] _segments;
    private readonly double[] _untilDay;
    private readonly double[] _onDay;

    public PartitionSums(ReductionPlan plan)
    {
        (_arms, _metrics) = (plan.Arms.Count, plan.Metrics.Count);
        SegmentStarts = new int[plan.Segments.Count];
        // The place after the last value is for units without one.
        for (var i = 0; i < plan.Segments.Count; i++)
        {
            SegmentStarts[i] = SegmentCount;
            SegmentCount += plan.Segments[i].Values.Count + 1;
        }

        (Units, Capped, Days) = (new long[_arms], new long[_metrics * _arms], plan.Days);
        Largest = new double[_metrics * _arms];
        (SegmentUnits, Entries) = (new long[SegmentCount * _arms], new long[Days * _arms]);
        _total = Numbers(1);
        _segments = Numbers(SegmentCount);
        (_untilDay, _onDay) = (Numbers(Days), Numbers(Days));
    }

    public int Days { get; }

    /// <summary>[dimensions] the place of the dimension's first value among all segments.</summary>
    public int[] SegmentStarts { get; }

    /// <summary>The values of all dimensions, with one for "none" per dimension.</summary>
    public int SegmentCount { get; }

    /// <summary>[arms] units.</summary>
    public long[] Units { get; }

    /// <summary>[metrics × arms] capped units.</summary>
    public long[] Capped { get; }

    /// <summary>[metrics × arms] the largest numerator of a unit, at least 0.</summary>
    public double[] Largest { get; }

    /// <summary>[segments × arms] units.</summary>
    public long[] SegmentUnits { get; }

    /// <summary>[days × arms] units that entered on the day.</summary>
    public long[] Entries { get; }

    /// <summary>The last day with any event; −1 without one.</summary>
    public int LastDay { get; set; } = -1;

    public Span<double> Total(int arm, int metric) => At(_total, 0, arm, metric);

    public Span<double> Segment(int segment, int arm, int metric) => At(_segments, segment, arm, metric);

    /// <summary>The day's change of the sums up to its end.</summary>
    public Span<double> UntilDay(int day, int arm, int metric) => At(_untilDay, day, arm, metric);

    /// <summary>The sums of the day alone.</summary>
    public Span<double> OnDay(int day, int arm, int metric) => At(_onDay, day, arm, metric);

    public void Clear()
    {
        foreach (var counts in (long[][])[Units, Capped, SegmentUnits, Entries]) Array.Clear(counts);
        foreach (var sums in (double[][])[_total, _segments, _untilDay, _onDay, Largest]) Array.Clear(sums);
        LastDay = -1;
    }

    private double[] Numbers(int count) => new double[count * _arms * _metrics * MomentSums.Length];

    private Span<double> At(double[] numbers, int which, int arm, int metric) =>
        numbers.AsSpan(((which * _arms + arm) * _metrics + metric) * MomentSums.Length, MomentSums.Length);
}
