using System.Text;
using Kindred.Audiences;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Networks.Mlp;
using Kindred.Pipeline.Store;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Pipeline.Tests.Running;

public sealed class DailyRunTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("HU")]
    public void Publishes_the_thresholds_and_members_of_separate_training_and_selection(string? country)
    {
        using var run = new TestRun(settings: $"sizes: [2%, 40]\nbatch_lists: 4\npublish_lists: csv\nexclude: gone.csv{(country is null ? "" : $"\ncountries: {country}")}", lists: 0);
        Assert.Empty(run.Lists);
        using var made = new TestRun();
        run.Lists.AddRange(made.Lists);
        run.WriteSeeds();
        run.Write("gone.csv", "user_id\n" + string.Concat(run.Users.Where((_, i) => i % 10 == 3).Select(user => user.Id + "\n")));
        var version = run.Run().Version;

        using var population = PopulationSnapshot.Open(run.Population);
        SeedMatch[] all = [.. SeedListReader.Read([run.Seeds]).Select(list => SeedMatch.Of(list, population))];
        SeedMatch[] seeds = country is null ? all : [.. all.Select(list => list.InCountry(population, population.CountryNumber(country)!.Value))];
        var models = ModelTraining.TrainAll(new MlpMethod(), seeds, new SampleWeightOptions(), TrainingContext.For(population, country), 1);
        var audiences = Expansion.Run(
            population, [.. models.Select((model, i) => new ExpansionInput(all[i].List.Id, model.Scorer, all[i].Users))],
            [.. run.Users.Where((_, i) => i % 10 == 3).Select(user => population.Find(user.Utf8)!.Value)],
            new ExpansionOptions { Country = country, Sizes = [AudienceSize.Parse("2%"), AudienceSize.Parse("40")], Threads = 1 });
        Assert.Equal(audiences.Select(audience => audience.SeedListId), version.Units.Select(unit => unit.List));
        foreach (var (audience, unit) in audiences.Zip(version.Units))
        {
            var target = Assert.Single(unit.Targets);
            Assert.Equal((country, audience.Candidates), (target.Country, target.Candidates));
            Assert.Equal(audience.Thresholds.Select(size => (size.Size.ToString(), (long)size.Users, size.Score, size.LastUserId)),
                target.Sizes.Select(size => (size.Size, size.Users, size.Score, size.LastUserId)));
            var lines = File.ReadAllLines(Path.Combine(run.Open().VersionFolder(1), "lists", "-", $"{unit.List}{(country is null ? "" : "@" + country)}.csv"));
            Assert.Equal(audience.Members.Select(member => Encoding.UTF8.GetString(population.UserId(member.User))), lines.Skip(1).Select(line => line.Split(',')[0]));
        }

        // The test proves little without ties at thresholds.
        if (country is null) Assert.Contains(audiences, audience => audience.Members.Count(member => member.Score == audience.Thresholds[^1].Score) > 3);
    }

    [Fact]
    public void Bytes_do_not_depend_on_threads_and_audiences_do_not_depend_on_shards()
    {
        using var one = new TestRun(settings: "sizes: [2%, 40]\ncountries: [DE, RO]\nlearn_from: everybody\nbatch_lists: 4\npublish_lists: csv");
        using var two = new TestRun(settings: "sizes: [2%, 40]\ncountries: [DE, RO]\nlearn_from: everybody\nbatch_lists: 4\npublish_lists: csv");
        using var five = new TestRun(shards: 5, settings: "sizes: [2%, 40]\ncountries: [DE, RO]\nlearn_from: everybody\nbatch_lists: 3\npublish_lists: csv");
        var version = one.Run(threads: 1).Version;
        two.Run(threads: 3);
        AssertSameStore(one.Store, two.Store);
        var other = five.Run().Version;
        Assert.Equal(version.Audiences().Select(entry => entry.Audience), other.Audiences().Select(entry => entry.Audience));
        FolderContents.AssertSame(Path.Combine(one.Store, "versions", "000001", "lists"), Path.Combine(five.Store, "versions", "000001", "lists"));
    }

    [Fact]
    public void A_second_run_without_changes_changes_nothing()
    {
        using var run = new TestRun();
        Assert.True(run.Run().IsNew);
        var before = FolderContents.Of(run.Store);
        var again = run.Run();
        Assert.Equal((false, 0, 0, 0), (again.IsNew, again.Trained, again.Thresholded, again.TasksRun));
        Assert.Equal(before.Where(IsPublished), FolderContents.Of(run.Store).Where(IsPublished));
    }

    [Fact]
    public void One_changed_list_retrains_only_its_own_model_with_a_warm_start()
    {
        using var run = new TestRun();
        var first = run.Run().Version;
        run.Lists[2] = (run.Lists[2].Id, run.Lists[2].Seeds[5..]);
        run.WriteSeeds();
        var second = run.Run();
        Assert.Equal((true, 1, 1, 1), (second.IsNew, second.Trained, second.WarmStarted, second.Thresholded));
        for (var i = 0; i < first.Units.Count; i++)
        {
            var (before, after) = (first.Units[i], second.Version.Units[i]);
            if (i == 2) Assert.NotEqual(before.Model, after.Model);
            else Assert.Equal((before.Model, before.Members, before.ThresholdKey), (after.Model, after.Members, after.ThresholdKey));
        }
    }

    [Fact]
    public void A_change_of_sizes_recomputes_thresholds_without_training()
    {
        using var run = new TestRun();
        run.Run();
        run.Settings("sizes: [3%]\nbatch_lists: 4");
        var again = run.Run();
        Assert.Equal((0, run.Lists.Count), (again.Trained, again.Thresholded));
        Assert.All(again.Version.Units, unit => Assert.Equal("3%", Assert.Single(Assert.Single(unit.Targets).Sizes).Size));
    }

    [Fact]
    public void A_stopped_run_resumes_to_the_same_bytes()
    {
        using var uninterrupted = new TestRun();
        uninterrupted.Run();
        for (var stop = 0; stop < 12; stop++)
        {
            using var run = new TestRun();
            using var cancellation = new CancellationTokenSource();
            var output = Path.Combine(run.Store, "objects");

            // Stop as soon as this many outputs exist.
            var minimumOutputs = stop;
            var watch = new Thread(() =>
            {
                while (!cancellation.IsCancellationRequested)
                {
                    if (Directory.Exists(output) && Directory.EnumerateDirectories(output).Count() > minimumOutputs) cancellation.Cancel();
                    Thread.Yield();
                }
            });
            watch.Start();
            var stopped = Record.Exception(() => run.Run(cancellation: cancellation.Token));
            cancellation.Cancel();
            watch.Join();
            Assert.True(stopped is null or OperationCanceledException, stopped?.ToString());
            run.Run(threads: 1);
            AssertSameStore(uninterrupted.Store, run.Store);
        }
    }

    [Fact]
    public void A_list_that_cannot_be_trained_on_is_rejected_with_the_reason_and_blocks_no_other()
    {
        using var run = new TestRun(settings: "sizes: [2%]\nlists:\n  l03: { countries: [DE, XX] }\n  l04: { sizes: [99%] }\n  l05: { sizes: [3, 2%] }");
        run.Lists.Add(("tiny", [.. run.Users.Take(7).Select(user => user.Id)]));
        run.Lists.Add(("unknown", [.. Enumerable.Range(0, 90).Select(i => $"stranger-{i}")]));
        run.WriteSeeds();
        var version = run.Run().Version;
        var reasons = version.Units.ToDictionary(unit => (unit.List, unit.TrainingCountry ?? ""), unit => unit.Rejected ?? unit.Targets.Select(target => target.Rejected ?? target.Withheld).FirstOrDefault(reason => reason is not null));
        Assert.Contains("7 users, of which 7 are in the population; at least 25 are needed", reasons[("tiny", "")]!, StringComparison.Ordinal);
        Assert.Contains("90 users, of which 0 are in the population", reasons[("unknown", "")]!, StringComparison.Ordinal);
        Assert.Contains("Country 'XX' is not in the population", reasons[("l03", "XX")]!, StringComparison.Ordinal);
        Assert.Null(reasons[("l03", "DE")]);
        Assert.Contains("size 99% is", reasons[("l04", "")]!, StringComparison.Ordinal);
        Assert.Contains("an audience needs at least 5", reasons[("l05", "")]!, StringComparison.Ordinal);
        Assert.Equal(5, version.Audiences().Count());

        // A repeated run does nothing for lists that still cannot be trained.
        Assert.Equal((false, 0), (run.Run() is var again ? again.IsNew : true, again.TasksRun));
    }

    [Fact]
    public void A_list_that_is_not_due_keeps_its_model_and_thresholds_for_todays_users()
    {
        using var run = new TestRun(settings: "sizes: [2%]\nlists:\n  l01: { schedule: mon }\n  l02: { schedule: paused }");
        var first = run.Run(day: "2026-11-25").Version;
        Assert.Equal(["l02"], first.Paused);
        Assert.DoesNotContain(first.Units, unit => unit.List == "l02");
        run.WritePopulation([.. TestRun.MakeUsers(1_300, 7)], 2);
        var tuesday = run.Run(day: "2026-12-01");
        var kept = tuesday.Version.Units.Single(unit => unit.List == "l01");
        Assert.True(kept.NotDue);
        Assert.Equal(first.Units.Single(unit => unit.List == "l01").Targets[0].Sizes, kept.Targets[0].Sizes);
        Assert.Equal(4, tuesday.Trained);
        Assert.Equal(4, tuesday.WarmStarted);

        // With its old model and threshold, applied to today's users.
        using var published = Kindred.Pipeline.Serving.PublishedVersion.Open(run.Open(), 2, atRequest: true);
        var number = published.Audiences.ToList().FindIndex(audience => audience.SeedListId == "l01");
        var members = 0;
        foreach (var user in run.Users)
        {
            var (found, asked) = (new int[published.Index.MostAudiences], new int[1]);
            var count = published.Index.Find(user.Utf8, found);
            var isIn = published.FindAtRequest(user.Utf8, user.Country, user.Embedding, user.Activity, [number], asked) == 1;
            Assert.Equal(isIn, found.AsSpan(0, count).Contains(number));
            members += isIn ? 1 : 0;
        }

        Assert.InRange(members, 1, 100);
        Assert.False(run.Run(day: "2026-11-30").Version.Units.Single(unit => unit.List == "l01").NotDue);
    }

    [Fact]
    public void A_list_that_is_not_due_without_its_country_is_refused_by_name_and_blocks_no_other()
    {
        using var run = new TestRun(settings: "sizes: [5%]\nlists:\n  l01: { schedule: mon, countries: [HU] }");
        run.Run();
        run.WritePopulation([.. run.Users.Where(user => user.Country != "HU")], 2);
        var version = run.Run(day: "2026-12-01").Version;
        Assert.Contains("Country 'HU' is not in the population", version.Units.Single(unit => unit.List == "l01").Rejected!, StringComparison.Ordinal);
        Assert.Equal(5, version.Audiences().Count());
    }

    [Fact]
    public void Sampled_sizes_that_may_be_below_the_minimum_audience_are_withheld()
    {
        using var run = new TestRun(users: 6_000, settings: "sizes: [10, 20%]\nsizing: sampled\nsample_users: 1000");
        Assert.All(run.Run().Version.Units, unit =>
        {
            var target = Assert.Single(unit.Targets);
            Assert.Equal("20%", Assert.Single(target.Sizes).Size);
            Assert.Contains("size 10 may have only", target.Withheld!, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Sampled_sizes_have_intervals_that_contain_the_published_size()
    {
        using var run = new TestRun(users: 6_000, settings: "sizes: [2%, 10%]\nsizing: sampled\nsample_users: 1500\nconfidence: 0.999\npublish_lists: csv");
        var version = run.Run().Version;
        foreach (var unit in version.Units)
        {
            var lines = File.ReadAllLines(Path.Combine(run.Open().VersionFolder(1), "lists", "-", $"{unit.List}.csv")).Length - 1;
            var largest = unit.Targets[0].Sizes[^1];
            Assert.InRange(lines, largest.Low!.Value, largest.High!.Value);
            Assert.All(unit.Targets[0].Sizes, size => Assert.InRange(size.Users, size.Low!.Value, size.High!.Value));
            Assert.InRange(largest.High.Value - largest.Low.Value, 50, 600);
        }
    }

    [Fact]
    public void The_requested_number_of_versions_and_the_current_one_are_kept_and_unused_files_are_deleted()
    {
        using var run = new TestRun(settings: "sizes: [2%]\nkeep: 2");
        for (var day = 0; day < 4; day++)
        {
            run.Lists[0] = (run.Lists[0].Id, run.Lists[0].Seeds[1..]);
            run.WriteSeeds();
            run.Run();
        }

        var store = run.Open();
        Assert.Equal([3, 4], store.Versions());
        var needed = store.Versions().SelectMany(number => RunVersion.Read(store, number).Objects(withMembers: number == 4)).ToHashSet();
        Assert.Subset(needed, store.Objects.Names().Where(name => !name.StartsWith("seeds-", StringComparison.Ordinal)).ToHashSet());
        Assert.All(needed, name => Assert.True(store.Objects.Exists(name), name));

        Kindred.Pipeline.Running.VersionSwitch.To(store, 3, "somebody", null, TimeProvider.System);
        Kindred.Pipeline.Running.VersionSwitch.Lift(store, out _);
        run.Lists[0] = (run.Lists[0].Id, run.Lists[0].Seeds[1..]);
        run.WriteSeeds();
        Assert.Equal((5, 3), (run.Run().Version is var next ? next.Number : 0, next.Previous));
        Assert.Equal([4, 5], store.Versions());
    }

    [Fact]
    public void Two_concurrent_runs_into_one_store_are_refused()
    {
        using var run = new TestRun();
        run.Run();
        using (run.Open().Lock())
        {
            var error = Assert.Throws<KindredException>(() => run.Run());
            Assert.Equal(ErrorKind.Busy, error.Kind);
            Assert.Contains("is being changed by another run", error.Message, StringComparison.Ordinal);
        }

        Assert.False(run.Run().IsNew);
    }

    /// <summary>All files except records, which contain times.</summary>
    internal static void AssertSameStore(string expected, string actual) =>
        Assert.Equal(FolderContents.Of(expected).Where(IsPublished), FolderContents.Of(actual).Where(IsPublished));

    private static bool IsPublished(KeyValuePair<string, string> entry) => entry.Key is not ("log.jsonl" or "exports.jsonl" or "LOCK");
}
