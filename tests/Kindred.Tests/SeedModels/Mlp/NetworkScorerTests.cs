using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedModels.Mlp;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedModels.Mlp;

public sealed class NetworkScorerTests
{
    [Theory]
    [InlineData(8, 0, true)]
    [InlineData(16, 1, true)]
    [InlineData(24, 5, false)]
    [InlineData(50, 32, true)]
    public void A_user_in_a_tile_has_the_bits_of_a_user_alone(int dimension, int units, bool withActivity)
    {
        var users = TestPopulation.Random(300, dimension, 1);
        using var population = TestPopulation.Of(users, withActivity: withActivity);
        var scorer = new NetworkScorer(Random(dimension + 1, units));
        var shard = population.Shards[0];
        using var tile = new UserTile(dimension);
        foreach (var (first, count) in new[] { (0, 300), (7, 1), (100, 24), (30, 47) })
        {
            tile.Load(shard, first, count);
            var scores = new float[count];
            scorer.Score(tile, scores);
            for (var i = 0; i < count; i++)
            {
                var alone = scorer.Score(
                    shard.Embeddings.Span.Slice((first + i) * dimension, dimension), withActivity ? shard.Activity.Span[first + i] : 0);
                TestNumbers.AssertSameBits([alone], [scores[i]]);
            }
        }
    }

    [Fact]
    public void The_score_is_the_formula_of_the_network()
    {
        var network = Random(9, 6);
        var user = TestPopulation.Random(1, 8, 2)[0];
        var inputs = new float[9];
        UserTile.HalfNormalize(user.Embedding, inputs);
        inputs[8] = user.Activity;
        double expected = network.Bias;
        for (var k = 0; k < 9; k++) expected += (double)network.Skip[k] * inputs[k];
        for (var unit = 0; unit < 6; unit++)
        {
            double sum = network.HiddenBias[unit];
            for (var k = 0; k < 9; k++) sum += (double)network.Hidden[unit * 9 + k] * inputs[k];
            expected += network.Output[unit] * Math.Max(0, sum);
        }

        Assert.Equal(expected, new NetworkScorer(network).Score(user.Embedding, user.Activity), 1e-5);
    }

    [Fact]
    public void A_population_of_another_dimension_is_refused_with_both_numbers()
    {
        using var population = TestPopulation.Of(TestPopulation.Random(30, 16, 1));
        using var tile = new UserTile(16);
        tile.Load(population.Shards[0], 0, 30);
        var error = Assert.Throws<KindredException>(() => new NetworkScorer(Random(9, 2)).Score(tile, new float[30]));
        Assert.Contains("dimension 8", error.Message, StringComparison.Ordinal);
        Assert.Contains("has 16", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Folding_the_standardisation_into_the_weights_leaves_every_score_as_it_was(bool withActivity)
    {
        var users = TestPopulation.Random(400, 8, 3);
        using var population = TestPopulation.Of(users, 2, withActivity);
        using var set = TestTraining.Set(population, users.Take(100).Select(user => user.Id), new MlpOptions { MaxNegatives = 100 });
        Assert.NotEqual(0, set.LogitOffset);
        var standardized = new StandardizedNetwork(TestNumbers.Array(10, 4), TestNumbers.Array(60, 5), TestNumbers.Array(6, 6));
        var expected = standardized.Predict(set);
        var scorer = new NetworkScorer(standardized.ToNetwork(set));
        var byHash = users.ToDictionary(user => UserHash.Of(System.Text.Encoding.UTF8.GetBytes(user.Id)));
        for (var row = 0; row < set.Count; row++)
        {
            var user = byHash[set.Hashes[row]];
            Assert.Equal(expected[row] + set.LogitOffset, scorer.Score(user.Embedding, withActivity ? user.Activity : 0), 2e-5);
        }
    }

    private static Network Random(int inputs, int units) => new(
        TestNumbers.Array(inputs, 1), 0.3f, TestNumbers.Array(units * inputs, 2), TestNumbers.Array(units, 3), TestNumbers.Array(units, 4));
}
