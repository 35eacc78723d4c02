using System.Globalization;
using System.Text.RegularExpressions;
using Kindred.Pipeline.Running;
using Kindred.Pipeline.Settings;

namespace Kindred.Pipeline.Tests.Planning;

/// <summary>Lists that cannot be used, and more lists than one owner should have.</summary>
public sealed class ManyListsTests
{
    [Fact]
    public void Lists_with_too_few_seeds_are_rejected_by_the_plan_and_cost_no_task()
    {
        using var without = new TestRun();
        using var run = new TestRun();
        for (var i = 0; i < 300; i++) run.Lists.Add(($"m{i:D3}", [run.Users[i].Id]));
        run.Lists.Add(("n0", [.. Enumerable.Range(0, 90).Select(i => $"stranger-{i}")]));
        run.WriteSeeds();
        var (expected, made) = (without.Run(), run.Run());
        Assert.Equal((expected.Tasks, expected.Trained, expected.Thresholded), (made.Tasks, made.Trained, made.Thresholded));
        Assert.Equal(expected.Version.Audiences().Select(entry => entry.Audience), made.Version.Audiences().Select(entry => entry.Audience));
        Assert.All(made.Version.Units.Skip(6).SkipLast(1), unit => Assert.Equal(
            (1, 1, 1, "1 users, of which 1 are in the population; at least 25 are needed. Give it more users, or lower 'minimum_seeds'."),
            (unit.Given, unit.Matched, unit.Seeds, unit.Rejected)));
        Assert.Equal((90, 0, "90 users, of which 0 are in the population; at least 25 are needed. Check that its ids are written as the population's user_id, or give it more users."),
            (made.Version.Units[^1].Given, made.Version.Units[^1].Matched, made.Version.Units[^1].Rejected));
        Assert.False(run.Run().IsNew);

        // With more users it is trained.
        run.Lists[6] = (run.Lists[6].Id, [.. run.Users.Take(40).Select(user => user.Id)]);
        run.WriteSeeds();
        var grown = run.Run();
        Assert.Equal((true, 1), (grown.IsNew, grown.Trained));
        Assert.Null(grown.Version.Units[6].Rejected);
    }

    [Fact]
    public void Seeds_of_the_country_that_a_model_is_trained_on_are_counted()
    {
        using var run = new TestRun(settings: "sizes: [40]\nlists:\n  m0: { countries: [DE, HU] }");
        run.Lists.Add(("m0", [.. run.Users.Where(user => user.Country == "DE").Take(30).Concat(run.Users.Where(user => user.Country == "HU").Take(8)).Select(user => user.Id)]));
        run.WriteSeeds();
        var made = run.Run();
        Assert.Equal(7, made.Trained);
        Assert.Equal([null, "38 users, of which 38 are in the population and 8 in HU; at least 25 are needed. Give it more users, or lower 'minimum_seeds'."],
            made.Version.Units.Where(unit => unit.List == "m0").Select(unit => unit.Rejected));
    }

    [Fact]
    public void A_run_states_the_memory_and_disk_of_its_lists()
    {
        using var few = new TestRun();
        using var many = new TestRun();
        for (var i = 0; i < 20_000; i++) many.Lists.Add(($"m{i:D5}", [many.Users[i % 1000].Id]));
        many.WriteSeeds();
        var (before, after) = (Stated(few), Stated(many));
        Assert.InRange(after.Memory - before.Memory, 20, 40);
        Assert.InRange(after.Disk - before.Disk, 30, 50);
    }

    [Theory]
    [InlineData("owner: acme", "Owner 'acme' has 6 seed lists, but lists of one owner may be at most 5. Nothing was started.")]
    [InlineData("", "6 seed lists have no owner, but lists without an owner may be at most 5. Nothing was started.")]
    public void More_lists_than_one_owner_may_have_are_refused_before_work(string settings, string says)
    {
        using var run = new TestRun(settings: $"max_lists_per_owner: 5\n{settings}");
        var error = Assert.Throws<KindredException>(() => run.Run());
        Assert.Equal((ErrorKind.BadInput, "too_many_lists"), (error.Kind, error.Code));
        Assert.StartsWith(says, error.Message, StringComparison.Ordinal);
        Assert.Equal((6, 5), (error.Values["lists"], error.Values["maximum"]));
        Assert.Empty(run.Open().Versions());
        Assert.DoesNotContain(run.Open().Objects.Names(), name => name.StartsWith("models-", StringComparison.Ordinal));
    }

    [Fact]
    public void Paused_lists_and_lists_of_other_owners_do_not_count()
    {
        using var run = new TestRun(settings: "sizes: [40]\nmax_lists_per_owner: 2\nlists:\n  l00: { owner: acme }\n  l01: { owner: acme }\n  l02: { owner: other }\n  l03: { schedule: paused }");
        Assert.Equal(5, run.Run().Trained);
        run.Settings("sizes: [40]\nmax_lists_per_owner: 1\nlists:\n  l00: { owner: acme }\n  l01: { owner: acme }\n  l02: { owner: other }\n  l03: { schedule: paused }");
        Assert.StartsWith("2 seed lists have no owner", Assert.Throws<KindredException>(() => run.Run()).Message, StringComparison.Ordinal);
    }

    private static (double Memory, double Disk) Stated(TestRun run)
    {
        var notes = new Notes();
        new DailyRun(SettingsReader.Read(run.SettingsFile), 2, TimeProvider.System, notes)
            .PlanOnly(new DateOnly(2026, 11, 25), TestContext.Current.CancellationToken);
        var stated = Regex.Match(notes.Texts.Single(note => note.Contains("tasks need up to", StringComparison.Ordinal)), "up to ([0-9,]+) MB of memory.* about ([0-9,]+) MB of disk");
        return (Number(1), Number(2));

        double Number(int group) => double.Parse(stated.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }
}
