using Kindred.SeedLists;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedLists;

public sealed class HoldOutTests
{
    private static readonly TestUser[] _users = TestPopulation.Random(500, 1, 1);
    private static readonly SeedList _list = TestPopulation.List("list", _users.Where((_, i) => i % 2 == 0).Select(user => user.Id));

    [Theory]
    [InlineData(0.1, 25)]
    [InlineData(0.002, 1)]
    [InlineData(0.0001, 1)]
    [InlineData(0.35, 88)]
    public void Holds_out_exactly_its_share_and_at_least_one(double share, int held) =>
        Assert.Equal(held, Split(1, _list, share).Held.Users.Count);

    [Fact]
    public void Every_matched_user_is_in_one_part_with_the_right_metrics()
    {
        var split = Split(3, _list, 0.3);
        Assert.Equal(Ids(_list), split.Held.Positions.Concat(split.Training.Positions).Select(_list.Users.GetString).Order(TestPopulation.Utf8Order));
        Assert.Empty(split.Held.Users.Intersect(split.Training.Users));
        using var population = TestPopulation.Of(_users, 3);
        foreach (var part in new[] { split.Held, split.Training })
        {
            Assert.Equal(part.Users.Select(population.Name), part.Positions.Select(_list.Users.GetString));
        }
    }

    [Fact]
    public void The_same_users_are_held_out_whatever_the_shards()
    {
        var expected = HeldNames(1);
        Assert.Equal(expected, HeldNames(1));
        Assert.Equal(expected, HeldNames(2));
        Assert.Equal(expected, HeldNames(7));

        static string[] HeldNames(int shards) => [.. Split(shards, _list, 0.2).Held.Positions.Select(_list.Users.GetString)];
    }

    [Fact]
    public void Another_seed_list_or_repeat_holds_out_other_users()
    {
        var first = Split(1, _list, 0.2).Held.Positions;
        Assert.NotEqual(first, Split(1, _list, 0.2, seed: 2).Held.Positions);
        Assert.NotEqual(first, Split(1, _list, 0.2, repeat: 1).Held.Positions);
        Assert.NotEqual(first, Split(1, _list with { Id = "other" }, 0.2).Held.Positions);
    }

    [Fact]
    public void Smaller_samples_of_the_training_users_are_part_of_larger_ones_and_the_rest_is_set_aside()
    {
        using var population = TestPopulation.Of(_users, 3);
        var whole = Split(3, _list, 0.2);
        var before = new HashSet<Kindred.Populations.UserRow>();
        foreach (var count in new[] { 30, 90, 150 })
        {
            var sample = whole.WithTraining(count, 1, population);
            Assert.Equal(count, sample.Training.Users.Count);
            Assert.Superset(before, sample.Training.Users.ToHashSet());
            Assert.Equal(whole.Held.Users, sample.Held.Users);
            Assert.Equal(whole.NotRanked.ToHashSet(), sample.NotRanked.ToHashSet());
            Assert.Empty(sample.Aside!.Users.Intersect(sample.Training.Users));
            before = [.. sample.Training.Users];
        }

        Assert.NotEqual(whole.WithTraining(30, 1, population).Training.Users, whole.WithTraining(30, 2, population).Training.Users);
        Assert.Same(whole, whole.WithTraining(200, 1, population));
    }

    [Fact]
    public void Over_many_repeats_every_user_is_held_out_equally_often()
    {
        const int Repeats = 400;
        var list = TestPopulation.List("small", _users.Take(20).Select(user => user.Id));
        var counts = new int[20];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            foreach (var position in Split(1, list, 0.25, repeat: repeat).Held.Positions) counts[position]++;
        }

        // 400 draws at 1/4: standard deviation 8.7.
        Assert.All(counts, count => Assert.InRange(count, 100 - 40, 100 + 40));
    }

    [Fact]
    public void A_given_split_holds_out_exactly_its_users_that_are_on_the_list()
    {
        using var population = TestPopulation.Of(_users, 3);
        var seeds = SeedMatch.Of(_list, population);
        var split = HoldOut.Given(seeds, TestPopulation.Sorted(["u0", "u1", "u4", "nobody"]), population);
        Assert.Equal(["u0", "u4"], split.Held.Users.Select(population.Name));
        Assert.Equal(248, split.Training.Users.Count);
    }

    [Fact]
    public void Users_missing_from_the_population_are_counted_and_left_out()
    {
        using var population = TestPopulation.Of(_users, 3);
        var match = SeedMatch.Of(TestPopulation.List("list", ["u1", "x", "u3", ""]), population);
        Assert.Equal(2, match.Users.Count);
        Assert.Equal(["u1", "u3"], match.Positions.Select(match.List.Users.GetString));
    }

    [Fact]
    public void The_error_about_a_small_list_says_how_many_were_given_matched_and_needed()
    {
        using var population = TestPopulation.Of(_users);
        var match = SeedMatch.Of(TestPopulation.List("tiny", ["u1", "x", "u3"]), population);
        match.RequireAtLeast(2);
        var error = Assert.Throws<SeedTooSmallException>(() => match.RequireAtLeast(3));
        foreach (var part in new[] { "'tiny'", "3 users", "2 are in the population", "at least 3" }) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static HoldOut Split(int shards, SeedList list, double share, ulong seed = 1, int repeat = 0)
    {
        using var population = TestPopulation.Of(_users, shards);
        return HoldOut.Random(SeedMatch.Of(list, population), share, seed, repeat, population);
    }

    private static IEnumerable<string> Ids(SeedList list) => Enumerable.Range(0, list.Users.Count).Select(list.Users.GetString);

    [Fact]
    public void Users_trained_on_in_every_split_are_held_out_in_none()
    {
        var users = Populations.TestPopulation.Random(200, 8, 4);
        using var population = Populations.TestPopulation.Of(users);
        var match = SeedMatch.Of(Populations.TestPopulation.List("list", users.Select(user => user.Id)), population);
        HoldOut[] splits = [.. Enumerable.Range(0, 3).Select(repeat => HoldOut.Random(match, 0.1, 1, repeat, population))];
        var all = HoldOut.TrainedOnInAll(splits);
        Assert.Equal(match.Users.Where(user => splits.All(split => split.Training.Users.Contains(user))), all.Users);
        Assert.Equal(splits[0].Training.Users, HoldOut.TrainedOnInAll(splits[..1]).Users);
    }
}
