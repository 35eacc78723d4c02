namespace Kindred.Experiments.Reduction;

/// <summary>The numbers of one unit by quantity: before, during, and on the current day.</summary>
internal sealed class UnitNumbers
{
    private readonly ReductionPlan _plan;
    private readonly ProblemCounts _problems;
    private readonly int[][] _quantitiesOfKind;
    private readonly bool[] _reported;

    public UnitNumbers(ReductionPlan plan, ProblemCounts problems)
    {
        (_plan, _problems) = (plan, problems);
        (Before, During, Day) = (new double[plan.Quantities.Count], new double[plan.Quantities.Count], new double[plan.Quantities.Count]);
        Touched = new bool[plan.Quantities.Count];
        _reported = new bool[plan.Layout.Values];
        _quantitiesOfKind = [.. Enumerable.Range(0, RecordKind.MostNamed + 1).Select(QuantitiesOf)];

        int[] QuantitiesOf(int kind) => [.. Enumerable.Range(0, plan.Quantities.Count).Where(i => plan.Quantities[i].Reads((byte)kind))];
    }

    public double[] Before { get; }

    public double[] During { get; }

    public double[] Day { get; }

    /// <summary>[quantities] true if the unit has a value on the day.</summary>
    public bool[] Touched { get; }

    public void Clear()
    {
        Array.Clear(Before);
        Array.Clear(During);
        CloseDay();
    }

    public void CloseDay()
    {
        Array.Clear(Day);
        Array.Clear(Touched);
    }

    public void AddBefore(ReadOnlySpan<ulong> record)
    {
        var whole = true;
        foreach (var quantity in Quantities(record))
        {
            if (TryRead(record, quantity, out var value)) Before[quantity] += value;
            else whole = false;
        }

        if (!whole) Report(record);
    }

    public void AddDuring(ReadOnlySpan<ulong> record)
    {
        var whole = true;
        foreach (var quantity in Quantities(record))
        {
            if (TryRead(record, quantity, out var value))
            {
                During[quantity] += value;
                Day[quantity] += value;
                Touched[quantity] = true;
            }
            else
            {
                whole = false;
            }
        }

        if (!whole) Report(record);
    }

    /// <summary>Reads a quantity of a record, without counting problems.</summary>
    public bool TryRead(ReadOnlySpan<ulong> record, int quantity, out double value)
    {
        var (_, column, allowsNegative) = _plan.Quantities[quantity];
        value = column < 0 ? 1 : _plan.Layout.Value(record, column);
        return value >= 0 || (allowsNegative && value < 0);
    }

    private int[] Quantities(ReadOnlySpan<ulong> record) => _quantitiesOfKind[RecordLayout.Kind(record)];

    /// <summary>Counts each unusable value of a record once, however many quantities read it.</summary>
    private void Report(ReadOnlySpan<ulong> record)
    {
        var kind = RecordLayout.Kind(record);
        var any = false;
        foreach (var quantity in _quantitiesOfKind[kind])
        {
            if (TryRead(record, quantity, out var value) || Problem(quantity, value) is not { } problem) continue;
            var column = _plan.Quantities[quantity].Column;
            if (!_reported[column]) _problems.Add(problem, RecordLayout.Position(record));
            _reported[column] = any = true;
        }

        if (any) Array.Clear(_reported);
    }

    private LogProblemKind? Problem(int quantity, double value)
    {
        if (!double.IsNaN(value)) return LogProblemKind.Negative;
        if (!RecordValue.IsEmpty(value)) return RecordValue.IsNotANumber(value) ? LogProblemKind.NotANumber : LogProblemKind.NotFinite;
        // A table that was joined to all units has no value for those who did nothing.
        if (_plan.OneRowAUnit) return LogProblemKind.EmptyAsZero;
        // In a log of many kinds of event most rows have no value, and need none.
        return _plan.HasKinds && _plan.Quantities[quantity].Kind == RecordKind.Other ? null : LogProblemKind.EmptyValue;
    }
}
