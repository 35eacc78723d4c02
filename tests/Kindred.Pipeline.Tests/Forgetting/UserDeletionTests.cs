using System.Text;
using Kindred.Data.Forgotten;
using Kindred.Pipeline.Forgetting;
using Kindred.Pipeline.Running;
using Kindred.Pipeline.Serving;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Tests.Forgetting;

public sealed class UserDeletionTests
{
    private const string Settings = "sizes: [2%, 40]\npublish_lists: csv\nexclude: gone.csv\nbatch_lists: 4";

    [Fact]
    public void Forgotten_users_are_in_no_byte_of_any_version_and_all_others_keep_their_place()
    {
        using var run = Prepared();
        var store = run.Open();
        var before = Audiences(store, run.Users);
        string[] gone = [.. Chosen(store, run)];
        var outcome = UserDeletion.Run(store, gone, [run.Population], "somebody", TimeProvider.System);
        Assert.Equal([1, 2], outcome.Versions);
        Assert.Equal((run.Population, (long)gone.Length - 1), Assert.Single(outcome.Folders));
        AssertNowhere(gone, store.Folder, run.Population);

        var after = Audiences(store, run.Users);
        foreach (var version in new[] { 1, 2 })
        {
            foreach (var user in run.Users)
            {
                if (gone.Contains(user.Id)) Assert.Null(after[version][user.Id]);
                else Assert.Equal(before[version][user.Id], after[version][user.Id]);
            }
        }

        // The record contains the time, the requester and the number of users but not their ids.
        var record = Assert.Single(File.ReadAllLines(store.ForgetLog));
        Assert.Contains("somebody", record, StringComparison.Ordinal);
        Assert.Contains("version 000002", record, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_a_roll_back_nor_an_older_population_and_seeds_restore_them()
    {
        using var run = Prepared();
        var store = run.Open();
        var users = run.Users;
        string[] gone = [.. Chosen(store, run)];
        UserDeletion.Run(store, gone, [run.Population], "somebody", TimeProvider.System);

        Kindred.Pipeline.Running.VersionSwitch.To(store, 1, "somebody", null, TimeProvider.System);
        Kindred.Pipeline.Running.VersionSwitch.Lift(store, out _);
        Assert.All(gone, user => Assert.Equal(-1, Find(store, 1, user)));

        // The old population is imported again, and the seed files still contain them.
        run.WritePopulation(users, 3);
        var next = run.Run().Version;
        Assert.All(gone, user => Assert.Equal(-1, Find(store, next.Number, user)));
        AssertNowhere(gone, store.Folder);
        Assert.True(next.Units.All(unit => unit.Rejected is null));
        using var published = PublishedVersion.Open(store, next.Number, atRequest: true);
        int[] all = [.. Enumerable.Range(0, published.Audiences.Count)];
        foreach (var user in users.Where(user => gone.Contains(user.Id)))
        {
            Assert.Equal(0, published.FindAtRequest(user.Utf8, user.Country, user.Embedding, user.Activity, all, new int[all.Length]));
        }
    }

    [Fact]
    public void The_next_training_equals_one_on_data_that_never_contained_them()
    {
        using var run = Prepared();
        string[] gone = [.. Chosen(run.Open(), run)];
        UserDeletion.Run(run.Open(), gone, [], "somebody", TimeProvider.System);
        run.Settings(Settings + "\nwarm_start: false");
        var forgotten = run.Run().Version;

        using var never = new TestRun(shards: 3, settings: Settings + "\nwarm_start: false");
        never.Write("gone.csv", "user_id\n" + string.Concat(never.Users.Where((_, i) => i % 9 == 2).Select(user => user.Id + "\n")));
        never.WritePopulation([.. never.Users.Where(user => !gone.Contains(user.Id))], 3);
        for (var i = 0; i < never.Lists.Count; i++) never.Lists[i] = (run.Lists[i].Id, [.. run.Lists[i].Seeds.Except(gone)]);
        never.WriteSeeds();
        Assert.Equal(never.Run().Version.Audiences().Select(entry => entry.Audience), forgotten.Audiences().Select(entry => entry.Audience));
    }

    [Fact]
    public void The_next_run_finishes_a_deletion_stopped_after_the_digests_and_look_ups_hide_the_users_meanwhile()
    {
        using var run = Prepared();
        var store = run.Open();
        string[] gone = [.. Chosen(store, run)];
        Tombstones.Empty.With(gone).Write(store.Forgotten);
        Assert.All(gone, user => Assert.Equal(-1, Find(store, 2, user)));
        run.Run();
        AssertNowhere(gone, store.Folder);
    }

    [Fact]
    public void A_deletion_stopped_before_its_work_is_pending_until_the_next_run_has_finished_it_everywhere()
    {
        using var run = Prepared();
        var store = run.Open();
        string[] gone = [.. Chosen(store, run)];
        var other = run["other"];
        CopyFolder(run.Population, other);

        // What a deletion records before it does anything.
        new PendingDeletion(DateTimeOffset.UnixEpoch, "somebody", gone.Length, [run.Population, other]).Write(store);
        Tombstones.Empty.With(gone).Write(store.Forgotten);
        var problems = string.Join('\n', StoreVerification.Run(run.Store).Sentences);
        Assert.Contains("forgetting.json: a permanent deletion was stopped", problems, StringComparison.Ordinal);
        Assert.Contains(run.Population + "/", problems, StringComparison.Ordinal);
        run.Run();
        Assert.False(File.Exists(store.PendingDeletion));
        AssertNowhere(gone, store.Folder, run.Population, other);
        Assert.Contains("somebody", Assert.Single(File.ReadAllLines(store.ForgetLog)), StringComparison.Ordinal);
        Assert.Empty(StoreVerification.Run(run.Store).Sentences);
    }

    [Fact]
    public void A_deletion_that_fails_is_an_error_says_where_and_stays_pending()
    {
        using var run = Prepared();
        var store = run.Open();
        string[] gone = [.. Chosen(store, run)];
        Directory.CreateDirectory(run["log"]);
        File.WriteAllText(run["log/rows.json"], "{ \"users\": [\"" + gone[0] + "\"] }");
        Kindred.Data.Folders.FolderManifest.Describe(run["log"], "kindred-simulation", 1, []).Write(run["log"]);
        var error = Assert.Throws<KindredException>(() => UserDeletion.Run(store, gone, [run["log"]], "somebody", TimeProvider.System));
        Assert.Equal(("users_still_there", run["log/rows.json"]), (error.Code, error.Values["file"]));
        Assert.True(File.Exists(store.PendingDeletion));
        Assert.False(File.Exists(store.ForgetLog));
        Assert.Equal("users_still_there", Assert.Throws<KindredException>(() => run.Run()).Code);
        Directory.Delete(run["log"], recursive: true);
        run.Run();
        Assert.False(File.Exists(store.PendingDeletion));
        AssertNowhere(gone, store.Folder, run.Population);
    }

    [Fact]
    public void A_strange_folder_is_refused_before_anything_is_deleted()
    {
        using var run = Prepared();
        var before = FolderContents.Of(run.Store);
        var error = Assert.Throws<KindredException>(() => UserDeletion.Run(run.Open(), ["u"], [run["nowhere"]], "somebody", TimeProvider.System));
        Assert.Equal("folder_not_deletable_from", error.Code);
        var after = FolderContents.Of(run.Store);
        Assert.Equal(before.Where(file => file.Key != "LOCK"), after.Where(file => file.Key != "LOCK"));
    }

    [Fact]
    public void A_temporary_folder_of_a_running_command_beside_a_folder_is_an_error_and_one_of_a_killed_command_is_deleted()
    {
        using var run = Prepared();
        var (store, gone) = (run.Open(), run.Lists[0].Seeds[4]);
        var left = run[".population.tmp-999999999-0123abcd"];
        CopyFolder(run.Population, left);
        using (var live = Kindred.Data.Folders.PendingFolder.Beside(run.Population))
        {
            var error = Assert.Throws<KindredException>(() => UserDeletion.Run(store, [gone], [], "somebody", TimeProvider.System));
            Assert.Equal(("users_in_temporary_files", live.Path), (error.Code, error.Values["path"]));
        }

        // A deletion that was killed leaves files inside a folder too.
        var world = run["world"];
        Directory.CreateDirectory(Path.Combine(world, ".users.csv.tmp-999999999-0123abcd"));
        File.WriteAllText(Path.Combine(world, ".users.csv.tmp-999999999-0123abcd", "users.csv"), $"user_id\n{gone}\n");
        Kindred.Data.Folders.FolderManifest.Describe(world, "kindred-world", 1, []).Write(world);
        UserDeletion.Run(store, [gone], [world], "somebody", TimeProvider.System);
        Assert.Equal(["manifest.json"], Directory.EnumerateFileSystemEntries(world, "*", new EnumerationOptions { AttributesToSkip = 0 }).Select(Path.GetFileName));
        Assert.False(Directory.Exists(left));
        Assert.Equal(run.Population, Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(run.Population)!, "*population*", new EnumerationOptions { AttributesToSkip = 0 })));
    }

    [Fact]
    public void Models_that_hold_the_users_embedding_are_deleted_and_trained_again()
    {
        using var run = new TestRun(settings: "sizes: [2%, 40]\nbatch_lists: 4\nmethod: nearest");
        var user = run.Users.First(user => user.Id == run.Lists[0].Seeds[4]);
        for (var i = 0; i < user.Embedding.Length; i++) user.Embedding[i] = 0.37f + (i * 0.11f);
        run.WritePopulation(run.Users, 2);
        run.Run();
        var length = MathF.Sqrt(user.Embedding.Sum(value => value * value));
        byte[] row = [.. user.Embedding.SelectMany(value => BitConverter.GetBytes(value / length))];
        var store = run.Open();
        var before = Audiences(store, run.Users)[1];
        Assert.NotEmpty(With(row));
        UserDeletion.Run(store, [user.Id], [], "somebody", TimeProvider.System);
        Assert.Empty(With(row));
        AssertNowhere([user.Id], store.Folder, run.Population);
        var units = RunVersion.Read(store, 1).Units;
        var lists = run.Lists.Where(list => list.Seeds.Contains(user.Id)).Select(list => list.Id).ToArray();
        Assert.All(units, unit => Assert.Equal(lists.Contains(unit.List), unit.Model is null));
        Assert.True(lists.Length < units.Count);

        // Look-ups of known users do not change.
        var after = Audiences(store, run.Users)[1];
        Assert.All(run.Users, known => Assert.Equal(known == user ? null : before[known.Id], after[known.Id]));
        Assert.All(run.Run().Version.Units, unit => Assert.NotNull(unit.Model));
        Assert.Empty(With(row));

        string[] With(byte[] bytes) => [.. Directory.EnumerateFiles(store.Folder, "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0)];
    }

    [Fact]
    public void A_list_of_an_advertiser_that_cannot_be_deleted_is_an_error()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can make a file undeletable.");
        using var run = Prepared();
        var store = run.Open();
        using var published = PublishedVersion.Open(store, 2);
        var user = run.Users.First(user => published.Index.Find(user.Utf8, new int[published.Index.MostAudiences]) > 0).Id;
        var list = Directory.EnumerateFiles(store.VersionFolder(2), "*.csv", SearchOption.AllDirectories)
            .First(file => File.ReadAllText(file).Contains(user, StringComparison.Ordinal));
        Assert.SkipUnless(Chattr("+i", list), "The file system has no immutable files.");
        try
        {
            Assert.Equal(ErrorKind.Output, Assert.Throws<KindredException>(() => UserDeletion.Run(store, [user], [], "somebody", TimeProvider.System)).Kind);
            Assert.True(File.Exists(store.PendingDeletion));
            Assert.Equal(ErrorKind.Output, Assert.Throws<KindredException>(() => run.Run()).Kind);
        }
        finally
        {
            foreach (var file in Directory.EnumerateFiles(store.Folder, "*.csv", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })) Chattr("-i", file);
        }

        run.Run();
        AssertNowhere([user], store.Folder);
        Assert.Empty(StoreVerification.Run(run.Store).Sentences);
    }

    [Fact]
    public void An_open_reader_sees_the_deletion_after_a_refresh()
    {
        using var run = Prepared();
        using var served = new PublishedStore(run.Store);
        var user = run.Users.First(user => Find(run.Open(), 2, user.Id) > 0).Id;
        UserDeletion.Run(run.Open(), [user], [], "somebody", TimeProvider.System);
        Assert.True(served.Refresh());
        using var lease = served.Acquire();
        Assert.Equal(-1, lease.Value.Index.Find(Encoding.UTF8.GetBytes(user), new int[lease.Value.Index.MostAudiences]));
    }

    [Fact]
    public void Forgetting_again_changes_nothing()
    {
        using var run = Prepared();
        var store = run.Open();
        string[] gone = [.. Chosen(store, run)];
        UserDeletion.Run(store, gone, [run.Population], "somebody", TimeProvider.System);
        var (versions, population) = (FolderContents.Of(Path.Combine(store.Folder, "versions")), FolderContents.Of(run.Population));
        Assert.Empty(UserDeletion.Run(store, gone, [run.Population], "somebody", TimeProvider.System).Versions);
        Assert.Equal(versions, FolderContents.Of(Path.Combine(store.Folder, "versions")));
        Assert.Equal(population, FolderContents.Of(run.Population));
    }

    [Fact]
    public void Look_ups_work_even_if_most_users_between_two_sizes_are_forgotten()
    {
        using var run = new TestRun(settings: "sizes: [2%, 40]");
        run.Run();
        string[] gone;
        using (var before = PublishedVersion.Open(run.Open(), 1))
        {
            // The users in the larger size of the first list but not in the smaller, and all users of the second list's audiences.
            gone = [.. run.Users.Where(user =>
            {
                var audiences = new int[before.Index.MostAudiences];
                var found = audiences.AsSpan(0, Math.Max(0, before.Index.Find(user.Utf8, audiences)));
                return (found.Contains(1) && !found.Contains(0)) || found.Contains(3);
            }).Select(user => user.Id)];
        }

        Assert.Contains(run.Users, user => gone.Contains(user.Id) && !user.Active);
        UserDeletion.Run(run.Open(), gone, [], "somebody", TimeProvider.System);
        using var after = PublishedVersion.Open(run.Open(), 1, atRequest: true);
        Assert.All(gone, user => Assert.Equal(-1, Find(run.Open(), 1, user)));
        Assert.All(after.Audiences, audience => Assert.True(audience.Users >= 1));
    }

    [Fact]
    public void A_worker_refuses_tasks_of_a_plan_older_than_a_deletion()
    {
        using var run = Prepared();
        run.Lists[2] = (run.Lists[2].Id, run.Lists[2].Seeds[1..]);
        run.WriteSeeds();
        var plan = run.PlanOnly();
        var bytes = File.ReadAllBytes(plan);
        UserDeletion.Run(run.Open(), [run.Lists[0].Seeds[4]], [], "somebody", TimeProvider.System);
        Directory.CreateDirectory(Path.GetDirectoryName(plan)!);
        File.WriteAllBytes(plan, bytes);
        var error = Assert.Throws<KindredException>(() => Kindred.Pipeline.Running.Worker.Run(run.Open(), plan, "train", 0, 1));
        Assert.StartsWith("Users were permanently deleted since", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_without_an_index_does_not_keep_a_forgotten_last_user()
    {
        using var run = new TestRun(settings: "sizes: [2%, 40]\npublish_index: false\npublish_lists: csv");
        var version = run.Run().Version;
        string[] gone = [version.Units[0].Targets[0].Sizes[0].LastUserId, run.Lists[3].Seeds[2]];
        UserDeletion.Run(run.Open(), gone, [run.Population], "somebody", TimeProvider.System);
        AssertNowhere(gone, run.Store, run.Population);
        Assert.Equal("", RunVersion.Read(run.Open(), 1).Units[0].Targets[0].Sizes[0].LastUserId);
        Assert.True(run.Run().IsNew);
    }

    private static TestRun Prepared()
    {
        var run = new TestRun(shards: 3, settings: Settings);
        run.Write("gone.csv", "user_id\n" + string.Concat(run.Users.Where((_, i) => i % 9 == 2).Select(user => user.Id + "\n")));
        run.Run();
        run.Lists[1] = (run.Lists[1].Id, run.Lists[1].Seeds[3..]);
        run.WriteSeeds();
        run.Run();
        return run;
    }

    /// <summary>A seed, an excluded user, the last users of some thresholds, and an unknown user.</summary>
    private static IEnumerable<string> Chosen(RunStore store, TestRun run)
    {
        var sizes = RunVersion.Read(store, 2).Units.SelectMany(unit => unit.Targets[0].Sizes).ToArray();
        return new[] { run.Lists[0].Seeds[4], run.Users[2].Id, sizes[0].LastUserId, sizes[3].LastUserId, sizes[^1].LastUserId, "nobody-knows-them" }.Distinct();
    }

    private static Dictionary<int, Dictionary<string, int[]?>> Audiences(RunStore store, TestPerson[] users)
    {
        var all = new Dictionary<int, Dictionary<string, int[]?>>();
        foreach (var number in store.Versions())
        {
            using var published = PublishedVersion.Open(store, number);
            all[number] = users.ToDictionary(user => user.Id, user =>
            {
                var audiences = new int[published.Index.MostAudiences];
                var count = published.Index.Find(user.Utf8, audiences);
                return count < 0 ? null : audiences[..count];
            });
        }

        return all;
    }

    private static bool Chattr(string change, string file)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("chattr", [change, file]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static int Find(RunStore store, int number, string user)
    {
        using var published = PublishedVersion.Open(store, number);
        return published.Index.Find(Encoding.UTF8.GetBytes(user), new int[published.Index.MostAudiences]);
    }

    private static void AssertNowhere(string[] users, params string[] folders)
    {
        foreach (var file in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })))
        {
            var bytes = File.ReadAllBytes(file);
            foreach (var user in users) Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(user)) < 0, $"{user} is in {file}.");
        }
    }
}
