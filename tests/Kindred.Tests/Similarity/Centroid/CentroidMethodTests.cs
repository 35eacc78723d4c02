using Kindred.Catalog;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.Similarity.Centroid;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.Similarity.Centroid;

public sealed class CentroidMethodTests
{
    private static readonly TestUser[] _users = [.. TestPopulation.Random(400, 10, 3), new TestUser("nobody", new float[10])];
    private static readonly string[] _seeds = [.. _users.Where((user, i) => user.Embedding[0] > 0.1 && i % 3 == 0).Select(user => user.Id), "nobody"];
    private static readonly CentroidMethod _method = new(new CentroidOptions());

    [Theory]
    [InlineData(true, int.MaxValue)]
    [InlineData(true, 100)]
    [InlineData(false, int.MaxValue)]
    public void The_score_is_the_cosine_with_the_mean_of_the_seeds_unit_vectors_centred_or_not(bool subtract, int poolLimit)
    {
        using var population = TestPopulation.Of(_users, 3);
        var method = new CentroidMethod(new CentroidOptions { SubtractCandidates = subtract });
        var found = TestScores.Of(TestScores.Train(method, population, _seeds, poolLimit).Scorer, population);
        var mean = Mean(_seeds.Order(TestPopulation.Utf8Order).Zip(TestScores.Weights(_seeds.Length)).ToDictionary());
        var poolMean = Mean(TestTraining.Context(population, poolLimit).Pool.Users.ToDictionary(population.Name, _ => 1f));
        if (subtract) mean = [.. mean.Zip(poolMean, (a, b) => a - b)];
        foreach (var user in _users.Where(user => user.Id != "nobody"))
        {
            var product = user.Embedding.Zip(mean, (a, b) => a * b).Sum();
            Assert.Equal(product / Length(user.Embedding) / Math.Sqrt(mean.Sum(x => x * x)), found[user.Id], 1e-6);
        }

        Assert.Equal(0, found["nobody"]);
        Assert.InRange(found.Values.Max(), 0.5, 1.000001);
    }

    [Fact]
    public void Scores_have_the_same_bits_for_any_shards_and_tiles_and_after_a_round_trip()
    {
        using var one = TestPopulation.Of(_users);
        var expected = TestScores.Of(TestScores.Train(_method, one, _seeds).Scorer, one);
        using var many = TestPopulation.Of(_users, 5);
        var scorer = TestScores.Train(_method, many, _seeds).Scorer;
        TestScores.AssertSameBits(expected, TestScores.Of(scorer, many, 31));
        TestScores.AssertSameBits(expected, TestScores.Of(Methods.All.ReadScorer(((IStoredScorer)scorer).Parameters), many));
    }

    [Fact]
    public void Seeds_without_embeddings_give_all_users_a_score_of_zero()
    {
        var users = Enumerable.Range(0, 60).Select(i => new TestUser($"u{i}", i < 30 ? new float[8] : [1, 2, 3, 4, 5, 6, 7, 8])).ToArray();
        using var population = TestPopulation.Of(users);
        var scores = TestScores.Of(TestScores.Train(new CentroidMethod(new CentroidOptions { SubtractCandidates = false }), population, users.Take(30).Select(user => user.Id)).Scorer, population);
        Assert.All(scores.Values, score => Assert.Equal(0, score));
    }

    [Fact]
    public void Too_few_seeds_are_refused()
    {
        using var population = TestPopulation.Of(_users);
        Assert.Throws<SeedTooSmallException>(() => TestScores.Train(_method, population, _seeds.Take(24)));
    }

    private static double[] Mean(Dictionary<string, float> weights) =>
        [.. Enumerable.Range(0, 10).Select(k => _users.Where(user => weights.ContainsKey(user.Id) && user.Id != "nobody")
            .Sum(user => weights[user.Id] * user.Embedding[k] / Length(user.Embedding)) / weights.Values.Sum())];

    private static double Length(float[] vector) => Math.Sqrt(vector.Sum(value => (double)value * value));
}
