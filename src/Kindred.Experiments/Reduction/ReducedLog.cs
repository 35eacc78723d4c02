namespace Kindred.Experiments.Reduction;

/// <summary>Moments over all merged partitions.</summary>
internal sealed class ReducedLog(ReductionPlan plan)
{
    private readonly ProblemCounts _problems = new(plan.Arms.Count);
    private readonly CoverageCounts _coverage = new(plan.Arms.Count);
    private readonly long[] _units = new long[plan.Arms.Count];
    private readonly long[] _capped = new long[plan.Arms.Count * plan.Metrics.Count];
    private readonly double[] _largest = new double[plan.Arms.Count * plan.Metrics.Count];
    private readonly MetricMoments[] _total = new MetricMoments[plan.Arms.Count * plan.Metrics.Count];
    private readonly ReducedSegments _segments = new(plan);
    private readonly ReducedDays _days = new(plan);

    public IReadOnlyList<LogPositions> Problems => _problems.ToList();

    public void Merge(PartitionSums sums, ProblemCounts problems, CoverageCounts coverage)
    {
        _problems.MergeFrom(problems);
        _coverage.MergeFrom(coverage);
        for (var i = 0; i < _capped.Length; i++) _capped[i] += sums.Capped[i];
        for (var i = 0; i < _largest.Length; i++) _largest[i] = Math.Max(_largest[i], sums.Largest[i]);
        for (var arm = 0; arm < _units.Length; arm++)
        {
            _units[arm] += sums.Units[arm];
            for (var i = 0; i < plan.Metrics.Count; i++)
            {
                ref var total = ref _total[i * _units.Length + arm];
                total = total.Merge(MomentsOf(plan, i, sums.Total(arm, i), sums.Units[arm]));
            }
        }

        _segments.Merge(sums);
        _days.Merge(sums);
    }

    public ExperimentData ToData(long rows, Survey survey) => new()
    {
        Arms = plan.Arms,
        Units = _units,
        Rows = rows,
        Metrics = [.. plan.Metrics.Select((metric, i) => ToData(metric, i, survey))],
        Segments = _segments.ToList(),
        Days = _days.ToList(),
        Coverage = plan.HasAssignments ? _coverage.ToCoverage() : null,
    };

    public static MetricMoments MomentsOf(ReductionPlan plan, int metric, ReadOnlySpan<double> sums, long units) =>
        MomentSums.ToMoments(sums, units, plan.Metrics[metric].HasUnitDenominator, plan.Metrics[metric].HasBefore(plan));

    private MetricData ToData(MetricPlan metric, int index, Survey survey) => new()
    {
        Metric = metric.Metric,
        Arms = _total[(index * _units.Length)..((index + 1) * _units.Length)],
        HasBefore = metric.HasBefore(plan),
        Cap = survey.Cap(index),
        CappedUnits = metric.Metric.Cap is null && metric.Metric.CapQuantile is null ? []
            : _capped[(index * _units.Length)..((index + 1) * _units.Length)],
        Largest = metric.IsQuantile ? [] : _largest[(index * _units.Length)..((index + 1) * _units.Length)],
        Sketches = survey.Rows(index),
    };
}
