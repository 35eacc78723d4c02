using Kindred.Audiences;
using Kindred.Sampling;
using Kindred.Tests.Populations;
using Kindred.Tests.Scoring;

namespace Kindred.Tests.Audiences;

public sealed class AudienceSelectionTests
{
    [Fact]
    public void Equals_a_full_sort_whatever_the_ties_exclusions_countries_shards_and_threads() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int[1, 8], Gen.Int[1, 3], Gen.ULong, Gen.Bool).Sample((count, shards, threads, seed, oneCountry) =>
        {
            var users = TestPopulation.Random(count, 1, seed, "de", "fr", "us");
            using var population = TestPopulation.Of(users, shards);
            int? country = oneCountry ? (int)(seed % (ulong)population.Countries.Count) : null;
            var random = new SeededRandom(seed + 1);
            var requests = new List<AudienceRequest>();
            var expected = new List<(string, float)[]>();
            foreach (var values in new[] { 1, 2, 5, 1_000_000 })
            {
                // Few distinct values, −0, 0 and 1 among them, cause many ties.
                var scores = users.ToDictionary(user => user.Id, _ => Score(ref random, values));
                var excluded = users.Where(_ => random.NextInt32(4) == 0).Select(user => user.Id).ToHashSet();
                var size = 1 + random.NextInt32(count + 5);
                requests.Add(new AudienceRequest(new TableScorer(scores), size, [UserSet.Of(population, population.Rows(excluded))]));
                expected.Add([.. users
                    .Where(user => user.Active && !excluded.Contains(user.Id) && (country is null || user.Country == population.Countries[country.Value]))
                    .Select(user => (user.Id, Score: scores[user.Id]))
                    .OrderByDescending(user => user.Score).ThenBy(user => user.Id, TestPopulation.Utf8Order)
                    .Take(size)]);
            }

            var found = AudienceSelection.Select(population, country, requests, threads);
            for (var r = 0; r < requests.Count; r++)
            {
                Assert.Equal(expected[r], found[r].Select(user => (population.Name(user.User), user.Score)));
            }
        }, iter: 60);

    [Fact]
    public void Several_tiles_and_full_buffers_rank_users_as_a_sort_does()
    {
        var users = TestPopulation.Random(5_000, 1, 1);
        using var population = TestPopulation.Of(users, 2);
        var random = new SeededRandom(2);
        var scores = users.ToDictionary(user => user.Id, _ => Score(ref random, 300));
        var sorted = users.Where(user => user.Active)
            .OrderByDescending(user => scores[user.Id]).ThenBy(user => user.Id, TestPopulation.Utf8Order).Select(user => user.Id).ToArray();
        foreach (var size in new[] { 1, 7, 600, 2_000, 5_000 })
        {
            var request = new AudienceRequest(new TableScorer(scores), size, [UserSet.Of(population, [])]);
            var found = AudienceSelection.Select(population, null, [request], 2)[0];
            Assert.Equal(sorted.Take(size), found.Select(user => population.Name(user.User)));
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_score_that_is_not_finite_is_an_error_and_not_a_lost_user(float score)
    {
        var users = TestPopulation.Random(30, 1, 3);
        using var population = TestPopulation.Of(users);
        var scores = users.ToDictionary(user => user.Id, user => user.Id == "u17" ? score : 1f);
        var request = new AudienceRequest(new TableScorer(scores), 5, [UserSet.Of(population, [])]);
        var error = Assert.Throws<KindredException>(() => AudienceSelection.Select(population, null, [request], 1));
        Assert.Equal(ErrorKind.Corrupt, error.Kind);
    }

    [Fact]
    public void An_empty_audience_is_refused()
    {
        using var population = TestPopulation.Of([new TestUser("a", [0])]);
        var request = new AudienceRequest(new TableScorer(new Dictionary<string, float> { ["a"] = 1 }), 0, []);
        Assert.Throws<ArgumentOutOfRangeException>(() => AudienceSelection.Select(population, null, [request], 1));
    }

    [Fact]
    public void A_score_of_minus_zero_is_returned_as_zero()
    {
        using var population = TestPopulation.Of([new TestUser("a", [0]), new TestUser("b", [0])]);
        var scorer = new TableScorer(new Dictionary<string, float> { ["a"] = -0f, ["b"] = 0f });
        var found = AudienceSelection.Select(population, null, [new AudienceRequest(scorer, 2, [UserSet.Of(population, [])])], 1)[0];
        Assert.Equal(["a", "b"], found.Select(user => population.Name(user.User)));
        Assert.All(found, user => Assert.False(float.IsNegative(user.Score)));
    }

    [Fact]
    public void Progress_counts_every_pair_once()
    {
        var users = TestPopulation.Random(2_500, 1, 4, "a", "b");
        using var population = TestPopulation.Of(users, 3);
        var scorer = new TableScorer(users.ToDictionary(user => user.Id, _ => 1f));
        var request = new AudienceRequest(scorer, 1, [UserSet.Of(population, [])]);
        var pairs = 0L;
        AudienceSelection.Select(population, 0, [request, request, request], 2, count => Interlocked.Add(ref pairs, count));
        Assert.Equal(3 * users.Count(user => user.Country == "a"), pairs);
    }

    private static float Score(ref SeededRandom random, int values) =>
        random.NextInt32(values) switch { 0 => random.NextInt32(2) == 0 ? 0f : -0f, 1 => 1f, var value => value * -0.25f };
}
