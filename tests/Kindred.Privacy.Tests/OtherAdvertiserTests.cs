namespace Kindred.Privacy.Tests;

/// <summary>Another advertiser, who uploads lists of his own and sees all that he may see.</summary>
public sealed class OtherAdvertiserTests(Town town)
{
    private static readonly string[] _twoLists = ["sizes: [1%, 5%]"];

    [Theory]
    [InlineData("sizing: exact", "method: mlp")]
    [InlineData("sizing: exact", "method: foldin")]
    [InlineData("sizing: sampled", "method: linear")]
    public void Nothing_that_he_sees_depends_on_lists_of_others(string sizing, string method)
    {
        string[] settings = [.. _twoLists, sizing, method, .. sizing.Contains("sampled", StringComparison.Ordinal) ? ["sample_users: 2000"] : Array.Empty<string>()];
        using Platform without = new(town, settings), with = new(town, settings), changed = new(town, settings);
        without.Run(town.ListsOf("bob"));
        with.Run(town.ListsOf("ann").Concat(town.ListsOf("bob")));

        // Ann's lists hold bob's seeds now, and are so many that they share his batches.
        var strange = Enumerable.Range(0, 5).Select(i => ("ann", $"advertiser-0{i + 1}x", (IReadOnlyList<string>)[.. town.Lists[town.OfBob[i % 3]].Skip(i)]));
        changed.Run(town.ListsOf("bob").Concat(strange));

        var seen = without.Seen("bob");
        Assert.Equal(2 + 2 * town.OfBob.Count, seen.Count);
        Assert.All([with, changed], platform =>
        {
            var other = platform.Seen("bob");
            Assert.Equal(seen.Keys, other.Keys);
            Assert.All(seen, thing => Assert.True(thing.Value == other[thing.Key], $"'{thing.Key}' is another."));
        });
        Assert.NotEqual(with.Show("ann", "--output", "json"), changed.Show("ann", "--output", "json"));
    }

    [Fact]
    public void A_change_of_anothers_list_shows_him_a_new_number_and_nothing_else()
    {
        using var platform = new Platform(town, _twoLists);
        platform.Run(town.ListsOf("ann").Concat(town.ListsOf("bob")));
        platform.Run(town.ListsOf("ann").Select(list => list with { Users = [.. list.Users.Skip(30)] }).Concat(town.ListsOf("bob")));
        Assert.Equal(platform.Seen("bob"), platform.Seen("bob", 2));
        Assert.NotEqual(platform.Seen("ann"), platform.Seen("ann", 2));

        var difference = Invocation.Good("diff", "1", "2", "--store", platform.Store, "--owner", "bob", "--output", "json").Json;
        Assert.Equal(town.OfBob.Count * 2, difference["audiences"]!.AsArray().Count);
        Assert.All(difference["audiences"]!.AsArray(), audience => Assert.Equal(("<10", "<10"), ((string)audience!["gained"]!, (string)audience["lost"]!)));
        Assert.Empty(difference["attention"]!.AsArray());
    }

    [Fact]
    public void He_sees_no_name_of_anothers_list_and_is_refused_what_is_not_his()
    {
        using var platform = new Platform(town, _twoLists);
        platform.Run(town.ListsOf("ann").Concat(town.ListsOf("bob")));
        var all = string.Concat(platform.Seen("bob").Values) + Invocation.Good("diff", "1", "1", "--store", platform.Store, "--owner", "bob").Output;
        Assert.All(town.OfAnn, list => Assert.DoesNotContain(list, all, StringComparison.Ordinal));
        Assert.Equal(Cli.Shell.ExitCode.BadInput, Invocation.Of("runs", "show", "--store", platform.Store, "--owner", "bob", "--list", town.OfAnn[0]).Code);
        Assert.Equal(Cli.Shell.ExitCode.BadInput, Invocation.Of("diff", "1", "1", "--store", platform.Store, "--owner", "eve").Code);
    }

    [Fact]
    public void A_list_that_changes_hands_does_not_show_its_new_owner_the_old_ones_audience()
    {
        using var platform = new Platform(town, _twoLists);
        platform.Run(town.ListsOf("ann").Concat(town.ListsOf("bob")));
        platform.Run(town.ListsOf("ann").Select((list, i) => i == 0 ? list with { Owner = "bob" } : list).Concat(town.ListsOf("bob")));
        Assert.DoesNotContain(town.OfAnn[0], Invocation.Good("diff", "1", "2", "--store", platform.Store, "--owner", "bob").Output, StringComparison.Ordinal);
    }
}
