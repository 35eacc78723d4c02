using Kindred.Pipeline.Forgetting;
using Kindred.Pipeline.Serving;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Tests.Serving;

/// <summary>Compares exported lists, the index and request-time membership with each other.</summary>
public sealed class LookupTests
{
    private const string Settings = """
        sizes: [2%, 40, 10%]
        batch_lists: 3
        publish_lists: csv
        exclude: gone.csv
        lists:
          l01: { countries: [DE, HU] }
          l02: { countries: [DE, RO], learn_from: everybody, include_seeds: true }
          l03: { exclude: [more.csv], countries: [HU] }
        """;

    [Fact]
    public void A_version_that_is_deleted_while_it_is_opened_is_not_damaged_and_the_next_one_is_opened()
    {
        using var run = new TestRun(settings: "sizes: [40]\nkeep: 1");
        run.Run();
        var opened = new List<int>();
        using var published = new PublishedStore(run.Store, atRequest: true, number =>
        {
            opened.Add(number);
            if (opened.Count > 2) return;
            run.Lists[opened.Count] = (run.Lists[opened.Count].Id, run.Lists[opened.Count].Seeds[5..]);
            run.WriteSeeds();
            run.Run();
            Assert.False(Directory.Exists(run.Open().VersionFolder(number)));
        });
        Assert.Equal([1, 2, 3], opened);
        using var lease = published.Acquire();
        Assert.Equal(3, lease.Value.Version.Number);
    }

    [Fact]
    public void A_version_that_is_damaged_and_still_current_is_reported_after_one_reading()
    {
        using var run = new TestRun(settings: "sizes: [40]\nkeep: 1");
        run.Run();
        var store = run.Open();
        File.Delete(Path.Combine(store.Objects.PathOf(OutputNames.OfShard(RunVersion.Read(store, 1).Index!, 1)), "lists.npy"));
        var opened = 0;
        var error = Assert.Throws<KindredException>(() => new PublishedStore(run.Store, false, _ => opened++));
        Assert.Equal((ErrorKind.Corrupt, 1), (error.Kind, opened));
        Assert.Contains("lists.npy is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_current_version_that_is_rewritten_or_deleted_while_it_is_read_is_read_again_and_other_errors_are_not()
    {
        using var run = new TestRun(settings: "sizes: [40]\nkeep: 1");
        var first = run.Run().Version;
        var store = run.Open();
        var readings = 0;
        var read = store.Read(() =>
        {
            var version = RunVersion.Read(store, store.Current!.Value);
            if (readings++ == 0) UserDeletion.Run(store, [run.Users[0].Id], [], "test", TimeProvider.System, TestContext.Current.CancellationToken);
            for (var shard = 0; shard < version.Shards; shard++) store.Objects.Require(OutputNames.OfShard(version.Index!, shard));
            return version;
        });
        Assert.Equal((2, 1), (readings, read.Number));
        Assert.NotEqual(first.Index, read.Index);
        var refused = Assert.Throws<KindredException>(() => store.Read<int>(() => throw new KindredException(ErrorKind.Corrupt, "test", $"{readings++}", "")));
        Assert.Equal(("2", 3), (refused.Message.Trim(), readings));
    }

    [Fact]
    public void Exported_lists_the_index_and_request_time_membership_agree_on_every_user()
    {
        using var run = Prepared(shards: 3);
        run.Run();
        var store = run.Open();
        using var published = PublishedVersion.Open(store, 1, atRequest: true);
        var lists = ExportedMembers(store, published);
        int[] all = [.. Enumerable.Range(0, published.Audiences.Count)];
        var (ties, inactive) = (0, 0);
        foreach (var user in run.Users)
        {
            var byIndex = Index(published, user);
            var byRequest = AtRequest(published, user, all);
            Assert.Equal(byRequest, byIndex);

            // Lists hold only active users, as requested. Look-ups answer for inactive users too.
            int[] exported = [.. all.Where(audience => lists[audience].Contains(user.Id))];
            if (user.Active) Assert.Equal(exported, byIndex);
            else Assert.Empty(exported);
            if (!user.Active) inactive += byIndex.Length;
            ties += exported.Count(audience => published.Audiences[audience].LastUserId == user.Id);
        }

        Assert.True(inactive > 10);
        Assert.Equal(published.Audiences.Count, ties);
        Assert.Equal(-1, published.Index.Find("nobody"u8, new int[published.Index.MostAudiences]));
        Assert.All(published.Audiences.Zip(lists), audience => Assert.Equal(audience.First.Users, audience.Second.Count));
    }

    [Fact]
    public void A_new_user_has_the_same_memberships_at_request_time_as_within_the_population()
    {
        using var run = Prepared(shards: 2);
        run.Run();
        var newcomers = TestRun.MakeUsers(1_260, 99)[1_200..];
        using var before = PublishedVersion.Open(run.Open(), 1, atRequest: true);
        int[] all = [.. Enumerable.Range(0, before.Audiences.Count)];
        var expected = newcomers.ToDictionary(user => user.Id, user => AtRequest(before, user, all));
        Assert.Contains(expected.Values, audiences => audiences.Length > 2);

        // The next day's population contains them. No list is due, so models and thresholds are the same.
        run.WritePopulation([.. run.Users, .. newcomers], 2);
        run.Settings(Settings + "\nschedule: mon");
        run.Run(day: "2026-11-26");
        using var after = PublishedVersion.Open(run.Open(), 2);
        Assert.Equal(before.Audiences, after.Audiences);
        foreach (var user in newcomers) Assert.Equal(expected[user.Id], Index(after, user));
    }

    [Fact]
    public void A_new_user_excluded_by_id_is_not_a_member_at_request_time()
    {
        using var run = Prepared(shards: 1);
        run.Write("gone.csv", "user_id\nnewcomer\n");
        run.Run();
        using var published = PublishedVersion.Open(run.Open(), 1, atRequest: true);
        int[] all = [.. Enumerable.Range(0, published.Audiences.Count)];
        var alike = run.Users.First(user => AtRequest(published, user, all).Length > 3);
        Assert.NotEmpty(AtRequest(published, alike with { Id = "aaa" }, all));
        Assert.Empty(AtRequest(published, alike with { Id = "newcomer" }, all));
    }

    [Fact]
    public void Every_answer_comes_from_a_single_version_while_versions_switch_under_load()
    {
        using var run = Prepared(shards: 2);
        run.Run();
        run.Settings("sizes: [3%]\nexclude: gone.csv");
        run.Run();
        var store = run.Open();
        var expected = new Dictionary<int, int[][]>();
        foreach (var number in new[] { 1, 2 })
        {
            using var version = PublishedVersion.Open(store, number);
            expected[number] = [.. run.Users.Select(user => Index(version, user))];
        }

        using var served = new PublishedStore(run.Store);
        using var stop = new CancellationTokenSource();
        var (wrong, asked, seen) = (0, 0L, new int[3]);
        var readers = Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i = (i + 1) % run.Users.Length)
            {
                using var lease = served.Acquire();
                var number = lease.Value.Version.Number;
                if (!Index(lease.Value, run.Users[i]).SequenceEqual(expected[number][i])) Interlocked.Increment(ref wrong);
                Interlocked.Increment(ref asked);
                Volatile.Write(ref seen[number], 1);
            }
        })).ToArray();
        foreach (var reader in readers) reader.Start();
        for (var times = 0; times < 60; times++)
        {
            Kindred.Pipeline.Running.VersionSwitch.To(store, 1 + times % 2, "somebody", null, TimeProvider.System);
            served.Refresh();
        }

        stop.Cancel();
        foreach (var reader in readers) reader.Join();
        Assert.Equal(0, wrong);
        Assert.True(asked > 1_000);
        Assert.Equal((1, 1), (seen[1], seen[2]));
    }

    private static TestRun Prepared(int shards)
    {
        var run = new TestRun(shards: shards, settings: Settings);
        run.Write("gone.csv", "user_id\n" + string.Concat(run.Users.Where((_, i) => i % 9 == 2).Select(user => user.Id + "\n")));
        run.Write("more.csv", "user_id\n" + string.Concat(run.Users.Where((_, i) => i % 5 == 1).Select(user => user.Id + "\n")));
        return run;
    }

    /// <summary>The users of each audience's list: the first users in the file of the largest size.</summary>
    private static List<HashSet<string>> ExportedMembers(RunStore store, PublishedVersion published) =>
    [
        .. published.Audiences.Select(audience => File.ReadLines(Path.Combine(store.VersionFolder(1), "lists", "-", $"{audience.SeedListId}{(audience.Country is null ? "" : "@" + audience.Country)}.csv"))
            .Skip(1).Take((int)audience.Users).Select(line => line.Split(',')[0]).ToHashSet()),
    ];

    private static int[] Index(PublishedVersion published, TestPerson user)
    {
        var audiences = new int[published.Index.MostAudiences];
        return audiences[..Math.Max(0, published.Index.Find(user.Utf8, audiences))];
    }

    private static int[] AtRequest(PublishedVersion published, TestPerson user, int[] candidates)
    {
        var members = new int[candidates.Length];
        return members[..published.FindAtRequest(user.Utf8, user.Country, user.Embedding, user.Activity, candidates, members)];
    }
}
