using Kindred.Populations;

namespace Kindred.Data.Populations;

/// <summary>The users of a shard.</summary>
/// <param name="Rows">Their rows in the population, by country and then by id.</param>
/// <param name="CountryStarts">[countries + 1] the start of each country in <paramref name="Rows"/>.</param>
internal sealed record ShardRows(int[] Rows, int[] CountryStarts)
{
    /// <summary>Splits the users into shards by the range of their hashes.</summary>
    public static IReadOnlyList<ShardRows> Cut(UserTable users, int shardCount)
    {
        var shardOf = new int[users.Ids.Count];
        Parallel.For(0, shardOf.Length, i => shardOf[i] = UserHash.ShardOf(UserHash.Of(users.Ids[i]), shardCount));

        // Counting, then placing in the order of ids, keeps that order within each country.
        var starts = new int[shardCount][];
        for (var i = 0; i < shardCount; i++) starts[i] = new int[users.Countries.Count + 1];
        for (var i = 0; i < shardOf.Length; i++) starts[shardOf[i]][users.CountryOf[i] + 1]++;
        foreach (var shard in starts)
        {
            for (var i = 1; i < shard.Length; i++) shard[i] += shard[i - 1];
        }

        var next = Array.ConvertAll(starts, shard => shard.ToArray());
        var rows = Array.ConvertAll(starts, shard => new int[shard[^1]]);
        for (var i = 0; i < shardOf.Length; i++) rows[shardOf[i]][next[shardOf[i]][users.CountryOf[i]]++] = i;
        return [.. rows.Zip(starts, (users, start) => new ShardRows(users, start))];
    }
}
