namespace Kindred.Experiments.Reduction;

/// <summary>The four numbers of one unit for one metric.</summary>
internal sealed class MetricNumbers
{
    private readonly ReductionPlan _plan;
    private readonly MetricPlan _metric;
    private readonly double _cap;
    private readonly double _covariateMean;

    // [arms] the largest value in the same bucket of the sketch as the arm's quantile.
    private readonly double[] _mostAtOrBelow;
    private readonly bool _unitDenominator;
    private double _n;
    private double _d;
    private double _p;
    private double _q;
    private long _atOrBelow;
    private long _rows;

    public MetricNumbers(ReductionPlan plan, MetricPlan metric, Survey survey, int index)
    {
        (_plan, _metric) = (plan, metric);
        _cap = survey.Cap(index) ?? double.PositiveInfinity;
        _covariateMean = survey.CovariateMean(index);
        _unitDenominator = metric.HasUnitDenominator;
        HasBefore = metric.HasBefore(plan);
        _mostAtOrBelow = [.. survey.Rows(index).Select(sketch => SizeBuckets.MostBeside(sketch.Quantile(metric.Metric.Quantile)))];
    }

    public bool HasBefore { get; }

    /// <summary>The unit's numerator.</summary>
    public double Value => _n;

    /// <summary>True if the unit was capped.</summary>
    public bool IsCapped { get; private set; }

    /// <summary>Starts a unit whose numbers of the pre-period are known.</summary>
    public void Open(UnitNumbers numbers, double covariate)
    {
        (_n, _d, _p, _q, _atOrBelow, _rows) = (0, 0, 0, 0, 0, 0);
        if (!HasBefore) return;
        _p = _metric.Covariate < 0 ? Numerator(numbers.Before) : double.IsNaN(covariate) ? _covariateMean : covariate;
        _q = _metric.Covariate < 0 ? Denominator(numbers.Before) : 1;
    }

    public bool IsTouched(UnitNumbers numbers) =>
        numbers.Touched[_metric.Numerator] || (_metric.Denominator >= 0 && numbers.Touched[_metric.Denominator]);

    public void AddRow(UnitNumbers numbers, ReadOnlySpan<ulong> record, int arm)
    {
        if (!_plan.Quantities[_metric.Numerator].Reads(RecordLayout.Kind(record))
            || !numbers.TryRead(record, _metric.Numerator, out var value))
        {
            return;
        }
        _rows++;
        if (value <= _mostAtOrBelow[arm]) _atOrBelow++;
    }

    public void AddBefore(Span<double> sums) => MomentSums.AddBefore(sums, _unitDenominator, _p, _q);

    /// <summary>Adds what the unit did on a day, and updates the sums up to the end of the day.</summary>
    public void CloseDay(UnitNumbers numbers, Span<double> untilDay, Span<double> onDay)
    {
        var (n, d) = (Numerator(numbers.During), Denominator(numbers.During));
        MomentSums.Change(untilDay, _unitDenominator, _n, _d, n, d, _p, _q);
        MomentSums.Add(onDay, _unitDenominator, Numerator(numbers.Day), Denominator(numbers.Day), _p, _q);
        (_n, _d) = (n, d);
    }

    /// <summary>Completes the unit's numbers.</summary>
    public void Close(UnitNumbers numbers)
    {
        (_n, _d) = _metric.IsQuantile ? (_atOrBelow, _rows) : (Numerator(numbers.During), Denominator(numbers.During));
        IsCapped = !_metric.IsQuantile && numbers.During[_metric.Numerator] > _cap;
    }

    /// <summary>Adds the unit to sums.</summary>
    public void AddTo(Span<double> sums)
    {
        MomentSums.Add(sums, _unitDenominator, _n, _d, _p, _q);
        if (HasBefore) MomentSums.AddBefore(sums, _unitDenominator, _p, _q);
    }

    private double Numerator(double[] quantities) => _metric.Metric.Kind == MetricKind.Share
        ? quantities[_metric.Numerator] > 0 ? 1 : 0
        : Math.Min(_cap, quantities[_metric.Numerator]);

    private double Denominator(double[] quantities) => _metric.Denominator < 0 ? 1 : quantities[_metric.Denominator];
}
