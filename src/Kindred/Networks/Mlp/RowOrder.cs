using Kindred.Numerics;
using Kindred.Sampling;

namespace Kindred.Networks.Mlp;

/// <summary>Rows in an order that is random but keyed: ascending by the first half of a key of each row, then by row.</summary>
/// <remarks>Reuses its memory from one ordering to the next.</remarks>
internal sealed class RowOrder
{
    // Half a key and the row in one number.
    private ulong[] _keys = [];
    private int[] _rows = [];

    /// <summary>Orders the rows whose weight is not zero.</summary>
    /// <param name="key">The key of this order.</param>
    /// <param name="hashes">[rows] hashes from which the keys are derived.</param>
    /// <param name="weights">[rows] 0 leaves a row out.</param>
    /// <returns>Rows; valid until the next ordering.</returns>
    public ReadOnlySpan<int> Of(ulong key, ReadOnlySpan<ulong> hashes, ReadOnlySpan<float> weights)
    {
        if (_rows.Length < hashes.Length) (_keys, _rows) = (new ulong[hashes.Length], new int[hashes.Length]);
        var count = 0;
        for (var row = 0; row < hashes.Length; row++)
        {
            if (weights[row] != 0) _keys[count++] = key.Then(hashes[row]) >> 32 << 32 | (uint)row;
        }

        KeySort.ByHighHalf(_keys.AsSpan(0, count));
        for (var i = 0; i < count; i++) _rows[i] = (int)_keys[i];
        return _rows.AsSpan(0, count);
    }
}
