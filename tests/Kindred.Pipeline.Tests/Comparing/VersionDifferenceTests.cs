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
            var was = audience.SizeBefore is { } sizeBefore ? before[(audience.List, audience.Country, sizeBefore)] : [];
            var now = audience.SizeAfter is { } sizeAfter ? after[(audience.List, audience.Country, sizeAfter)] : [];
            Assert.Equal((now.Except(was).Count(), was.Except(now).Count()), (audience.Gained, audience.Lost));

            // Members include inactive users, and so do the counts that they are compared with.
            Assert.Equal((was.Count, now.Count), (audience.Before ?? 0, audience.After ?? 0));
            Assert.Equal(audience.After ?? 0, (audience.Before ?? 0) - audience.Lost + audience.Gained);
            Assert.InRange(audience.Lost, 0, audience.Before ?? 0);
            Assert.InRange(audience.Gained, 0, audience.After ?? 0);
            Assert.Equal((audience.SizeBefore is null, audience.SizeAfter is null), (audience.Before is null, audience.After is null));
        }

        Assert.Equal(before.Keys.Order(), KeysOf(difference, audience => audience.SizeBefore));
        Assert.Equal(after.Keys.Order(), KeysOf(difference, audience => audience.SizeAfter));
        var active = run.Users.Where(user => user.Active).Select(user => user.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Contains(after.Values, members => !members.IsSubsetOf(active));
        Assert.Contains(difference.Attention, list => list.List == "l04" && list.Reason.Contains("no longer among the seed lists", StringComparison.Ordinal));
        Assert.Contains(difference.Audiences, audience => audience is { Gained: > 0, Lost: > 0 });
    }

    [Theory]
    [InlineData("[2%]", "[3%]", "2% → 3%")]
    [InlineData("[2%, 40]", "[40, 5%]", "40|2% → 5%")]
    [InlineData("[2%, 4%]", "[3%, 6%]", "2% → 3%|4% → 6%")]
    [InlineData("[2%]", "[1%, 2%, 3%]", "1%|2%|3%")]
    [InlineData("[1%, 2%, 3%]", "[4%]", "1% → 4%|2%|3%")]
    public void A_changed_size_is_one_row(string before, string after, string rows)
    {
        using var run = new TestRun(lists: 2, settings: $"sizes: {before}");
        run.Run();
        run.Settings($"sizes: {after}");
        run.Run();
        var difference = VersionDifference.Of(run.Open(), 1, 2);
        Assert.All(difference.Audiences.GroupBy(audience => audience.List),
            list => Assert.Equal(rows, string.Join('|', list.Select(audience => audience.Size))));
        Assert.Equal(2 * rows.Split('|').Length, difference.Audiences.Count);
        Assert.All(difference.Audiences.Where(audience => audience.Before < audience.After), grown => Assert.Equal((grown.After!.Value - grown.Before!.Value, 0L), (grown.Gained, grown.Lost)));
        Assert.DoesNotContain(difference.Attention, list => list.Reason.Contains("of its members", StringComparison.Ordinal));
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

    private static IEnumerable<(string, string?, string)> KeysOf(VersionDifference difference, Func<AudienceDifference, string?> sizeOf) =>
        difference.Audiences.Where(audience => sizeOf(audience) is not null)
            .Select(audience => (audience.List, audience.Country, sizeOf(audience)!)).Order();

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
