using Kindred.Similarity.InformationValue;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.Similarity.InformationValue;

public sealed class InformationValueTests
{
    private static readonly TestUser[] _users = TasteWorld.Users(400, 9);
    private static readonly string[] _seeds = TasteWorld.Seeds(_users);

    [Theory, InlineData(int.MaxValue), InlineData(150)]
    public void Shares_lift_and_value_equal_a_count_user_by_user(int poolLimit)
    {
        using var problem = new RawProblem(_users, _seeds, poolLimit);
        var found = ItemInformation.Of(problem.Seeds, problem.Weights, problem.Context);
        Assert.Equal(Enumerable.Range(0, problem.Items), found.Select(item => item.Item));
        var seeds = problem.SeedUsers.Zip(problem.Weights).ToArray();
        foreach (var item in found)
        {
            var p = (seeds.Sum(seed => seed.First.Items!.Contains(item.Item) ? (double)seed.Second : 0) + 0.5) / (seeds.Sum(seed => (double)seed.Second) + 1);
            var q = (problem.Pool.Count(user => user.Items!.Contains(item.Item)) * problem.Scale + 0.5) / (problem.Context.Pool.Candidates + 1);
            Assert.Equal(problem.SeedUsers.Count(user => user.Items!.Contains(item.Item)), item.Seeds);
            Assert.Equal(p, item.SeedShare, 1e-12);
            Assert.Equal(q, item.CandidateShare, 1e-12);
            Assert.Equal(p / q, item.Lift, 1e-12);
            Assert.Equal((p - q) * Math.Log(p * (1 - q) / ((1 - p) * q)), item.Value, 1e-12);
        }
    }

    [Fact]
    public void A_worked_example()
    {
        // 9 of 39 candidates and 14 of 29 seeds (10 of them inactive) have the item: p = 14.5/30, q = 9.5/40.
        var users = Enumerable.Range(0, 49).Select(i => new TestUser($"u{i}", [0, 0, 0, 0, 0, 0, 0, 0], Active: i < 39)
        {
            Items = i is < 9 or >= 44 ? [0] : [],
        }).ToArray();
        using var problem = new RawProblem(users, [.. users.Where((_, i) => i is < 19 or >= 39).Select(user => user.Id)], weighted: false);
        var item = Assert.Single(ItemInformation.Of(problem.Seeds, problem.Weights, problem.Context));
        Assert.Equal((14, 14.5 / 30, 9.5 / 40), (item.Seeds, item.SeedShare, item.CandidateShare));
        Assert.Equal(0.270354, item.Value, 1e-6);
    }

    [Theory]
    [InlineData(0.3, 0.1)]
    [InlineData(0.1, 0.3)]
    [InlineData(0.2, 0.2)]
    public void The_value_is_never_below_zero(double p, double q)
    {
        var value = new ItemInformation(0, 1, p, q).Value;
        Assert.True(p == q ? value == 0 : value > 0.1);
    }

    [Fact]
    public void The_score_sums_the_values_of_a_users_items_that_are_more_frequent_among_seeds()
    {
        using var problem = new RawProblem(_users, _seeds);
        var information = ItemInformation.Of(problem.Seeds, problem.Weights, problem.Context);
        var model = problem.Train(new InformationValueMethod(new InformationValueOptions()));
        var scores = TasteWorld.Score(model.Scorer, problem.Population, problem.Ids);
        for (var i = 0; i < _users.Length; i++)
        {
            var expected = _users[i].Items!.Select(item => information[item]).Where(item => item.SeedShare > item.CandidateShare).Sum(item => item.Value);
            Assert.Equal(expected, scores[i], 1e-5);
        }

        Assert.Contains(information, item => item.SeedShare < item.CandidateShare && item.Value > 0.01);
        Assert.Equal(information.Count(item => item.SeedShare > item.CandidateShare), model.Report["items"]);
    }
}
