namespace Kindred.Experiments.Reduction;

/// <summary>Moments by day.</summary>
internal sealed class ReducedDays(ReductionPlan plan)
{
    // The sums of the pre-period alone, out of the fourteen: they enter with the unit and stay.
    private static readonly int[] _ofBefore = [2, 3, 11, 12, 13];

    private readonly int _arms = plan.Arms.Count;
    private readonly long[] _units = new long[plan.Days * plan.Arms.Count];
    private readonly MetricMoments[] _untilDay = new MetricMoments[plan.Days * plan.Arms.Count * plan.Metrics.Count];
    private readonly MetricMoments[] _onDay = new MetricMoments[plan.Days * plan.Arms.Count * plan.Metrics.Count];
    private int _lastDay = -1;

    public void Merge(PartitionSums sums)
    {
        _lastDay = Math.Max(_lastDay, sums.LastDay);
        Span<double> until = stackalloc double[MomentSums.Length], on = stackalloc double[MomentSums.Length];
        for (var arm = 0; arm < _arms && plan.Days > 0; arm++)
        {
            AddUnits(sums, arm);
            for (var i = 0; i < plan.Metrics.Count; i++)
            {
                if (!plan.Metrics[i].IsQuantile) Merge(sums, arm, i, until, on);
            }
        }
    }

    public IReadOnlyList<DayData> ToList()
    {
        // Without a day there may be no arm either.
        if (_lastDay < 0) return [];
        var first = Array.FindIndex(_units, units => units > 0) / _arms;
        return [.. Enumerable.Range(first, _lastDay - first + 1).Select(ToData)];
    }

    private void AddUnits(PartitionSums sums, int arm)
    {
        var units = 0L;
        for (var day = 0; day < plan.Days; day++) _units[day * _arms + arm] += units += sums.Entries[day * _arms + arm];
    }

    private void Merge(PartitionSums sums, int arm, int metric, Span<double> until, Span<double> on)
    {
        until.Clear();
        var units = 0L;
        for (var day = 0; day < plan.Days; day++)
        {
            units += sums.Entries[day * _arms + arm];
            var added = sums.UntilDay(day, arm, metric);
            for (var i = 0; i < MomentSums.Length; i++) until[i] += added[i];
            if (units == 0) continue;
            sums.OnDay(day, arm, metric).CopyTo(on);
            foreach (var i in _ofBefore) on[i] = until[i];
            var at = Place(day, arm, metric);
            _untilDay[at] = _untilDay[at].Merge(ReducedLog.MomentsOf(plan, metric, until, units));
            _onDay[at] = _onDay[at].Merge(ReducedLog.MomentsOf(plan, metric, on, units));
        }
    }

    private DayData ToData(int day) => new(
        plan.FirstDay + day, _units[(day * _arms)..((day + 1) * _arms)],
        [.. Enumerable.Range(0, plan.Metrics.Count).Select(metric => MomentsAt(_untilDay, day, metric))],
        [.. Enumerable.Range(0, plan.Metrics.Count).Select(metric => MomentsAt(_onDay, day, metric))]);

    private MetricMoments[] MomentsAt(MetricMoments[] moments, int day, int metric) =>
        [.. Enumerable.Range(0, _arms).Select(arm => moments[Place(day, arm, metric)])];

    private int Place(int day, int arm, int metric) => (day * _arms + arm) * plan.Metrics.Count + metric;
}
