using Kindred.Populations;
using Kindred.Scoring;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedModels;

/// <summary>Scores of a whole population.</summary>
internal static class TestScores
{
    /// <summary>The score of every user by name, computed in tiles of a size.</summary>
    public static Dictionary<string, float> Of(IUserScorer scorer, Population population, int tileUsers = UserTile.Capacity)
    {
        var scores = new Dictionary<string, float>();
        using var tile = new UserTile(population.Dimension);
        var found = new float[tileUsers];
        for (var s = 0; s < population.Shards.Count; s++)
        {
            var shard = population.Shards[s];
            for (var row = 0; row < shard.Count; row += tileUsers)
            {
                tile.Load(shard, row, Math.Min(tileUsers, shard.Count - row));
                Array.Fill(found, float.NaN);
                scorer.Score(tile, found);
                for (var i = 0; i < tile.Count; i++) scores[population.Name(new UserRow(s, row + i))] = found[i];
            }
        }

        return scores;
    }

    public static void AssertSameBits(Dictionary<string, float> expected, Dictionary<string, float> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected, entry => Assert.Equal(BitConverter.SingleToInt32Bits(entry.Value), BitConverter.SingleToInt32Bits(actual[entry.Key])));
    }

    /// <summary>Trains on users with weights 1, 2, 3, 1, 2, … in the order of their ids.</summary>
    public static Kindred.SeedModels.SeedModel Train(
        Kindred.SeedModels.IExpansionMethod method, Population population, IEnumerable<string> seeds, int poolLimit = int.MaxValue)
    {
        var match = Kindred.SeedLists.SeedMatch.Of(TestPopulation.List("list", seeds), population);
        return method.Train(match, Weights(match.Users.Count), TestTraining.Context(population, poolLimit));
    }

    public static float[] Weights(int count) => [.. Enumerable.Range(0, count).Select(i => 1f + i % 3)];
}
