namespace Kindred.Experiments.Reduction;

/// <summary>The values needed of all units before they can be summed: sizes of values, and means of covariates.</summary>
internal sealed class Survey
{
    private readonly ReductionPlan _plan;
    private readonly QuantileSketch?[] _sizes;
    private readonly QuantileSketch[]?[] _rows;
    private readonly double[] _covariateSums;
    private readonly long[] _covariateUnits;

    public Survey(ReductionPlan plan)
    {
        _plan = plan;
        _sizes = [.. plan.Metrics.Select(metric => metric.Metric.CapQuantile is null ? null : new QuantileSketch())];
        _rows = [.. plan.Metrics.Select(metric => metric.IsQuantile ? Sketches() : null)];
        (_covariateSums, _covariateUnits) = (new double[plan.Metrics.Count], new long[plan.Metrics.Count]);

        QuantileSketch[] Sketches() => [.. plan.Arms.Select(_ => new QuantileSketch())];
    }

    /// <summary>Tells whether a survey is needed.</summary>
    public static bool IsNeeded(ReductionPlan plan) =>
        plan.Metrics.Any(metric => metric.IsQuantile || metric.Metric.CapQuantile is not null || metric.Covariate >= 0);

    /// <summary>[arms] the values of rows of a metric that is a quantile.</summary>
    public IReadOnlyList<QuantileSketch> Rows(int metric) => _rows[metric] ?? [];

    /// <summary>The cap of a metric; null without one.</summary>
    public double? Cap(int metric) => _sizes[metric] is { } sketch
        ? sketch.Count > 0 ? sketch.Quantile(_plan.Metrics[metric].Metric.CapQuantile!.Value) : null
        : _plan.Metrics[metric].Metric.Cap;

    /// <summary>The mean of a metric's covariate over the units with a value; it replaces missing values.</summary>
    public double CovariateMean(int metric) => _covariateUnits[metric] > 0 ? _covariateSums[metric] / _covariateUnits[metric] : 0;

    public void AddValue(int metric, double value)
    {
        if (value > 0) _sizes[metric]?.Add(value);
    }

    public void AddRow(int metric, int arm, double value) => _rows[metric]![arm].Add(value);

    public void AddCovariate(int metric, double value)
    {
        _covariateSums[metric] += value;
        _covariateUnits[metric]++;
    }

    public void MergeFrom(Survey other)
    {
        for (var metric = 0; metric < _sizes.Length; metric++)
        {
            _sizes[metric]?.MergeFrom(other._sizes[metric]!);
            for (var arm = 0; arm < (_rows[metric]?.Length ?? 0); arm++) _rows[metric]![arm].MergeFrom(other._rows[metric]![arm]);
            _covariateSums[metric] += other._covariateSums[metric];
            _covariateUnits[metric] += other._covariateUnits[metric];
        }
    }
}
