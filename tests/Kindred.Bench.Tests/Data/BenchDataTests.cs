using Kindred.Bench.Data;
using Kindred.Scoring;

namespace Kindred.Bench.Tests.Data;

/// <summary>The data that is measured on: peers make the same.</summary>
public sealed class BenchDataTests
{
    [Fact]
    public void Numbers_are_those_that_another_language_makes_of_the_same_seed_and_stream() =>
        Assert.Equal([0.9780945777893066f, -0.005327820777893066f, 0.5527968406677246f, -0.7883292436599731f], BenchNumbers.Uniform(7, 3, 4));

    [Fact]
    public void Users_have_unit_length_and_are_found_by_their_ids()
    {
        using var population = BenchPopulation.Create(1, 50, 8);
        var shard = population.Shards[0];
        for (var user = 0; user < 50; user++)
        {
            var square = 0f;
            foreach (var value in shard.Embeddings.Span.Slice(user * 8, 8)) square += value * value;
            Assert.Equal(1, square, 1e-6);
            Assert.Equal(user, population.Find(shard.UserIds[user])!.Value.Row);
        }
    }

    [Theory]
    [InlineData(12)]
    [InlineData(12, 16)]
    public void Operations_are_counted_as_the_scorers_count_theirs(params int[] layers)
    {
        var shape = new NetworkShape(layers[0], layers[1..]);
        var scorer = BenchModels.Create(1, 1, shape)[0];
        Assert.Equal(2 * scorer.CostPerPair, shape.ScoringFlops);
    }

    [Fact]
    public void A_model_scores_as_its_formula_in_double_precision()
    {
        var shape = new NetworkShape(12, 16);
        var model = BenchModels.Create(1, 2, shape)[1];
        using var population = BenchPopulation.Create(1, 5, 12);
        using var tile = new UserTile(12);
        tile.Load(population.Shards[0], 0, 5);
        var scores = new float[5];
        model.Score(tile, scores);

        // Streams of model 1: 1,000 + 16, and then weights, biases, output weights of the hidden layer.
        var input = MathF.Sqrt(6f / 12);
        float[] weights = BenchNumbers.Uniform(1, 1017, 16 * 12, input), bias = BenchNumbers.Uniform(1, 1018, 16, 0.1f), output = BenchNumbers.Uniform(1, 1019, 16, MathF.Sqrt(6f / 16));
        for (var user = 0; user < 5; user++)
        {
            var expected = 0.0;
            for (var unit = 0; unit < 16; unit++)
            {
                double sum = bias[unit];
                for (var k = 0; k < 12; k++) sum += (double)weights[unit * 12 + k] * population.Shards[0].Embeddings.Span[user * 12 + k];
                expected += output[unit] * Math.Max(0, sum);
            }

            Assert.Equal(expected, scores[user], 1e-5);
        }
    }

    [Fact]
    public void About_half_of_the_users_that_are_trained_on_are_seeds()
    {
        using var data = TrainingData.Create(1, 2_000, 16);
        Assert.Equal(2_000, data.Set.Count);
        Assert.InRange(data.Set.Labels.Average(), 0.3, 0.7);
    }
}
