namespace Kindred.Experiments.Reduction;

/// <summary>Goes through the units of a partition that are analysed.</summary>
internal sealed class UnitReader(ReductionPlan plan)
{
    private readonly RecordOrder _order = new();
    private readonly int[] _covariates = [.. plan.Metrics.Select(metric => metric.Covariate)];

    public ProblemCounts Problems { get; } = new(plan.Arms.Count);

    public UnitRecords Records { get; } = new(plan.Layout);

    /// <summary>[metrics] the unit's covariate; NaN where it has none.</summary>
    public double[] Covariates { get; } = new double[plan.Metrics.Count];

    /// <summary>Calls <paramref name="unit"/> with the decision on each unit that is analysed, while its records are in <see cref="Records"/>.</summary>
    public void Read(ulong[] records, int count, Action<UnitDecision> unit)
    {
        Problems.Clear();
        var decision = new UnitDecision(plan, Problems);
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
            if (_covariates[metric] >= 0) Covariates[metric] = FindCovariate(_covariates[metric], counts: Array.IndexOf(_covariates, _covariates[metric]) == metric);
        }
    }

    // The first number; what stands in its place before it is a problem, but for empty cells of logs with many rows a unit.
    private double FindCovariate(int column, bool counts)
    {
        for (var i = 0; i < Records.Count; i++)
        {
            var kind = RecordLayout.Kind(Records[i]);
            if (kind > RecordKind.MostNamed && kind != RecordKind.Assignment) continue;
            var value = plan.Layout.Value(Records[i], column);
            if (!double.IsNaN(value)) return value;
            if (!counts || (RecordValue.IsEmpty(value) && !plan.OneRowAUnit)) continue;
            var isNumber = !RecordValue.IsEmpty(value) && !RecordValue.IsNotANumber(value);
            Problems.Add(isNumber ? LogProblemKind.NotFinite : LogProblemKind.NotANumber, RecordLayout.Position(Records[i]));
        }

        return double.NaN;
    }
}
