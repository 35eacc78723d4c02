using Kindred.Populations;

namespace Kindred.Audiences;

/// <summary>Keeps the k first users of a stream by (score descending, user id ascending).</summary>
/// <remarks>
/// At most 2k entries are held; a full buffer is cut back to its k first in linear expected time. The order is total, so the
/// outcome does not depend on the order of arrival.
/// </remarks>
internal sealed class TopUsers(Population population, int k)
{
    private RankedUser[] _buffer = new RankedUser[Math.Min(2L * k, 1024)];
    private int _count;

    /// <summary>No user below this score can be among the first k any more.</summary>
    public float Floor { get; private set; } = float.NegativeInfinity;

    /// <summary>Takes in consecutive rows of a shard; a score of negative infinity is no candidate.</summary>
    public void Add(int shard, int firstRow, ReadOnlySpan<float> scores)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] < Floor || scores[i] == float.NegativeInfinity) continue;
            Add(new RankedUser(new UserRow(shard, firstRow + i), scores[i]));
        }
    }

    /// <summary>Takes in what another stream kept.</summary>
    public void Add(TopUsers other)
    {
        for (var i = 0; i < other._count; i++) Add(other._buffer[i]);
    }

    /// <summary>The first k users of all that came, in order.</summary>
    public RankedUser[] ToSortedArray()
    {
        if (_count > k) Cut();
        var result = _buffer.AsSpan(0, _count).ToArray();
        Array.Sort(result, Compare);
        return result;
    }

    private void Add(RankedUser user)
    {
        if (_count == _buffer.Length)
        {
            if (_count >= 2L * k) Cut();
            else Array.Resize(ref _buffer, (int)Math.Min(2L * k, _buffer.Length * 2L));
        }

        _buffer[_count++] = user;
    }

    private void Cut()
    {
        SelectFirst(_buffer.AsSpan(0, _count));
        _count = k;
        var floor = float.PositiveInfinity;
        foreach (var entry in _buffer.AsSpan(0, k)) floor = Math.Min(floor, entry.Score);
        Floor = floor;
    }

    /// <summary>Quickselect: the k first come to the front, in any order.</summary>
    private void SelectFirst(Span<RankedUser> entries)
    {
        int low = 0, high = entries.Length - 1;
        var random = 12345u;
        while (low < high)
        {
            random = random * 1664525 + 1013904223;
            var pivot = entries[low + (int)(random % (uint)(high - low + 1))];
            int i = low, j = high;
            while (i <= j)
            {
                while (Compare(entries[i], pivot) < 0) i++;
                while (Compare(entries[j], pivot) > 0) j--;
                if (i > j) break;
                (entries[i], entries[j]) = (entries[j], entries[i]);
                i++;
                j--;
            }

            if (k - 1 <= j) high = j;
            else if (k - 1 >= i) low = i;
            else return;
        }
    }

    private int Compare(RankedUser a, RankedUser b)
    {
        if (a.Score != b.Score) return a.Score > b.Score ? -1 : 1;
        return population.UserId(a.User).SequenceCompareTo(population.UserId(b.User));
    }
}
