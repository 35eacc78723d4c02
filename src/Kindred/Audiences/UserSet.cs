using Kindred.Populations;

namespace Kindred.Audiences;

/// <summary>Some users of a population, as sorted rows of each shard: made to be taken out of tiles.</summary>
public sealed class UserSet
{
    private readonly int[][] _rows;

    private UserSet(int[][] rows) => _rows = rows;

    /// <summary>How many users there are.</summary>
    public int Count => _rows.Sum(rows => rows.Length);

    /// <summary>A set of the given users; repeated ones count once.</summary>
    public static UserSet Of(Population population, IEnumerable<UserRow> users)
    {
        var byShard = Enumerable.Range(0, population.Shards.Count).Select(_ => new List<int>()).ToArray();
        foreach (var user in users) byShard[user.Shard].Add(user.Row);
        return new UserSet([.. byShard.Select(rows => rows.Distinct().Order().ToArray())]);
    }

    /// <summary>Whether a user is in the set.</summary>
    public bool Contains(UserRow user) => Array.BinarySearch(_rows[user.Shard], user.Row) >= 0;

    /// <summary>How many of the set are active users of a country (or of the whole population).</summary>
    public long CountCandidates(Population population, int? country)
    {
        var count = 0L;
        for (var s = 0; s < _rows.Length; s++)
        {
            var shard = population.Shards[s];
            var active = shard.Active.Span;
            foreach (var row in _rows[s])
            {
                if (active[row] != 0 && (country is null || shard.CountryOf(row) == country)) count++;
            }
        }

        return count;
    }

    /// <summary>Makes the set's users no candidates: their scores become negative infinity.</summary>
    internal void TakeOut(int shard, int firstRow, Span<float> scores)
    {
        var rows = _rows[shard];
        var at = Array.BinarySearch(rows, firstRow);
        for (at = at < 0 ? ~at : at; at < rows.Length && rows[at] < firstRow + scores.Length; at++)
        {
            scores[rows[at] - firstRow] = float.NegativeInfinity;
        }
    }
}
