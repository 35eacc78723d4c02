using Kindred.Audiences;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Audiences;

public sealed class TopUsersTests
{
    private static readonly Population _population = TestPopulation.Of([.. TestPopulation.Random(800, 1, 1).Select(user => user with { Active = true })]);
    private static readonly UserPlaces _places = new(_population);

    [Fact]
    public void Equals_a_full_sort_whatever_the_order_of_arrival() =>
        Gen.Select(Gen.Int[0, 4].Array[1, 800], Gen.Int[1, 100], Gen.Int[1, 50], Gen.ULong).Sample((values, k, chunk, seed) =>
        {
            var scores = Array.ConvertAll(values, value => value * 0.5f);
            var starts = Enumerable.Range(0, (scores.Length + chunk - 1) / chunk).Select(i => i * chunk).ToArray();
            var random = new SeededRandom(seed);
            for (var i = starts.Length - 1; i > 0; i--)
            {
                var j = random.NextInt32(i + 1);
                (starts[i], starts[j]) = (starts[j], starts[i]);
            }

            // Half of the stream goes to one keeper and half to another, as with two threads.
            TopUsers first = new(_places, k), second = new(_places, k);
            using var tile = new UserTile(1);
            foreach (var start in starts)
            {
                Add(start % 2 == 0 ? first : second, tile, start, scores.AsSpan(start, Math.Min(chunk, scores.Length - start)));
            }

            first.Add(second);
            var expected = Enumerable.Range(0, scores.Length)
                .OrderByDescending(row => scores[row]).ThenBy(row => _population.Name(new UserRow(0, row)), TestPopulation.Utf8Order).Take(k);
            var found = first.ToSortedArray();
            Assert.Equal(expected, found.Select(user => user.User.Row));
            Assert.All(found, user => Assert.Equal(scores[user.User.Row], user.Score));
            if (scores.Length >= k) Assert.InRange(first.Floor, float.NegativeInfinity, found[^1].Score);
        }, iter: 200);

    [Fact]
    public void A_floor_keeps_those_at_and_above_it()
    {
        var top = new TopUsers(_places, 3, 1);
        using var tile = new UserTile(1);
        Add(top, tile, 10, [MathF.BitDecrement(1), 1, 0, 2, 1]);
        Assert.Equal([13, 11, 14], top.ToSortedArray().Select(user => user.User.Row));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_score_that_is_not_finite_is_an_error(float score)
    {
        var scores = new float[40];
        scores[33] = score;
        using var tile = new UserTile(1);
        var error = Assert.Throws<KindredException>(() => Add(new TopUsers(_places, 3, 5), tile, 0, scores));
        Assert.Contains("not finite", error.Message, StringComparison.Ordinal);
    }

    private static void Add(TopUsers top, UserTile tile, int firstRow, ReadOnlySpan<float> scores)
    {
        tile.Load(_population.Shards[0], firstRow, scores.Length);
        top.Add(tile, 0, scores, []);
    }
}
