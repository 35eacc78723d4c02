namespace Kindred.Privacy.Tests;

/// <summary>Tests what an advertiser, who uploads seed lists, can learn about other advertisers.</summary>
public sealed class OtherAdvertiserTests(Town town)
{
    private static readonly string[] _twoLists = ["sizes: [1%, 5%]"];

    [Theory]
    [InlineData("sizing: exact", "method: mlp")]
    [InlineData("sizing: exact", "method: foldin")]
    [InlineData("sizing: sampled", "method: linear")]
    public void An_advertiser_sees_nothing_that_depends_on_lists_of_others(string sizing, string method)
    {
        string[] settings = [.. _twoLists, sizing, method,
            .. sizing.Contains("sampled", StringComparison.Ordinal) ? ["sample_users: 2000"] : Array.Empty<string>()];
        using Platform without = new(town, settings), with = new(town, settings), changed = new(town, settings);
        without.Run(town.ListsOf("bob"));
        with.Run(town.ListsOf("ann").Concat(town.ListsOf("bob")));

        // Ann's lists now hold bob's seeds, and are numerous enough to share batches with bob's lists.
        var annsLists = Enumerable.Range(0, 5)
            .Select(i => ("ann", $"advertiser-0{i + 1}x", (IReadOnlyList<string>)[.. town.Lists[town.OfBob[i % 3]].Skip(i)]));
        changed.Run(town.ListsOf("bob").Concat(annsLists));

        var seen = without.Seen("bob");
        Assert.Equal(2 + 2 * town.OfBob.Count, seen.Count);
        Assert.All([with, changed], platform =>
        {
            var other = platform.Seen("bob");
            Assert.Equal(seen.Keys, other.Keys);
            Assert.All(seen, thing => Assert.True(thing.Value == other[thing.Key], $"'{thing.Key}' differs."));
        });
        Assert.NotEqual(with.Show("ann", "--output", "json"), changed.Show("ann", "--output", "json"));
    }

    [Fact]
    public void A_change_of_another_advertisers_list_changes_only_the_version_number()
    {
        using var platform = new Platform(town, _twoLists);
        platform.Run(town.ListsOf("ann").Concat(town.ListsOf("bob")));
        platform.Run(town.ListsOf("ann").Select(list => list with { Users = [.. list.Users.Skip(30)] }).Concat(town.ListsOf("bob")));
        Assert.Equal(platform.Seen("bob"), platform.Seen("bob", 2));
        Assert.NotEqual(platform.Seen("ann"), platform.Seen("ann", 2));

        var difference = Invocation.Good("diff", "1", "2", "--store", platform.Store, "--owner", "bob", "--output", "json").Json;
        Assert.Equal(town.OfBob.Count * 2, difference["audiences"]!.AsArray().Count);
        Assert.All(difference["audiences"]!.AsArray(),
            audience => Assert.Equal(("<10", "<10"), ((string)audience!["gained"]!, (string)audience["lost"]!)));
        Assert.Empty(difference["attention"]!.AsArray());
    }

    [Fact]
    public void An_advertiser_sees_no_names_of_others_lists_and_cannot_ask_for_them()
    {
        using var platform = new Platform(town, _twoLists);
        platform.Run(town.ListsOf("ann").Concat(town.ListsOf("bob")));
        var all = string.Concat(platform.Seen("bob").Values)
            + Invocation.Good("diff", "1", "1", "--store", platform.Store, "--owner", "bob").Output;
        Assert.All(town.OfAnn, list => Assert.DoesNotContain(list, all, StringComparison.Ordinal));
        Assert.Equal(Cli.Shell.ExitCode.BadInput,
            Invocation.Of("runs", "show", "--store", platform.Store, "--owner", "bob", "--list", town.OfAnn[0]).Code);
        Assert.Equal(Cli.Shell.ExitCode.BadInput, Invocation.Of("diff", "1", "1", "--store", platform.Store, "--owner", "eve").Code);
    }

    [Fact]
    public void The_new_owner_of_a_list_does_not_see_the_previous_owners_audience()
    {
        using var platform = new Platform(town, _twoLists);
        platform.Run(town.ListsOf("ann").Concat(town.ListsOf("bob")));
        platform.Run(town.ListsOf("ann").Select((list, i) => i == 0 ? list with { Owner = "bob" } : list).Concat(town.ListsOf("bob")));
        Assert.DoesNotContain(town.OfAnn[0], Invocation.Good("diff", "1", "2", "--store", platform.Store, "--owner", "bob").Output,
            StringComparison.Ordinal);
    }
}
