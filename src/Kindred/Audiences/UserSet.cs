using Kindred.Populations;

namespace Kindred.Audiences;

/// <summary>Some users of a population, as sorted rows per shard, so that a scan can leave them out tile by tile.</summary>
public sealed class UserSet
{
    private readonly int[][] _rows;

    private UserSet(int[][] rows) => _rows = rows;

    /// <summary>The number of users.</summary>
    public int Count => _rows.Sum(rows => rows.Length);

    /// <summary>Creates a set of the given users; repeated users count once.</summary>
    public static UserSet Of(Population population, IEnumerable<UserRow> users)
    {
        var byShard = Enumerable.Range(0, population.Shards.Count).Select(_ => new List<int>()).ToArray();
        foreach (var user in users) byShard[user.Shard].Add(user.Row);
        return new UserSet([.. byShard.Select(rows => rows.Distinct().Order().ToArray())]);
    }

    /// <summary>Tells whether a user is in the set.</summary>
    public bool Contains(UserRow user) => Array.BinarySearch(_rows[user.Shard], user.Row) >= 0;

    /// <summary>The number of active users of a country (or of the whole population) in the set.</summary>
    /// <param name="population">The population of the set.</param>
    /// <param name="country">Index in <see cref="Population.Countries"/>, or null for all users.</param>
    /// <param name="without">Sets whose users do not count.</param>
    public long CountCandidates(Population population, int? country, params IEnumerable<UserSet> without)
    {
        UserSet[] others = [.. without.Where(set => set.Count > 0)];
        var count = 0L;
        for (var s = 0; s < _rows.Length; s++)
        {
            var shard = population.Shards[s];
            var active = shard.Active.Span;
            foreach (var row in _rows[s])
            {
                if (active[row] == 0 || (country is not null && shard.CountryOf(row) != country)) continue;
                if (!Array.Exists(others, set => set.Contains(new UserRow(s, row)))) count++;
            }
        }

        return count;
    }

    /// <summary>The number of users of the set among some rows.</summary>
    /// <param name="rows">[shards] ascending.</param>
    /// <param name="without">Sets whose users do not count.</param>
    internal int CountIn(IReadOnlyList<int[]> rows, IEnumerable<UserSet> without)
    {
        UserSet[] others = [.. without.Where(set => set.Count > 0)];
        var count = 0;
        for (var s = 0; s < _rows.Length; s++)
        {
            foreach (var row in _rows[s])
            {
                if (Array.BinarySearch(rows[s], row) >= 0 && !Array.Exists(others, set => set.Contains(new UserRow(s, row)))) count++;
            }
        }

        return count;
    }

    /// <summary>Leaves out the users of the set.</summary>
    /// <param name="shard">Index of the shard.</param>
    /// <param name="rows">[users] rows, ascending.</param>
    /// <param name="indexes">Indexes into <paramref name="rows"/>, ascending; the remaining ones are moved to the front.</param>
    /// <returns>The number of users left.</returns>
    internal int TakeOut(int shard, ReadOnlySpan<int> rows, Span<int> indexes)
    {
        var members = _rows[shard];
        if (members.Length == 0 || indexes.IsEmpty) return indexes.Length;
        var at = Array.BinarySearch(members, rows[indexes[0]]);
        if (at < 0) at = ~at;
        var left = 0;
        foreach (var i in indexes)
        {
            while (at < members.Length && members[at] < rows[i]) at++;
            if (at == members.Length || members[at] != rows[i]) indexes[left++] = i;
        }

        return left;
    }
}
