using Kindred.Data.Values;
using Kindred.Populations;

namespace Kindred.Data.Batches;

/// <summary>A column of ids that keeps only their hashes.</summary>
/// <param name="rules">How ids are written; null for the usual way.</param>
internal sealed class HashColumn(TableRules? rules = null) : BatchColumn
{
    private readonly TableRules _rules = rules ?? TableRules.Usual;
    private byte[] _id = new byte[256];

    private readonly ulong[] _hashes = new ulong[TableBatch.Capacity];

    /// <summary>[rows] the hash of each id; 0 for a missing one.</summary>
    public ReadOnlySpan<ulong> Hashes => _hashes;

    // One id in 2⁶⁴ has the hash 0.
    public override void Set(int row, ReadOnlySpan<byte> utf8)
    {
        var id = _rules.Ids.Apply(utf8, ref _id);
        _hashes[row] = id.IsEmpty || _rules.IsMissing(id) ? 0 : Math.Max(1, UserHash.Of(id));
    }
}
