using Kindred.Data.Batches;
using Kindred.Populations;

namespace Kindred.Data.Experiments;

/// <summary>A column with few distinct texts, as numbers.</summary>
internal sealed class CodeColumn(TextCodes codes) : BatchColumn
{
    /// <summary>The number of an empty cell.</summary>
    public const int None = -1;

    // Repeated values are compared with the last one of the same length with the same first and last bytes.
    private const int Slots = 64;
    private const int MostBytes = 64;

    private readonly int[] _codes = new int[TableBatch.Capacity];
    private readonly byte[] _recent = new byte[Slots * MostBytes];
    private readonly int[] _recentLengths = new int[Slots];
    private readonly int[] _recentCodes = new int[Slots];
    private readonly IdTable _known = new();
    private readonly List<int> _knownCodes = [];

    /// <summary>[rows] the numbers.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    public override void Set(int row, ReadOnlySpan<byte> utf8) => _codes[row] = utf8.IsEmpty ? None : Of(utf8);

    /// <summary>Marks the column as missing in the table.</summary>
    public void Clear() => Array.Fill(_codes, None);

    private int Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MostBytes) return Find(utf8);
        var slot = (utf8[0] + utf8[^1] * 7 + utf8.Length * 31) % Slots;
        var recent = _recent.AsSpan(slot * MostBytes, MostBytes);
        if (utf8.SequenceEqual(recent[.._recentLengths[slot]])) return _recentCodes[slot];
        utf8.CopyTo(recent);
        _recentLengths[slot] = utf8.Length;
        return _recentCodes[slot] = Find(utf8);
    }

    // The shared table is asked once per text.
    private int Find(ReadOnlySpan<byte> utf8)
    {
        if (codes.IsFixed) return codes.Of(utf8);
        var known = _known.GetOrAdd(utf8);
        if (known == _knownCodes.Count) _knownCodes.Add(codes.Of(utf8));
        return _knownCodes[known];
    }
}
