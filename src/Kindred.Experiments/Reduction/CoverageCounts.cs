namespace Kindred.Experiments.Reduction;

/// <summary>Counts assigned units, and those that have rows.</summary>
internal sealed class CoverageCounts(int arms)
{
    private readonly long[] _assigned = new long[arms];
    private readonly long[] _withRows = new long[arms];
    private long _unassigned;

    public void AddAssigned(int arm, bool hasRows)
    {
        _assigned[arm]++;
        if (hasRows) _withRows[arm]++;
    }

    public void AddUnassigned() => _unassigned++;

    public void MergeFrom(CoverageCounts other)
    {
        for (var arm = 0; arm < _assigned.Length; arm++)
        {
            _assigned[arm] += other._assigned[arm];
            _withRows[arm] += other._withRows[arm];
        }

        _unassigned += other._unassigned;
    }

    public void Clear()
    {
        Array.Clear(_assigned);
        Array.Clear(_withRows);
        _unassigned = 0;
    }

    public AssignmentCoverage ToCoverage() => new(_assigned, _withRows, _unassigned);
}
