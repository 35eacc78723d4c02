using System.Text;
using Kindred.Catalog;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Scoring;
using Kindred.Similarity.Jaccard;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.Similarity.Jaccard;

public sealed class JaccardMethodTests
{
    // u0 has no items, and one of the seeds has none either.
    private static readonly TestUser[] _users = [.. TasteWorld.Users(400, 11).Select((user, i) => i == 7 ? user with { Items = [] } : user)];
    private static readonly string[] _seeds = TasteWorld.Seeds(_users);

    [Fact]
    public void A_score_is_the_weighted_mean_of_set_similarities()
    {
        using var problem = new RawProblem(_users, _seeds);
        AssertScores(problem, new JaccardOptions(), problem.SeedUsers.Zip(problem.Weights, (user, weight) => (user, (double)weight)));
    }

    [Fact]
    public void A_larger_list_is_sampled_down_to_the_seeds_with_the_smallest_keys()
    {
        using var problem = new RawProblem(_users, _seeds);
        var key = SampleKey.Of(5, UserHash.Of("jaccard seeds"u8));
        var sample = problem.SeedUsers.Zip(problem.Weights, (user, weight) => (User: user, Weight: (double)weight))
            .OrderBy(seed => key.Then(UserHash.Of(Encoding.UTF8.GetBytes(seed.User.Id)))).Take(20);
        AssertScores(problem, new JaccardOptions { MaxSeeds = 20, Seed = 5 }, sample);
    }

    [Fact]
    public void A_worked_example()
    {
        // {0, 1} against {0, 1}: 1; against {1, 2, 3}: 1/4; against {}: 0.
        int[][] items = [[0, 1], [1, 2, 3], []];
        var users = Enumerable.Range(0, 60).Select(i => new TestUser($"u{i:D2}", [0, 0, 0, 0, 0, 0, 0, 0]) { Items = items[i % 3] }).ToArray();
        using var problem = new RawProblem(users, [.. users[..30].Select(user => user.Id)], weighted: false);
        var scores = TasteWorld.Score(problem.Train(new JaccardMethod(new JaccardOptions())).Scorer, problem.Population, problem.Ids);
        Assert.Equal(1.25 / 3, scores[30], 1e-6);
        Assert.Equal(1.25 / 3, scores[31], 1e-6);
        Assert.Equal(0, scores[32]);
    }

    [Fact]
    public void The_cost_is_one_step_per_seed_and_per_item_shared_with_a_seed()
    {
        using var problem = new RawProblem(_users, _seeds);
        var shared = problem.Pool.Average(user => user.Items!.Sum(item => problem.SeedUsers.Count(seed => seed.Items!.Contains(item))));
        Assert.Equal(problem.SeedUsers.Length + shared, problem.Train(new JaccardMethod(new JaccardOptions())).Scorer.CostPerPair, 1e-3);
    }

    [Theory]
    [InlineData("seeds", 1e6f)]
    [InlineData("seeds", -1f)]
    [InlineData("counts", -1f)]
    [InlineData("sizes", 1e6f)]
    public void A_damaged_model_is_refused(string tensor, float value)
    {
        using var problem = new RawProblem(_users, _seeds);
        var whole = ((IStoredScorer)problem.Train(new JaccardMethod(new JaccardOptions())).Scorer).Parameters;
        var damaged = whole with
        {
            Tensors = [.. whole.Tensors.Select(part => part.Name == tensor ? part with { Values = [value, .. part.Values[1..]] } : part)],
        };
        Methods.All.ReadScorer(whole);
        Assert.Equal(ErrorKind.Corrupt, Assert.Throws<KindredException>(() => Methods.All.ReadScorer(damaged)).Kind);
    }

    private static void AssertScores(RawProblem problem, JaccardOptions options, IEnumerable<(TestUser User, double Weight)> seeds)
    {
        var compared = seeds.ToArray();
        var total = compared.Sum(seed => seed.Weight);
        var scores = TasteWorld.Score(problem.Train(new JaccardMethod(options)).Scorer, problem.Population, problem.Ids);
        for (var i = 0; i < _users.Length; i++)
        {
            Assert.Equal(compared.Sum(seed => seed.Weight * Similarity(_users[i], seed.User)) / total, scores[i], 1e-6);
        }
    }

    private static double Similarity(TestUser a, TestUser b)
    {
        var union = a.Items!.Union(b.Items!).Count();
        return union == 0 ? 0 : (double)a.Items!.Intersect(b.Items!).Count() / union;
    }
}
