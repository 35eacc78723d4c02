using Kindred.Populations;

namespace Kindred.Tests.Populations;

public sealed class PopulationSubsetTests
{
    [Fact]
    public void A_subset_keeps_the_given_order_and_all_data_of_its_users()
    {
        var users = TestPopulation.Random(60, 8, 2, "a", "b").Select((user, i) => user with { Items = [i % 5, 5 + i % 7] }).ToArray();
        using var population = TestPopulation.Of(users, 3);
        var chosen = users.Where((_, i) => i % 3 == 0).Reverse().ToArray();
        using var subset = PopulationSubset.Of(population, population.Rows(chosen.Select(user => user.Id)));
        var shard = Assert.Single(subset.Shards);
        Assert.Equal(chosen.Length, shard.Count);
        for (var row = 0; row < chosen.Length; row++)
        {
            Assert.Equal(chosen[row].Id, shard.UserIds.GetString(row));
            Assert.Equal(chosen[row].Embedding, shard.Embeddings.Span.Slice(row * 8, 8).ToArray());
            Assert.Equal(chosen[row].Activity, shard.Activity.Span[row]);
            Assert.Equal(chosen[row].Active ? 1 : 0, shard.Active.Span[row]);
            Assert.Equal(chosen[row].Items, shard.Features!.ColumnsOf(row).ToArray());
            Assert.Equal(new UserRow(0, row), subset.Find(System.Text.Encoding.UTF8.GetBytes(chosen[row].Id)));
        }

        Assert.Null(subset.Find("nobody"u8));
        Assert.Equal(population.Activity, subset.Activity);
    }
}
