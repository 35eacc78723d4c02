using Kindred.Audiences;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Audiences;

public sealed class UserSampleTests
{
    private static readonly TestUser[] _users = TestPopulation.Random(2_000, 1, 1, "de", "us");

    [Fact]
    public void Samples_are_nested_and_independent_of_shards_and_threads()
    {
        var sets = new List<HashSet<string>>();
        foreach (var (shards, threads) in new[] { (1, 1), (3, 2), (7, 3) })
        {
            using var population = TestPopulation.Of(_users, shards);
            foreach (int? country in new int?[] { null, 1 })
            {
                var large = Names(population, UserSample.Of(population, country, 300, 1, threads));
                var small = Names(population, UserSample.Of(population, country, 40, 1, threads));
                Assert.Equal((300, 40), (large.Count, small.Count));
                Assert.Subset(large, small);
                Assert.All(large, name => Assert.Contains(_users, user => user.Id == name && user.Active && (country is null || user.Country == "us")));
                sets.Add(large);
            }
        }

        for (var i = 2; i < sets.Count; i++) Assert.Equal(sets[i - 2].Order(), sets[i].Order());
    }

    [Fact]
    public void Holds_all_active_users_if_more_are_requested()
    {
        using var population = TestPopulation.Of(_users, 3);
        var sample = UserSample.Of(population, null, 5_000, 1, 2);
        Assert.Equal(_users.Count(user => user.Active), sample.Count);
        Assert.Equal(sample.Active, sample.Count);
    }

    [Fact]
    public void Takes_every_user_equally_often()
    {
        using var population = TestPopulation.Of(_users[..200], 2);
        var times = new Dictionary<string, int>();
        for (var seed = 0UL; seed < 2_000; seed++)
        {
            foreach (var name in Names(population, UserSample.Of(population, null, 20, seed, 1))) times[name] = times.GetValueOrDefault(name) + 1;
        }

        // Five standard deviations of a binomial count of 2,000 trials.
        var expected = 2_000 * 20.0 / _users[..200].Count(user => user.Active);
        Assert.All(times.Values, count => Assert.InRange(count, expected - 5 * Math.Sqrt(expected), expected + 5 * Math.Sqrt(expected)));
    }

    private static HashSet<string> Names(Kindred.Populations.Population population, UserSample sample) =>
        [.. sample.Rows.SelectMany((rows, shard) => rows.Select(row => population.Name(new Kindred.Populations.UserRow(shard, row))))];
}
