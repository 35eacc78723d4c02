namespace Kindred.Experiments.Reduction;

/// <summary>Reads the analysed units of a partition.</summary>
internal sealed class UnitReader(ReductionPlan plan)
{
    private readonly RecordOrder _order = new();
    private readonly int[] _covariates = [.. plan.Metrics.Select(metric => metric.Covariate)];
    private readonly bool[] _counts = Counting(plan);

    public ProblemCounts Problems { get; } = new(plan.Arms.Count);

    public CoverageCounts Coverage { get; } = new(plan.Arms.Count);

    public UnitRecords Records { get; } = new(plan.Layout);

    /// <summary>[metrics] the unit's covariate; NaN without one.</summary>
    public double[] Covariates { get; } = new double[plan.Metrics.Count];

    /// <summary>Calls <paramref name="unit"/> for each analysed unit, while its records are in <see cref="Records"/>.</summary>
    public void Read(ulong[] records, int count, Action<UnitDecision> unit)
    {
        Problems.Clear();
        Coverage.Clear();
        var decision = new UnitDecision(plan, Problems, Coverage);
        var words = plan.Layout.Words;
        var order = _order.Sort(records, words, count);
        for (int start = 0, end; start < count; start = end)
        {
            var hash = records[(nint)order[start] * words] >> 8;
            for (end = start + 1; end < count && records[(nint)order[end] * words] >> 8 == hash;) end++;
            Records.Gather(records, order[start..end]);
            if (!decision.Decide(Records)) continue;
            FindCovariates();
            unit(decision);
            Problems.CloseUnit(decision.Arm);
        }
    }

    private void FindCovariates()
    {
        for (var metric = 0; metric < _covariates.Length; metric++)
        {
            if (_covariates[metric] >= 0) Covariates[metric] = FindCovariate(_covariates[metric], _counts[metric]);
        }
    }

    // The first number. Empty cells before it are fine, because another row may have it; a unit without any number is counted once.
    private double FindCovariate(int column, bool counts)
    {
        var (first, told) = (-1, false);
        for (var i = 0; i < Records.Count; i++)
        {
            if (Records.Uses[i] == RecordUse.Outside) continue;
            if (first < 0) first = i;
            var value = plan.Layout.Value(Records[i], column);
            if (!double.IsNaN(value)) return value;
            if (!counts || RecordValue.IsEmpty(value)) continue;
            Problems.Add(RecordValue.IsNotANumber(value) ? LogProblemKind.NotANumber : LogProblemKind.NotFinite,
                RecordLayout.Position(Records[i]));
            told = true;
        }

        if (counts && !told) Problems.Add(LogProblemKind.MissingCovariate, RecordLayout.Position(Records[first]));
        return double.NaN;
    }

    // Each column once, and not if a quantity reads it too, which counts its problems.
    private static bool[] Counting(ReductionPlan plan)
    {
        var told = plan.Quantities.Select(quantity => quantity.Column).ToHashSet();
        return [.. plan.Metrics.Select(metric => metric.Covariate >= 0 && told.Add(metric.Covariate))];
    }
}
