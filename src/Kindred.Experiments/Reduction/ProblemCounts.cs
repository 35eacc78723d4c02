namespace Kindred.Experiments.Reduction;

/// <summary>Counts problems by kind: rows, units, and the first positions.</summary>
internal sealed class ProblemCounts(int arms)
{
    private const int MostPlaces = 3;

    private static readonly int _kinds = Enum.GetValues<LogProblemKind>().Length;

    private readonly long[] _rows = new long[_kinds];
    private readonly long[] _units = new long[_kinds];
    private readonly long[] _byArm = new long[_kinds * arms];
    private readonly ulong[] _places = Filled(_kinds * MostPlaces);
    private uint _ofUnit;

    /// <summary>Counts a row, or a value of one, of the current unit.</summary>
    public void Add(LogProblemKind kind, ulong position)
    {
        _rows[(int)kind]++;
        _ofUnit |= 1U << (int)kind;
        Note((int)kind, position);
    }

    /// <summary>Counts several rows, with the position of the first.</summary>
    public void Add(LogProblemKind kind, long rows, ulong firstPosition)
    {
        Add(kind, firstPosition);
        _rows[(int)kind] += rows - 1;
    }

    /// <summary>Counts the current unit, for each of its kinds.</summary>
    /// <param name="arm">The arm; −1 without one.</param>
    public void CloseUnit(int arm)
    {
        for (; _ofUnit != 0; _ofUnit &= _ofUnit - 1)
        {
            var kind = System.Numerics.BitOperations.TrailingZeroCount(_ofUnit);
            _units[kind]++;
            if (arm >= 0) _byArm[kind * arms + arm]++;
        }
    }

    /// <summary>Counts a unit of a kind in one more arm.</summary>
    public void AddArm(LogProblemKind kind, int arm) => _byArm[(int)kind * arms + arm]++;

    public void MergeFrom(ProblemCounts other)
    {
        for (var kind = 0; kind < _kinds; kind++)
        {
            _rows[kind] += other._rows[kind];
            _units[kind] += other._units[kind];
            for (var i = 0; i < MostPlaces; i++) Note(kind, other._places[kind * MostPlaces + i]);
        }

        for (var i = 0; i < _byArm.Length; i++) _byArm[i] += other._byArm[i];
    }

    public void Clear()
    {
        Array.Clear(_rows);
        Array.Clear(_units);
        Array.Clear(_byArm);
        Array.Fill(_places, ulong.MaxValue);
        _ofUnit = 0;
    }

    public IReadOnlyList<LogPositions> ToList() =>
    [
        .. Enumerable.Range(0, _kinds).Where(kind => _rows[kind] > 0).Select(kind => new LogPositions(
            (LogProblemKind)kind, _rows[kind], _units[kind], ByArm(kind),
            [.. _places.AsSpan(kind * MostPlaces, MostPlaces).ToArray().Where(place => place != ulong.MaxValue)])),
    ];

    private long[] ByArm(int kind)
    {
        var units = _byArm.AsSpan(kind * arms, arms);
        return units.ContainsAnyExcept(0) ? units.ToArray() : [];
    }

    private void Note(int kind, ulong position)
    {
        var places = _places.AsSpan(kind * MostPlaces, MostPlaces);
        if (position >= places[^1] || places.Contains(position)) return;
        var at = places.Length - 1;
        for (; at > 0 && places[at - 1] > position; at--) places[at] = places[at - 1];
        places[at] = position;
    }

    private static ulong[] Filled(int count)
    {
        var places = new ulong[count];
        Array.Fill(places, ulong.MaxValue);
        return places;
    }
}
