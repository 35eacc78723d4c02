using Kindred.Pipeline.Comparing;
using Kindred.Pipeline.Serving;

namespace Kindred.Pipeline.Tests.Comparing;

public sealed class VersionDifferenceTests
{
    [Fact]
    public void Added_and_removed_members_equal_the_differences_of_the_sets()
    {
        using var run = new TestRun(settings: "sizes: [2%, 40]\nlists:\n  l05: { sizes: [3%] }");
        run.Run();
        run.Lists[1] = (run.Lists[1].Id, run.Lists[1].Seeds[10..]);
        run.Lists.RemoveAt(4);
        run.WriteSeeds();
        run.WritePopulation([.. run.Users[30..], .. TestRun.MakeUsers(1_250, 3)[1_200..]], 3);
        run.Settings("sizes: [2%, 40]");
        run.Run();

        var store = run.Open();
        var difference = VersionDifference.Of(store, 1, 2);
        Assert.Equal((50, 30), (difference.UsersGained, difference.UsersLost));
        var (before, after) = (Members(store, 1), Members(store, 2));
        foreach (var audience in difference.Audiences)
        {
            var key = (audience.List, audience.Country, audience.Size);
            var (was, now) = (before.GetValueOrDefault(key, []), after.GetValueOrDefault(key, []));
            Assert.Equal((now.Except(was).Count(), was.Except(now).Count()), (audience.Gained, audience.Lost));
            Assert.Equal((before.ContainsKey(key), after.ContainsKey(key)), (audience.Before is not null, audience.After is not null));
        }

        Assert.Equal(before.Keys.Union(after.Keys).Count(), difference.Audiences.Count);
        Assert.Contains(difference.Attention, list => list.List == "l04" && list.Reason.Contains("no longer among the seed lists", StringComparison.Ordinal));
        Assert.Contains(difference.Audiences, audience => audience is { Gained: > 0, Lost: > 0 });
    }

    [Fact]
    public void A_version_does_not_differ_from_itself()
    {
        using var run = new TestRun();
        run.Run();
        var difference = VersionDifference.Of(run.Open(), 1, 1);
        Assert.Equal((0, 0), (difference.UsersGained, difference.UsersLost));
        Assert.All(difference.Audiences, audience => Assert.Equal((0, 0), (audience.Gained, audience.Lost)));
        Assert.Empty(difference.Attention);
    }

    [Fact]
    public void Drift_is_zero_for_equal_scores_and_the_population_stability_index_otherwise()
    {
        float[] even = [.. Enumerable.Range(0, 21).Select(i => (float)i)];
        Assert.Equal(0, ScoreDrift.Index(even, even), 12);

        // The other scores are spread evenly over the upper half: five tenths hold 0 (counted as 1e-4), five hold .2 instead of .1.
        float[] upper = [.. Enumerable.Range(0, 21).Select(i => 10 + i / 2f)];
        Assert.Equal(5 * (1e-4 - 0.1) * Math.Log(1e-4 / 0.1) + 5 * 0.1 * Math.Log(2), ScoreDrift.Index(even, upper), 6);
        Assert.True(double.IsNaN(ScoreDrift.Index([], even)));
    }

    private static Dictionary<(string, string?, string), HashSet<string>> Members(Kindred.Pipeline.Store.RunStore store, int number)
    {
        using var published = PublishedVersion.Open(store, number);
        var members = published.Audiences.ToDictionary(audience => (audience.SeedListId, audience.Country, audience.Size), _ => new HashSet<string>());
        published.Index.ForEach((id, audiences) =>
        {
            var user = System.Text.Encoding.UTF8.GetString(id);
            foreach (var audience in audiences) members[(published.Audiences[audience].SeedListId, published.Audiences[audience].Country, published.Audiences[audience].Size)].Add(user);
        });
        return members;
    }
}
