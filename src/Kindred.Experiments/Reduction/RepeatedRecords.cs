namespace Kindred.Experiments.Reduction;

/// <summary>Finds repeated events of a unit: those with the same id are left out, equal ones without ids are only counted.</summary>
internal sealed class RepeatedRecords(ReductionPlan plan)
{
    // Up to this many are compared pairwise.
    private const int Few = 24;

    private readonly HashSet<ulong> _ids = [];
    private readonly HashSet<UInt128> _alike = [];

    // All kinds without a metric share one number: two of them are equal only if a value is.
    private readonly bool _anyKindCounts = plan.Quantities.Any(quantity => quantity.Kind == RecordKind.Other && quantity.Column >= 0);

    /// <summary>Removes repeated events.</summary>
    public void Remove(UnitRecords records, ProblemCounts problems)
    {
        if (records.Count == 1) return;
        if (plan.Layout.HasIds) RemoveById(records, problems);
        if (plan.HasTimes) CountAlike(records, problems);
    }

    private static bool IsEvent(UnitRecords records, int record) => records.Uses[record] is RecordUse.Open or RecordUse.Before;

    private void RemoveById(UnitRecords records, ProblemCounts problems)
    {
        _ids.Clear();
        for (var i = 0; i < records.Count; i++)
        {
            var id = IsEvent(records, i) ? plan.Layout.Id(records[i]) : 0;
            if (id == 0 || (records.Count <= Few ? !WasBefore(records, i, id) : _ids.Add(id))) continue;
            records.Uses[i] = RecordUse.Aside;
            problems.Add(LogProblemKind.DuplicateEvent, RecordLayout.Position(records[i]));
        }
    }

    private bool WasBefore(UnitRecords records, int record, ulong id)
    {
        for (var i = 0; i < record; i++)
        {
            if (IsEvent(records, i) && plan.Layout.Id(records[i]) == id) return true;
        }

        return false;
    }

    private void CountAlike(UnitRecords records, ProblemCounts problems)
    {
        for (int start = 0, end; start < records.Count; start = end)
        {
            var time = records[start][2] >> 16;
            for (end = start + 1; end < records.Count && records[end][2] >> 16 == time;) end++;
            if (end - start > 1) CountAlike(records, start, end, problems);
        }
    }

    private void CountAlike(UnitRecords records, int start, int end, ProblemCounts problems)
    {
        _alike.Clear();
        for (var i = start; i < end; i++)
        {
            if (!IsEvent(records, i) || plan.Layout.Id(records[i]) != 0 || !Counts(records[i])) continue;
            var repeated = end - start <= Few ? HasTwin(records, start, i) : !_alike.Add(Digest(records[i]));
            if (repeated) problems.Add(LogProblemKind.PossibleDuplicate, RecordLayout.Position(records[i]));
        }
    }

    // Whether a metric would sum anything of a row.
    private bool Counts(ReadOnlySpan<ulong> record)
    {
        if (!plan.HasKinds || RecordLayout.Kind(record) != RecordKind.Other) return true;
        if (!_anyKindCounts) return false;
        for (var column = 0; column < plan.Layout.Values; column++)
        {
            if (!double.IsNaN(plan.Layout.Value(record, column))) return true;
        }

        return false;
    }

    private bool HasTwin(UnitRecords records, int start, int record)
    {
        var kind = RecordLayout.Kind(records[record]);
        var values = records[record][plan.Layout.FirstValue..];
        for (var i = start; i < record; i++)
        {
            if (IsEvent(records, i) && plan.Layout.Id(records[i]) == 0 && RecordLayout.Kind(records[i]) == kind
                && records[i][plan.Layout.FirstValue..].SequenceEqual(values)) return true;
        }

        return false;
    }

    private UInt128 Digest(ReadOnlySpan<ulong> record)
    {
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(record[plan.Layout.FirstValue..]);
        return System.IO.Hashing.XxHash128.HashToUInt128(bytes, RecordLayout.Kind(record));
    }
}
