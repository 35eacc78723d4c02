using Kindred.Audiences;
using Kindred.Populations;
using Kindred.Tests.Populations;
using Kindred.Tests.Scoring;

namespace Kindred.Tests.Audiences;

public sealed class BracketTests
{
    // Enough to be sampled, in shards of several tiles.
    private static readonly TestUser[] _users = [.. TestPopulation.Random(90_000, 1, 7, "a", "b").Select(user => user with { Active = true })];
    private static readonly Lazy<Population> _population = new(() => TestPopulation.Of(_users, 3));

    [Fact]
    public void The_floor_is_slightly_below_the_last_member()
    {
        var scores = _users.ToDictionary(user => user.Id, user => user.Embedding[0]);
        int[] sizes = [1, 900, 45_000];
        var requests = sizes.Select(size => new AudienceRequest(new TableScorer(scores), size, [])).ToArray();
        var floors = Bracket.Floors(_population.Value, null, requests, 2, default);
        for (var r = 0; r < sizes.Length; r++)
        {
            var above = scores.Values.Count(score => score >= floors[r]);
            Assert.InRange(above, sizes[r], sizes[r] * 1.7 + 2_000);
        }

        // There is no floor if more users are requested than the sample can estimate or if there are few users.
        Assert.Equal([float.NegativeInfinity], Bracket.Floors(_population.Value, null, [new AudienceRequest(new TableScorer(scores), 90_000, [])], 1, default));
        using var few = TestPopulation.Of(_users[..2_000]);
        Assert.Equal([float.NegativeInfinity], Bracket.Floors(few, null, [new AudienceRequest(new TableScorer(scores), 10, [])], 1, default));
    }

    [Theory]
    [InlineData("distinct")]
    [InlineData("equal")]
    [InlineData("unlucky")]
    public void Selection_equals_a_full_sort_even_if_the_sample_misleads(string kind)
    {
        var scores = _users.ToDictionary(user => user.Id, user => kind == "equal" ? 1f : user.Embedding[0]);
        var members = _users.OrderByDescending(user => scores[user.Id]).ThenBy(user => user.Id, TestPopulation.Utf8Order).Select(user => user.Id).ToArray();

        // Users above the floor are excluded after the sample was drawn, so that no user is left above it.
        var excluded = kind == "unlucky" ? Unsampled(scores).ToHashSet() : [];
        var request = new AudienceRequest(new TableScorer(scores), 900, [UserSet.Of(_population.Value, _population.Value.Rows(excluded))]);
        var found = AudienceSelection.Select(_population.Value, null, [request], 2)[0];
        Assert.Equal(members.Where(id => !excluded.Contains(id)).Take(900), found.Select(user => _population.Value.Name(user.User)));
    }

    /// <summary>All users have high scores except those of the sample, which the first request scores.</summary>
    private static IEnumerable<string> Unsampled(Dictionary<string, float> scores)
    {
        var seen = new HashSet<string>();
        Bracket.Floors(_population.Value, null, [new AudienceRequest(new TableScorer(scores, seen), 900, [])], 1, default);
        Assert.InRange(seen.Count, 1_024, 2_500);
        return scores.Where(entry => entry.Value > 0.5 && !seen.Contains(entry.Key)).Select(entry => entry.Key);
    }
}
