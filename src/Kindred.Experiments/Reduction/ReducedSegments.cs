namespace Kindred.Experiments.Reduction;

/// <summary>Moments by segment.</summary>
internal sealed class ReducedSegments(ReductionPlan plan)
{
    private readonly int _arms = plan.Arms.Count;
    private readonly int _count = plan.Segments.Sum(segment => segment.Values.Count + 1);
    private long[]? _units;
    private MetricMoments[]? _moments;

    public void Merge(PartitionSums sums)
    {
        _units ??= new long[_count * _arms];
        _moments ??= new MetricMoments[_count * _arms * plan.Metrics.Count];
        for (var cell = 0; cell < _units.Length; cell++)
        {
            var units = sums.SegmentUnits[cell];
            if (units == 0) continue;
            _units[cell] += units;
            for (var i = 0; i < plan.Metrics.Count; i++)
            {
                if (plan.Metrics[i].IsQuantile) continue;
                ref var moments = ref _moments[cell * plan.Metrics.Count + i];
                moments = moments.Merge(ReducedLog.MomentsOf(plan, i, sums.Segment(cell / _arms, cell % _arms, i), units));
            }
        }
    }

    public IReadOnlyList<SegmentData> ToList()
    {
        var (list, start) = (new List<SegmentData>(), 0);
        if (_units is null) return list;
        foreach (var segment in plan.Segments)
        {
            // "None" is last here; as the empty text it comes first.
            for (var i = -1; i < segment.Values.Count; i++)
            {
                var at = (start + (i < 0 ? segment.Values.Count : i)) * _arms;
                var units = _units[at..(at + _arms)];
                if (units.Any(count => count > 0))
                {
                    list.Add(new SegmentData(segment.Dimension, i < 0 ? "" : segment.Values[i], units, MomentsAt(at)));
                }
            }

            start += segment.Values.Count + 1;
        }

        return list;
    }

    private MetricMoments[][] MomentsAt(int cell) =>
        [.. Enumerable.Range(0, plan.Metrics.Count)
            .Select(i => Enumerable.Range(0, _arms).Select(arm => _moments![(cell + arm) * plan.Metrics.Count + i]).ToArray())];
}
