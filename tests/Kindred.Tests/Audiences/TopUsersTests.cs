using Kindred.Audiences;
using Kindred.Populations;
using Kindred.Sampling;
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

            // Half of the stream goes to one instance and half to another, as with two threads.
            using TopUsers first = new(_places, k, expected: 1), second = new(_places, k);
            foreach (var start in starts)
            {
                var keys = Enumerable.Range(start, Math.Min(chunk, scores.Length - start)).Select(row => UserPlaces.Key(scores[row], row)).ToArray();
                (start % 2 == 0 ? first : second).Add(keys);
            }

            first.Add(second);
            var expected = Enumerable.Range(0, scores.Length)
                .OrderByDescending(row => scores[row]).ThenBy(row => _population.Name(new UserRow(0, row)), TestPopulation.Utf8Order).Take(k);
            var found = first.ToSortedArray();
            Assert.Equal(expected, found.Select(user => user.User.Row));
            Assert.All(found, user => Assert.Equal(scores[user.User.Row], user.Score));
            if (scores.Length >= k) Assert.InRange(first.Floor, float.NegativeInfinity, found[^1].Score);
        }, iter: 200);
}
