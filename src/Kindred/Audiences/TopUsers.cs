using System.Buffers;
using Kindred.Numerics;

namespace Kindred.Audiences;

/// <summary>Keeps the k first users of a stream by (score descending, user id ascending).</summary>
/// <remarks>
/// At most 2k entries are held; a full buffer is cut to its first k entries in linear expected time. The order is total, so the
/// outcome does not depend on the order of arrival.
/// </remarks>
/// <param name="places">The places of the population.</param>
/// <param name="k">The number of users to keep.</param>
/// <param name="floor">A lower bound: users with lower scores need not be kept. The lower end of a bracket.</param>
/// <param name="expected">The expected number of kept users; more users cost time.</param>
internal sealed class TopUsers(UserPlaces places, int k, float floor = float.NegativeInfinity, int expected = 1024) : IDisposable
{
    // Rented, so that batch after batch of audiences uses the same memory.
    private ulong[] _keys = ArrayPool<ulong>.Shared.Rent((int)Math.Min(2L * k, expected));
    private int _count;

    /// <summary>The current floor: users with lower scores are not kept.</summary>
    public float Floor { get; private set; } = floor;

    /// <summary>Users kept, at most 2k.</summary>
    public int Count => _count;

    /// <summary>Adds keys of <see cref="UserPlaces"/>.</summary>
    public void Add(ReadOnlySpan<ulong> keys)
    {
        foreach (var key in keys) Add(key);
    }

    /// <summary>Adds the users that another stream kept.</summary>
    public void Add(TopUsers other)
    {
        Add(other._keys.AsSpan(0, other._count));
    }

    /// <summary>The first k of all added users, in order.</summary>
    public RankedUser[] ToSortedArray()
    {
        var keys = _keys.AsSpan(0, _count);
        KeySort.ByHighHalf(keys);
        for (var first = 0; first < Math.Min(k, keys.Length);)
        {
            // Users of equal scores.
            var end = first + 1;
            while (end < keys.Length && keys[end] >> 32 == keys[first] >> 32) end++;
            if (end - first > 1) keys[first..end].Sort(places.Compare);
            first = end;
        }

        var result = new RankedUser[Math.Min(k, keys.Length)];
        for (var i = 0; i < result.Length; i++) result[i] = new RankedUser(places.User(keys[i]), UserPlaces.Score(keys[i]));
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<ulong>.Shared.Return(_keys);
        _keys = [];
        _count = 0;
    }

    private void Add(ulong key)
    {
        if (_count >= 2L * k) Cut();
        if (_count == _keys.Length) Grow();
        _keys[_count++] = key;
    }

    private void Grow()
    {
        var larger = ArrayPool<ulong>.Shared.Rent((int)Math.Min(Math.Min(2L * k, _keys.Length * 2L), Array.MaxLength));
        _keys.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<ulong>.Shared.Return(_keys);
        _keys = larger;
    }

    private void Cut()
    {
        SelectFirst(_keys.AsSpan(0, _count));
        _count = k;
        var last = 0UL;
        foreach (var key in _keys.AsSpan(0, k)) last = Math.Max(last, key);
        Floor = UserPlaces.Score(last);
    }

    /// <summary>Moves the first k entries to the front, in any order (quickselect).</summary>
    private void SelectFirst(Span<ulong> keys)
    {
        int low = 0, high = keys.Length - 1;
        var random = 12345u;
        while (low < high)
        {
            random = random * 1664525 + 1013904223;
            var pivot = keys[low + (int)(random % (uint)(high - low + 1))];
            int i = low, j = high;
            while (i <= j)
            {
                while (Precedes(keys[i], pivot)) i++;
                while (Precedes(pivot, keys[j])) j--;
                if (i > j) break;
                (keys[i], keys[j]) = (keys[j], keys[i]);
                i++;
                j--;
            }

            if (k - 1 <= j) high = j;
            else if (k - 1 >= i) low = i;
            else return;
        }
    }

    private bool Precedes(ulong a, ulong b) => a >> 32 == b >> 32 ? places.Compare(a, b) < 0 : a < b;
}
