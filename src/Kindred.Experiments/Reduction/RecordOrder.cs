using System.Numerics;

namespace Kindred.Experiments.Reduction;

/// <summary>Orders the records of a partition by unit, time and position, without moving them.</summary>
/// <remarks>Two passes by the next bits of the units' hashes leave groups of a few records, which are sorted one by one.
/// Needs 4 bytes per record and about 1 per record for the groups.</remarks>
internal sealed class RecordOrder
{
    private const int RecordsAGroup = 4;
    private const int MostBits = 26;
    private const int Short = 24;

    private int[] _starts = [];
    private int[] _order = [];

    /// <summary>Returns the numbers of the records in order; valid until the next call.</summary>
    /// <param name="records">The records.</param>
    /// <param name="words">Words of a record.</param>
    /// <param name="count">The number of records.</param>
    public ReadOnlySpan<int> Sort(ulong[] records, int words, int count)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, count / RecordsAGroup)), 1, MostBits);
        var (groups, shift) = (1 << bits, 64 - bits);
        if (_starts.Length < groups + 1) _starts = new int[groups + 1];
        if (_order.Length < count) _order = GC.AllocateUninitializedArray<int>(Math.Max(count, count / 8 * 9));
        var starts = _starts.AsSpan(0, groups + 1);
        var order = _order.AsSpan(0, count);
        starts.Clear();
        for (nint i = 0, at = 0; i < count; i++, at += words) starts[(int)(records[at] >> shift) + 1]++;
        for (var group = 1; group <= groups; group++) starts[group] += starts[group - 1];
        // Afterwards a start is where the next group begins.
        for (nint i = 0, at = 0; i < count; i++, at += words) order[starts[(int)(records[at] >> shift)]++] = (int)i;
        var comparer = new Comparer(records, words);
        for (int group = 0, start = 0; group < groups; start = starts[group++])
        {
            var part = order[start..starts[group]];
            if (part.Length > Short) part.Sort(comparer);
            else InsertionSort(part, comparer);
        }

        return order;
    }

    private static void InsertionSort(Span<int> part, Comparer comparer)
    {
        for (var i = 1; i < part.Length; i++)
        {
            var moved = part[i];
            var at = i;
            for (; at > 0 && comparer.Compare(part[at - 1], moved) > 0; at--) part[at] = part[at - 1];
            part[at] = moved;
        }
    }

    private readonly struct Comparer(ulong[] records, int words) : IComparer<int>
    {
        public int Compare(int x, int y)
        {
            nint one = (nint)x * words, other = (nint)y * words;
            var byUnit = (records[one] >> 8).CompareTo(records[other] >> 8);
            if (byUnit != 0) return byUnit;
            var byTime = (records[one + 2] >> 16).CompareTo(records[other + 2] >> 16);
            return byTime != 0 ? byTime : (records[one + 1] >> 8).CompareTo(records[other + 1] >> 8);
        }
    }
}
