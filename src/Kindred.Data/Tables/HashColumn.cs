using Kindred.Populations;

namespace Kindred.Data.Tables;

/// <summary>A column of ids that keeps only their hashes.</summary>
internal sealed class HashColumn : BatchColumn
{
    private readonly ulong[] _hashes = new ulong[TableBatch.Capacity];

    /// <summary>[rows] the hash of each id; 0 for a missing one.</summary>
    public ReadOnlySpan<ulong> Hashes => _hashes;

    // One id in 2⁶⁴ has the hash 0.
    public override void Set(int row, ReadOnlySpan<byte> utf8) => _hashes[row] = utf8.IsEmpty ? 0 : Math.Max(1, UserHash.Of(utf8));
}
