using Kindred.Networks.Mlp;
using Kindred.Scoring;
using Kindred.SeedModels;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Scoring;

public sealed class ScorerBlockTests
{
    private const int Dimension = 8;

    [Fact]
    public void Scoring_together_equals_scoring_alone()
    {
        var users = TestPopulation.Random(150, Dimension, 1);
        using var population = TestPopulation.Of(users);
        IUserScorer[] scorers =
        [
            new TableScorer(users.ToDictionary(user => user.Id, user => user.Activity)),
            .. Enumerable.Range(0, 70).Select(i => (IUserScorer)(i % 3 == 0 ? Network(i) : i % 3 == 1 ? Network(i, 5, 6) : Dot(i))),
        ];
        using var tile = new UserTile(Dimension);
        tile.Load(population.Shards[0], 3, 101);
        var blocks = ScorerBlock.Of(scorers);
        Assert.Equal([64, 7], blocks.Select(block => block.Count));
        var first = 0;
        foreach (var block in blocks)
        {
            var scores = new float[block.Count * UserTile.Capacity];
            block.Score(tile, scores);
            for (var s = 0; s < block.Count; s++)
            {
                var alone = new float[tile.Count];
                scorers[first + s].Score(tile, alone);
                TestNumbers.AssertSameBits(alone, ScorerBlock.Of(scores, s)[..tile.Count]);
            }

            first += block.Count;
        }
    }

    [Fact]
    public void A_model_of_another_dimension_is_refused()
    {
        using var population = TestPopulation.Of(TestPopulation.Random(10, Dimension + 1, 1));
        using var tile = new UserTile(Dimension + 1);
        tile.Load(population.Shards[0], 0, 10);
        var block = ScorerBlock.Of([Network(1), Network(2)])[0];
        var error = Assert.Throws<KindredException>(() => block.Score(tile, new float[2 * UserTile.Capacity]));
        Assert.Contains("dimension 8", error.Message, StringComparison.Ordinal);
    }

    private static NetworkScorer Network(int seed, params int[] units) => TestNetworks.Scorer(Dimension, (ulong)seed, units);

    private static EmbeddingDotScorer Dot(int seed) => new(TestNumbers.Array(Dimension, (ulong)seed), seed % 2 == 0);
}
