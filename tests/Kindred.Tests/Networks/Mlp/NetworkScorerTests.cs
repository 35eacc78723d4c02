using Kindred.Catalog;
using Kindred.Networks.Mlp;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.Networks.Mlp;

public sealed class NetworkScorerTests
{
    [Theory]
    [InlineData(8, true)]
    [InlineData(16, true, 1)]
    [InlineData(24, false, 5)]
    [InlineData(50, true, 32)]
    [InlineData(16, true, 5, 3)]
    [InlineData(50, false, 16, 32)]
    [InlineData(8, true, 3, 6, 1)]
    public void Scoring_in_a_tile_equals_chains_of_fused_multiply_adds_bit_for_bit(int dimension, bool withActivity, params int[] units)
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
                var alone = ChainedNetwork.Score(
                    scorer.Network, shard.Embeddings.Span.Slice((first + i) * dimension, dimension), withActivity ? shard.Activity.Span[first + i] : 0);
                TestNumbers.AssertSameBits([alone], [scores[i]]);
            }
        }
    }

    [Theory]
    [InlineData]
    [InlineData(6)]
    [InlineData(6, 5)]
    [InlineData(6, 5, 9)]
    public void The_score_equals_the_networks_formula(params int[] units)
    {
        var network = Random(9, units);
        var user = TestPopulation.Random(1, 8, 2)[0];
        var inputs = new float[9];
        UserLanes.HalfNormalize(user.Embedding, inputs);
        inputs[8] = user.Activity;
        double[] hidden = [.. inputs.Select(value => (double)value)];
        double expected = network.Bias;
        for (var k = 0; k < 9; k++) expected += network.Skip[k] * hidden[k];
        foreach (var layer in network.Hidden)
        {
            hidden = [.. layer.Bias.Select((bias, unit) =>
                Math.Max(0, bias + hidden.Select((value, k) => layer.Weights[unit * hidden.Length + k] * value).Sum()))];
        }

        if (units.Length > 0) expected += hidden.Select((value, unit) => network.Output[unit] * value).Sum();
        Assert.Equal(expected, ChainedNetwork.Score(network, user.Embedding, user.Activity), 1e-5);
    }

    [Theory]
    [InlineData("network")]
    [InlineData("network", 6)]
    [InlineData("deep-network", 6, 5)]
    [InlineData("deep-network", 6, 5, 3)]
    public void A_network_round_trips_through_its_parameters(string kind, params int[] units)
    {
        var scorer = new NetworkScorer(Random(9, units));
        Assert.Equal(kind, scorer.Parameters.Kind);
        var again = Assert.IsType<NetworkScorer>(Methods.All.ReadScorer(scorer.Parameters));
        TestNumbers.AssertSameBits(scorer.Network.Parameters(), again.Network.Parameters());
        Assert.Equal(units, again.Network.Hidden.Select(layer => layer.Units));
        Assert.All(again.Parameters.Tensors, tensor => Assert.Equal(tensor.Values.Length, tensor.Shape.Aggregate(1L, (product, length) => product * length)));
    }

    [Theory]
    [InlineData(1, "skip", 0, "skip")]
    [InlineData(1, "skip", 8, "hidden")]
    [InlineData(1, "bias", 0, "bias")]
    [InlineData(1, "hidden", 0, "output")]
    [InlineData(1, "hidden", 53, "hidden")]
    [InlineData(1, "hidden_bias", 5, "hidden")]
    [InlineData(1, "hidden_bias", 0, "hidden_bias")]
    [InlineData(1, "output", 0, "output")]
    [InlineData(1, "output", 7, "output")]
    [InlineData(2, "hidden_1", 0, "hidden_1")]
    [InlineData(2, "hidden_2", 0, "hidden_2")]
    [InlineData(2, "hidden_2", 31, "hidden_2")]
    [InlineData(2, "hidden_1_bias", 7, "hidden_1")]
    [InlineData(2, "output", 6, "output")]
    public void A_damaged_network_is_refused_and_the_tensor_named(int layers, string tensor, int length, string said)
    {
        var parameters = new NetworkScorer(layers == 1 ? Random(9, 6) : Random(9, 6, 5)).Parameters;
        var damaged = parameters with
        {
            Tensors = [.. parameters.Tensors.Select(kept => kept.Name == tensor ? kept with { Values = new float[length] } : kept)],
        };
        var error = Assert.Throws<KindredException>(() => Methods.All.ReadScorer(damaged));
        Assert.Equal(ErrorKind.Corrupt, error.Kind);
        Assert.Contains($"'{said}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_units_than_scoring_supports_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkScorer(Random(9, 1_025)));
        var parameters = NetworkParameters.Of(Random(2, 1_025));
        var error = Assert.Throws<KindredException>(() => Methods.All.ReadScorer(parameters));
        Assert.Contains("1 to 1,024", error.Message, StringComparison.Ordinal);
        Assert.Equal(1_024, new NetworkScorer(Random(2, 1_024)).Network.Units);
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
    [InlineData(true, 16)]
    [InlineData(false, 16)]
    [InlineData(true, 32, 16)]
    public void Folding_the_standardisation_into_the_weights_changes_no_score(bool withActivity, params int[] units)
    {
        var users = TestPopulation.Random(400, 8, 3);
        using var population = TestPopulation.Of(users, 2, withActivity);
        using var set = TestTraining.Set(population, users.Take(100).Select(user => user.Id), new MlpOptions { MaxNegatives = 100 });
        Assert.NotEqual(0, set.LogitOffset);
        var random = Random(9, units);
        var standardized = new StandardizedNetwork(TestNumbers.Array(10, 4), random.Hidden, random.Output);
        var expected = standardized.Predict(set);
        var scorer = new NetworkScorer(standardized.ToNetwork(set));
        var byHash = users.ToDictionary(user => UserHash.Of(System.Text.Encoding.UTF8.GetBytes(user.Id)));
        for (var row = 0; row < set.Count; row++)
        {
            var user = byHash[set.Hashes[row]];
            Assert.Equal(expected[row] + set.LogitOffset, ChainedNetwork.Score(scorer.Network, user.Embedding, withActivity ? user.Activity : 0), 1e-4);
        }
    }

    private static Network Random(int inputs, params int[] units)
    {
        var layers = new List<DenseLayer>();
        foreach (var of in units)
        {
            var below = layers.Count > 0 ? layers[^1].Units : inputs;
            layers.Add(new DenseLayer(TestNumbers.Array(of * below, 2 + 10 * (ulong)layers.Count), TestNumbers.Array(of, 3 + 10 * (ulong)layers.Count)));
        }

        return new Network(TestNumbers.Array(inputs, 1), 0.3f, layers, units.Length > 0 ? TestNumbers.Array(units[^1], 4) : []);
    }
}
