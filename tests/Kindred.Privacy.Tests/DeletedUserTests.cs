using Kindred.Pipeline.Store;

namespace Kindred.Privacy.Tests;

/// <summary>Tests that deleted users leave no trace.</summary>
public sealed class DeletedUserTests(Town town)
{
    [Fact]
    public void An_owner_cannot_see_that_a_user_was_deleted()
    {
        using var platform = new Platform(town, "sizes: [200]");
        platform.Run(town.ListsOf("bob"));
        var list = town.OfBob[1];
        var audience = platform.Audience("bob", list);

        // The last member's id is part of the threshold.
        var last = audience[^1].User;
        Assert.Contains(RunVersion.Read(RunStore.Open(platform.Store), 1).Units, unit => unit.Targets[0].Sizes[0].LastUserId == last);
        var before = platform.Seen("bob");
        Invocation.Good("forget", last, "--store", platform.Store);
        var after = platform.Seen("bob");
        Assert.Equal((before["page"], before["json"]), (after["page"], after["json"]));
        Assert.Equal(audience.Where(member => member.User != last).Select(member => member.User),
            platform.Audience("bob", list).Select(member => member.User));
        Assert.DoesNotContain(after.Values, text => text.Contains(last, StringComparison.Ordinal));
        Assert.Empty(platform.FilesWith(last));

        // A look-up cannot distinguish the deleted user from an unknown one.
        var unknown = Invocation.Good("lookup", "nobody-at-all", "--store", platform.Store).Output;
        Assert.Equal(unknown.Replace("nobody-at-all", last, StringComparison.Ordinal),
            Invocation.Good("lookup", last, "--store", platform.Store).Output);
    }

    [Fact]
    public void After_the_next_run_an_owner_sees_a_deleted_user_as_if_never_active_nor_a_seed()
    {
        // A warm start would start from a model that was trained on the user.
        string[] settings = ["sizes: [200]", "warm_start: false"];
        var gone = town.Lists[town.OfBob[0]].First(town.Active.Contains);
        using Platform one = new(town, settings), other = new(town, settings);
        one.Run(town.ListsOf("bob"));
        Invocation.Good("forget", gone, "--store", one.Store);
        one.Run(town.ListsOf("bob"));
        Invocation.Good("forget", gone, "--store", other.Store);
        other.Run(town.ListsOf("bob"));
        var (seen, expected) = (one.Seen("bob", 2), other.Seen("bob"));
        Assert.Equal(expected["page"], seen["page"]);
        Assert.DoesNotContain(seen.Values, text => text.Contains(gone, StringComparison.Ordinal));
    }
}
