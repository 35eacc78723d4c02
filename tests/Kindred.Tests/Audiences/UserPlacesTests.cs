using Kindred.Audiences;
using Kindred.Populations;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Audiences;

public sealed class UserPlacesTests
{
    [Fact]
    public void Keys_sort_by_descending_score_and_restore_the_score() =>
        Gen.Select(Gen.Float.Where(float.IsFinite), Gen.Float.Where(float.IsFinite), Gen.UInt).Sample((a, b, place) =>
        {
            Assert.Equal(a, UserPlaces.Score(UserPlaces.Key(a, place)));
            Assert.Equal(b.CompareTo(a), Math.Sign((UserPlaces.Key(a, 0) >> 32).CompareTo(UserPlaces.Key(b, 0) >> 32)));
        });

    [Fact]
    public void Minus_zero_is_zero() => Assert.Equal(UserPlaces.Key(0, 7), UserPlaces.Key(-0f, 7));

    [Fact]
    public void A_place_is_one_user_even_if_shards_are_empty()
    {
        using var population = TestPopulation.Of(TestPopulation.Random(9, 1, 1), 16);
        Assert.Contains(population.Shards, shard => shard.Count == 0);
        var places = new UserPlaces(population);
        for (var s = 0; s < population.Shards.Count; s++)
        {
            for (var row = 0; row < population.Shards[s].Count; row++)
            {
                Assert.Equal(new UserRow(s, row), places.User(UserPlaces.Key(1, places.StartOf(s) + row)));
            }
        }
    }
}
