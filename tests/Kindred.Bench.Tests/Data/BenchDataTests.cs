using Kindred.Bench.Data;
using Kindred.Scoring;

namespace Kindred.Bench.Tests.Data;

/// <summary>Tests the benchmark data, which peers generate identically.</summary>
public sealed class BenchDataTests
{
    [Fact]
    public void Numbers_equal_those_that_another_language_generates_from_the_same_seed_and_stream() =>
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
    [InlineData(12, 16, 8)]
    public void Operation_counts_equal_those_of_the_scorers(params int[] layers)
    {
        var shape = new ModelShape(layers[0], layers[1..]);
        var scorer = BenchModels.Create(1, 1, shape)[0];
        Assert.Equal(2 * scorer.CostPerPair, shape.ScoringFlops);
    }

    [Fact]
    public void A_model_scores_as_its_formula_in_double_precision()
    {
        var model = BenchModels.Create(1, 2, new ModelShape(12, 16, 8))[1];
        using var population = BenchPopulation.Create(1, 5, 12);
        using var tile = new UserTile(12);
        tile.Load(population.Shards[0], 0, 5);
        var scores = new float[5];
        model.Score(tile, scores);

        // Streams of model 1 start at 1,000 + 16: the linear part, which networks do not have, then weights and biases of each layer.
        var weights = Enumerable.Range(0, 5).Select(part => BenchNumbers.Uniform(
            1, 1017 + (uint)part, new[] { 16 * 12, 16, 8 * 16, 8, 8 }[part], new[] { MathF.Sqrt(6f / 12), 0.1f, MathF.Sqrt(6f / 16), 0.1f, MathF.Sqrt(6f / 8) }[part])).ToArray();
        for (var user = 0; user < 5; user++)
        {
            var embedding = population.Shards[0].Embeddings.ToArray().Skip(user * 12).Take(12).Select(value => (double)value).ToArray();
            var last = Layer(weights[2], weights[3], Layer(weights[0], weights[1], embedding));
            Assert.Equal(last.Select((value, unit) => value * weights[4][unit]).Sum(), scores[user], 1e-5);
        }

        static double[] Layer(float[] weights, float[] bias, double[] inputs) =>
            [.. bias.Select((start, unit) => Math.Max(0, start + inputs.Select((value, k) => value * weights[unit * inputs.Length + k]).Sum()))];
    }

    [Fact]
    public void About_half_of_the_training_users_are_seeds()
    {
        using var data = TrainingData.Create(1, 2_000, 16);
        Assert.Equal(2_000, data.Set.Count);
        Assert.InRange(data.Set.Labels.Average(), 0.3, 0.7);
    }
}
