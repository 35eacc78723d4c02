namespace Kindred.Experiments.Reduction;

/// <summary>Sums one partition after the other, for one thread.</summary>
internal sealed class PartitionReduction
{
    private readonly ReductionPlan _plan;
    private readonly Survey _survey;
    private readonly UnitReader _reader;
    private readonly UnitNumbers _numbers;
    private readonly MetricNumbers[] _metrics;

    public PartitionReduction(ReductionPlan plan, Survey survey)
    {
        (_plan, _survey) = (plan, survey);
        _reader = new UnitReader(plan);
        _numbers = new UnitNumbers(plan, _reader.Problems);
        _metrics = [.. plan.Metrics.Select((metric, i) => new MetricNumbers(plan, metric, survey, i))];
        Sums = new PartitionSums(plan);
    }

    public PartitionSums Sums { get; }

    public ProblemCounts Problems => _reader.Problems;

    public CoverageCounts Coverage => _reader.Coverage;

    public void Run(ulong[] records, int count)
    {
        Sums.Clear();
        _reader.Read(records, count, Add);
    }

    private void Add(UnitDecision unit)
    {
        var (records, arm) = (_reader.Records, unit.Arm);
        _numbers.Clear();
        for (var i = 0; i < records.Count; i++)
        {
            if (records.Uses[i] == RecordUse.Before) _numbers.AddBefore(records[i]);
        }

        for (var i = 0; i < _metrics.Length; i++) _metrics[i].Open(_numbers, _reader.Covariates[i]);
        if (_plan.HasTimes) AddByDay(arm, unit.Exposure);
        else AddAll(arm);
        AddTotals(arm);
    }

    private void AddAll(int arm)
    {
        var records = _reader.Records;
        for (var i = 0; i < records.Count; i++)
        {
            if (records.Uses[i] == RecordUse.During) AddRecord(records, i, arm);
        }
    }

    private void AddByDay(int arm, long exposure)
    {
        var records = _reader.Records;
        var day = ReductionPlan.DayOf(exposure) - _plan.FirstDay;
        Enter(arm, day);
        for (var i = 0; i < records.Count; i++)
        {
            if (records.Uses[i] != RecordUse.During) continue;
            var today = ReductionPlan.DayOf(RecordLayout.Time(records[i])) - _plan.FirstDay;
            if (today != day) CloseDay(arm, day);
            day = today;
            AddRecord(records, i, arm);
        }

        CloseDay(arm, day);
    }

    private void AddRecord(UnitRecords records, int record, int arm)
    {
        _numbers.AddDuring(records[record]);
        for (var i = 0; i < _metrics.Length; i++)
        {
            if (_plan.Metrics[i].IsQuantile) _metrics[i].AddRow(_numbers, records[record], arm);
        }
    }

    private void Enter(int arm, int day)
    {
        Sums.Entries[day * _plan.Arms.Count + arm]++;
        for (var i = 0; i < _metrics.Length; i++)
        {
            if (_metrics[i].HasBefore) _metrics[i].AddBefore(Sums.UntilDay(day, arm, i));
        }
    }

    private void CloseDay(int arm, int day)
    {
        Sums.LastDay = Math.Max(Sums.LastDay, day);
        for (var i = 0; i < _metrics.Length; i++)
        {
            if (!_plan.Metrics[i].IsQuantile && _metrics[i].IsTouched(_numbers))
            {
                _metrics[i].CloseDay(_numbers, Sums.UntilDay(day, arm, i), Sums.OnDay(day, arm, i));
            }
        }

        _numbers.CloseDay();
    }

    private void AddTotals(int arm)
    {
        Sums.Units[arm]++;
        for (var i = 0; i < _metrics.Length; i++)
        {
            _metrics[i].Close(_numbers);
            var place = i * _plan.Arms.Count + arm;
            if (_metrics[i].IsCapped) Sums.Capped[place]++;
            Sums.Largest[place] = Math.Max(Sums.Largest[place], _metrics[i].Value);
            _metrics[i].AddTo(Sums.Total(arm, i));
        }

        for (var dimension = 0; dimension < _plan.Segments.Count; dimension++) AddSegment(dimension, arm);
    }

    private void AddSegment(int dimension, int arm)
    {
        var segment = Sums.SegmentStarts[dimension] + ValueOf(dimension);
        Sums.SegmentUnits[segment * _plan.Arms.Count + arm]++;
        for (var i = 0; i < _metrics.Length; i++)
        {
            if (!_plan.Metrics[i].IsQuantile) _metrics[i].AddTo(Sums.Segment(segment, arm, i));
        }
    }

    // The first record with a value decides.
    private int ValueOf(int dimension)
    {
        var (records, plan) = (_reader.Records, _plan.Segments[dimension]);
        for (var i = 0; i < records.Count; i++)
        {
            if (records.Uses[i] == RecordUse.Outside) continue;
            if (plan.ValueOfCode[RecordLayout.Segments(records[i])] is >= 0 and var value) return value;
        }

        return plan.Values.Count;
    }
}
