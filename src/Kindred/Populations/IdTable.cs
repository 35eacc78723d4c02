using System.Numerics;

namespace Kindred.Populations;

/// <summary>Gives each distinct id a dense number, in order of first appearance.</summary>
/// <remarks>Open addressing over one arena of bytes: 24 to 40 bytes per id besides the id itself. Not safe for concurrent
/// writers.</remarks>
public sealed class IdTable
{
    private byte[] _utf8 = new byte[1 << 12];
    private long[] _offsets = new long[1 << 8];

    // Half of a slot is the id's number plus one, the other half a part of its hash: one cache miss finds both.
    private ulong[] _slots = new ulong[1 << 9];

    /// <summary>The number of distinct ids.</summary>
    public int Count { get; private set; }

    /// <summary>The UTF-8 bytes of id number <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> this[int index] =>
        _utf8.AsSpan((int)_offsets[index], (int)(_offsets[index + 1] - _offsets[index]));

    /// <summary>The number of an id; a new id gets the next number.</summary>
    public int GetOrAdd(ReadOnlySpan<byte> id)
    {
        var slot = Locate(id, out var tag);
        if (_slots[slot] != 0) return (int)_slots[slot] - 1;

        if (Count == int.MaxValue - 1 || _offsets[Count] + id.Length > Array.MaxLength)
        {
            throw new KindredException(ErrorKind.BadInput, "too_many_ids",
                $"There are more distinct ids than one table holds: it is full at {Count:N0} ids of {_offsets[Count]:N0} bytes.",
                "Split the input, or use shorter ids.")
            {
                Values = new Dictionary<string, object?> { ["ids"] = Count, ["bytes"] = _offsets[Count] },
            };
        }

        Append(id);
        _slots[slot] = tag | (uint)Count;
        if (Count * 2 > _slots.Length) Grow();
        return Count - 1;
    }

    /// <summary>The number of an id, or −1 if it was never added.</summary>
    public int Find(ReadOnlySpan<byte> id) => (int)_slots[Locate(id, out _)] - 1;

    /// <summary>All ids in ordinal UTF-8 order.</summary>
    /// <param name="rank">[Count] the place of each id number in the sorted list.</param>
    public IdList Sorted(out int[] rank)
    {
        var order = new int[Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        order.AsSpan().Sort((a, b) => this[a].SequenceCompareTo(this[b]));

        rank = new int[Count];
        for (var i = 0; i < order.Length; i++) rank[order[i]] = i;
        return ToList().Select(order);
    }

    /// <summary>All ids in order of first appearance.</summary>
    public IdList ToList() =>
        new(_utf8.AsMemory(0, (int)_offsets[Count]), _offsets.AsMemory(0, Count + 1));

    private int Locate(ReadOnlySpan<byte> id, out ulong tag)
    {
        var hash = UserHash.Of(id);
        tag = hash << 32;
        var mask = _slots.Length - 1;
        var slot = (int)(hash >> 32) & mask;
        while (_slots[slot] is var found and not 0 && !((found ^ tag) >> 32 == 0 && this[(int)found - 1].SequenceEqual(id)))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Append(ReadOnlySpan<byte> id)
    {
        var start = _offsets[Count];
        var end = start + id.Length;
        if (end > _utf8.Length) Array.Resize(ref _utf8, (int)Math.Min(Array.MaxLength, Math.Max(end, _utf8.Length * 2L)));
        if (Count + 2 > _offsets.Length) Array.Resize(ref _offsets, _offsets.Length * 2);
        id.CopyTo(_utf8.AsSpan((int)start));
        _offsets[++Count] = end;
    }

    private void Grow()
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)_slots.Length + 1);
        _slots = new ulong[size];
        for (var i = 0; i < Count; i++)
        {
            var slot = Locate(this[i], out var tag);
            _slots[slot] = tag | (uint)(i + 1);
        }
    }
}
