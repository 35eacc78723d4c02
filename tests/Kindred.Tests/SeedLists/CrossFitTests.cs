using Kindred.SeedLists;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedLists;

public sealed class CrossFitTests
{
    private static readonly TestUser[] _users = TestPopulation.Random(200, 1, 3);

    [Theory]
    [InlineData(2, 50)]
    [InlineData(5, 57)]
    [InlineData(7, 7)]
    public void Every_user_is_held_out_once_and_folds_are_balanced(int folds, int users)
    {
        using var population = TestPopulation.Of(_users, 2);
        var list = SeedMatch.Of(TestPopulation.List("list", _users.Take(users).Select(user => user.Id)), population);
        var splits = CrossFit.Folds(list, folds, 1, population);
        Assert.Equal(folds, splits.Length);
        Assert.Equal(list.Users.ToHashSet(), splits.SelectMany(split => split.Held.Users).ToHashSet());
        Assert.Equal(users, splits.Sum(split => split.Held.Users.Count));
        Assert.All(splits, split =>
        {
            Assert.Equal(list.Users.ToHashSet(), split.Held.Users.Concat(split.Training.Users).ToHashSet());
            Assert.Equal(users, split.Held.Users.Count + split.Training.Users.Count);
            Assert.InRange(split.Held.Users.Count, users / folds, (users + folds - 1) / folds);
        });
    }

    [Fact]
    public void Folds_depend_on_list_and_seed_but_not_on_shards()
    {
        var one = Folds("list", 1, 1);
        Assert.Equal(one, Folds("list", 1, 3));
        Assert.NotEqual(one, Folds("list", 2, 1));
        Assert.NotEqual(one, Folds("other", 1, 1));

        static string Folds(string name, ulong seed, int shards)
        {
            using var population = TestPopulation.Of(_users, shards);
            var list = SeedMatch.Of(TestPopulation.List(name, _users.Take(60).Select(user => user.Id)), population);
            return string.Join(" | ", CrossFit.Folds(list, 4, seed, population).Select(split =>
                string.Join(' ', split.Held.Users.Select(population.Name).Order(StringComparer.Ordinal))));
        }
    }

    [Fact]
    public void A_list_of_fewer_users_than_folds_is_refused()
    {
        using var population = TestPopulation.Of(_users);
        var list = SeedMatch.Of(TestPopulation.List("tiny", ["u1", "u2", "u3"]), population);
        Assert.Contains("'tiny'", Assert.Throws<SeedTooSmallException>(() => CrossFit.Folds(list, 4, 1, population)).Message, StringComparison.Ordinal);
    }
}
