using Kindred.Audiences;
using Kindred.Populations;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Audiences;

public sealed class UserSetTests
{
    private static readonly TestUser[] _users = TestPopulation.Random(200, 1, 1, "a", "b");
    private static readonly Population _population = TestPopulation.Of(_users, 3);

    [Fact]
    public void Repeated_users_count_once()
    {
        var set = UserSet.Of(_population, _population.Rows(["u1", "u2", "u1"]));
        Assert.Equal(2, set.Count);
        Assert.All(_users, user => Assert.Equal(user.Id is "u1" or "u2", set.Contains(_population.Rows([user.Id])[0])));
    }

    [Fact]
    public void Candidates_are_the_active_users_of_the_country()
    {
        var set = UserSet.Of(_population, _population.Rows(_users.Select(user => user.Id)));
        Assert.Equal(_users.Count(user => user.Active), set.CountCandidates(_population, null));
        Assert.Equal(_users.Count(user => user.Active && user.Country == "b"), set.CountCandidates(_population, 1));
    }

    [Fact]
    public void TakeOut_takes_exactly_its_users_out_of_any_tile() =>
        Gen.Select(Gen.Bool.Array[200], Gen.Int[0, 2], Gen.Int[0, 60], Gen.Int[0, 60]).Sample((chosen, shard, first, count) =>
        {
            var rows = _population.Rows(_users.Where((_, i) => chosen[i]).Select(user => user.Id));
            first = Math.Min(first, _population.Shards[shard].Count);
            var scores = new float[Math.Min(count, _population.Shards[shard].Count - first)];
            UserSet.Of(_population, rows).TakeOut(shard, first, scores);
            for (var i = 0; i < scores.Length; i++)
            {
                var isOut = rows.Contains(new UserRow(shard, first + i));
                Assert.Equal(isOut ? float.NegativeInfinity : 0f, scores[i]);
            }
        });
}
