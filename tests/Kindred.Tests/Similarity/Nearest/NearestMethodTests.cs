using Kindred.Catalog;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.Similarity.Nearest;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.Similarity.Nearest;

public sealed class NearestMethodTests
{
    private static readonly TestUser[] _users = [.. TestPopulation.Random(400, 10, 3), new TestUser("nobody", new float[10])];
    private static readonly string[] _seeds = [.. _users.Where((user, i) => user.Embedding[0] > 0.1 && i % 3 == 0).Select(user => user.Id), "nobody"];

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(500)]
    public void The_score_is_the_weighted_mean_cosine_of_the_nearest_seeds_in_a_full_sort(int neighbours)
    {
        using var population = TestPopulation.Of(_users, 3);
        var model = TestScores.Train(new NearestMethod(new NearestOptions { Neighbours = neighbours }), population, _seeds);
        var found = TestScores.Of(model.Scorer, population);
        var seeds = _seeds.Order(TestPopulation.Utf8Order).Zip(TestScores.Weights(_seeds.Length)).Where(seed => seed.First != "nobody")
            .Select(seed => (User: _users.Single(user => user.Id == seed.First), Weight: (double)seed.Second)).ToArray();
        foreach (var user in _users.Where(user => user.Id != "nobody"))
        {
            var nearest = seeds.Select(seed => (Cosine: Cosine(user.Embedding, seed.User.Embedding), seed.Weight))
                .OrderByDescending(seed => seed.Cosine).Take(neighbours).ToArray();
            Assert.Equal(nearest.Sum(seed => seed.Weight * seed.Cosine) / nearest.Sum(seed => seed.Weight), found[user.Id], 1e-5);
        }

        Assert.Equal(0, found["nobody"]);
        Assert.Equal(_seeds.Length - 1, model.Report["compared_with"]);
        Assert.Equal((_seeds.Length - 1) * 11, model.Scorer.CostPerPair);
    }

    [Fact]
    public void A_large_list_is_sampled_by_key_and_scores_have_the_same_bits_for_any_shards_and_tiles()
    {
        var options = new NearestOptions { Neighbours = 7, MaxSeeds = 30 };
        using var one = TestPopulation.Of(_users);
        var model = TestScores.Train(new NearestMethod(options), one, _seeds);
        Assert.Equal(30, model.Report["compared_with"]);
        var expected = TestScores.Of(model.Scorer, one);
        using var many = TestPopulation.Of(_users, 5);
        var scorer = TestScores.Train(new NearestMethod(options), many, _seeds).Scorer;
        foreach (var tile in new[] { 1, 29, 960 }) TestScores.AssertSameBits(expected, TestScores.Of(scorer, many, tile));
        TestScores.AssertSameBits(expected, TestScores.Of(Methods.All.ReadScorer(((IStoredScorer)scorer).Parameters), many));
        Assert.NotEqual(expected, TestScores.Of(TestScores.Train(new NearestMethod(options with { Seed = 2 }), one, _seeds).Scorer, one));
    }

    [Fact]
    public void The_first_of_equally_near_seeds_count()
    {
        float[] unit = [1, 0], other = [0, 1];
        var users = new[] { new TestUser("a", unit), new TestUser("b", other) };
        using var population = TestPopulation.Of(users);
        var scorer = new NearestScorer([0, 1, 0, 1, 1, 0, 1, 0, -1, 0], [1, 3, 1, 1, 7], 2, 3);
        var scores = TestScores.Of(scorer, population);

        // a: cosine 1 twice with weight 1, then 0 with the first seed's weight 1. b: cosine 1 with weights 1 and 3, then 0 with weight 1.
        Assert.Equal(2.0 / 3, scores["a"], 1e-6);
        Assert.Equal(4.0 / 5, scores["b"], 1e-6);
    }

    [Fact]
    public void Too_few_seeds_are_refused()
    {
        using var population = TestPopulation.Of(_users);
        Assert.Throws<SeedTooSmallException>(() => TestScores.Train(new NearestMethod(new NearestOptions()), population, _seeds.Take(24)));
    }

    private static double Cosine(float[] a, float[] b)
    {
        double product = 0, first = 0, second = 0;
        for (var k = 0; k < a.Length; k++)
        {
            product += (double)a[k] * b[k];
            first += (double)a[k] * a[k];
            second += (double)b[k] * b[k];
        }

        return product / Math.Sqrt(first * second);
    }
}
