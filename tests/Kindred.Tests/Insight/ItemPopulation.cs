using Kindred.Populations;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Insight;

/// <summary>Builds populations in memory with items.</summary>
internal static class ItemPopulation
{
    /// <summary>The users, split into shards, with the items that a function returns for them.</summary>
    public static Population Of(IReadOnlyList<TestUser> users, string[] items, Func<string, IEnumerable<int>> itemsOf, int shards = 1)
    {
        var plain = TestPopulation.Of(users, shards);
        return new Population(
            [.. plain.Shards.Select(shard => With(shard, itemsOf))], plain.Countries, plain.Activity, IdList.From(items), "test");
    }

    private static PopulationShard With(PopulationShard shard, Func<string, IEnumerable<int>> itemsOf)
    {
        var rows = Enumerable.Range(0, shard.Count).Select(row => itemsOf(shard.UserIds.GetString(row)).Distinct().Order().ToArray()).ToArray();
        var starts = new long[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++) starts[i + 1] = starts[i] + rows[i].Length;
        var columns = rows.SelectMany(row => row).ToArray();
        return new PopulationShard
        {
            UserIds = shard.UserIds,
            Dimension = shard.Dimension,
            Embeddings = shard.Embeddings,
            Activity = shard.Activity,
            Active = shard.Active,
            CountryStarts = shard.CountryStarts,
            RowsById = shard.RowsById,
            Features = new SparseRows(starts, columns, Array.ConvertAll(columns, _ => 1f)),
        };
    }
}
