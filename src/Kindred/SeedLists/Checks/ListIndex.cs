using System.Runtime.InteropServices;
using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.SeedLists.Checks;

/// <summary>Maps users to the lists that contain them, for users in two or more lists.</summary>
internal sealed class ListIndex
{
    // The lists of one user after those of another, ascending; the last one of a user is marked.
    private const uint Last = 1u << 31;

    private readonly uint[] _lists;

    // The range of each list in _lists: [list's start, next list's start).
    private readonly int[] _starts;
    private readonly int[] _places;

    private ListIndex(uint[] lists, int listCount, long work)
    {
        _lists = lists;
        Work = work;
        _starts = new int[listCount + 1];
        foreach (var list in lists) _starts[(list & ~Last) + 1]++;
        for (var i = 0; i < listCount; i++) _starts[i + 1] += _starts[i];
        _places = new int[lists.Length];
        var next = _starts[..listCount];
        for (var place = 0; place < lists.Length; place++) _places[next[lists[place] & ~Last]++] = place;
    }

    /// <summary>Number of additions to count all pairs.</summary>
    public long Work { get; }

    /// <summary>Builds the index of one in <paramref name="sample"/> users.</summary>
    public static ListIndex Of(IReadOnlyList<SeedMatch> lists, Population population, int sample, CancellationToken cancellation)
    {
        var list = Keys(lists, population, sample, cancellation);
        var keys = CollectionsMarshal.AsSpan(list);
        KeySort.ByHighHalf(keys);
        cancellation.ThrowIfCancellationRequested();

        // Users of a single list do not matter for pairs and are dropped in place.
        var count = 0;
        var work = 0L;
        for (int start = 0, end; start < keys.Length; start = end)
        {
            end = start + 1;
            while (end < keys.Length && keys[end] >> 32 == keys[start] >> 32) end++;
            if (end - start < 2) continue;
            work += (long)(end - start) * (end - start - 1) / 2;
            for (var i = start; i < end; i++) keys[count++] = (uint)keys[i] | (i == end - 1 ? Last : 0);
        }

        var entries = new uint[count];
        for (var i = 0; i < count; i++) entries[i] = (uint)keys[i];
        return new ListIndex(entries, lists.Count, work);
    }

    /// <summary>Counts the users that a list shares with later lists.</summary>
    /// <param name="list">The list.</param>
    /// <param name="shared">[lists] zeros; receives the counts.</param>
    /// <returns>The lists that share users.</returns>
    public List<int> Count(int list, int[] shared)
    {
        var touched = new List<int>();
        foreach (var place in _places.AsSpan(_starts[list].._starts[list + 1]))
        {
            for (var next = place; (_lists[next] & Last) == 0;)
            {
                var other = (int)(_lists[++next] & ~Last);
                if (shared[other]++ == 0) touched.Add(other);
            }
        }

        return touched;
    }

    // A user's number in the high half, the list's in the low one. Lists come in their order, and sorting by the high half keeps it.
    private static List<ulong> Keys(IReadOnlyList<SeedMatch> lists, Population population, int sample, CancellationToken cancellation)
    {
        var firsts = new long[population.Shards.Count];
        for (var i = 1; i < firsts.Length; i++) firsts[i] = firsts[i - 1] + population.Shards[i - 1].Count;
        var keys = new List<ulong>(sample == 1 ? lists.Sum(list => list.Users.Count) : 0);
        for (var list = 0; list < lists.Count; list++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var user in lists[list].Users)
            {
                if (sample > 1 && UserHash.Of(population.UserId(user)) % (uint)sample != 0) continue;
                keys.Add((ulong)checked((uint)(firsts[user.Shard] + user.Row)) << 32 | (uint)list);
            }
        }

        return keys;
    }
}
