using Kindred.Pipeline.Forgetting;
using Kindred.Pipeline.Running;
using Kindred.Pipeline.Settings;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Tests.Running;

/// <summary>Roll-backs and their holds.</summary>
public sealed class VersionSwitchTests
{
    [Fact]
    public void After_a_rollback_no_run_publishes_until_the_hold_is_lifted()
    {
        using var run = TwoVersions();
        var store = run.Open();
        var hold = VersionSwitch.To(store, 1, "ann", "wrong\nseeds.", TimeProvider.System);
        Assert.Equal((1, "ann", "wrong seeds."), (hold.Version, hold.By, hold.Reason));
        Assert.Equal(hold, StoreHold.Of(store));
        var before = FolderContents.Of(run.Store);

        // The settings name a file that does not exist: the refusal comes before it is read.
        run.Settings("sizes: [2%]\nid_hash: sha256\nid_salt_file: nowhere");
        foreach (var refused in new[] { Assert.Throws<KindredException>(() => run.Run()), Assert.Throws<KindredException>(() => run.PlanOnly()) })
        {
            Assert.Equal((ErrorKind.Busy, "store_held"), (refused.Kind, refused.Code));
            Assert.Contains($"is held at version 000001 since {hold.When:yyyy-MM-dd HH:mm} UTC by ann: wrong seeds. While", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, FolderContents.Of(run.Store));
        run.Settings("sizes: [2%]");
        Assert.True(VersionSwitch.Lift(store, out var lifted));
        Assert.Equal(hold, lifted);
        Assert.False(VersionSwitch.Lift(store, out _));

        // The same inputs make the rolled-back version again; it is published under its number.
        Assert.Equal((2, 1), (run.Run().Version is var next ? next.Number : 0, next.Previous));
    }

    [Fact]
    public void A_rollback_that_was_killed_before_the_switch_refuses_runs_and_says_what_is_published()
    {
        using var run = TwoVersions();
        var store = run.Open();
        StoreHold.Put(store, 1, "ann", "wrong seeds", TimeProvider.System);
        Assert.Equal(2, store.Current);
        var refused = Assert.Throws<KindredException>(() => run.Run());
        Assert.Equal("store_held", refused.Code);
        Assert.Contains("The roll-back was stopped before it published that version: version 000002 is still published.", refused.Message, StringComparison.Ordinal);
        Assert.Equal((1, 2), ((int)refused.Values["version"]!, (int)refused.Values["published"]!));

        // The repeated roll-back keeps the first record.
        Assert.Equal("wrong seeds", VersionSwitch.To(store, 1, "bob", null, TimeProvider.System).Reason);
        Assert.Equal((1, "ann"), (store.Current, StoreHold.Of(store)!.By));
        Assert.DoesNotContain("was stopped", Assert.Throws<KindredException>(() => run.Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hold_is_written_before_the_switch()
    {
        using var run = TwoVersions();
        var store = run.Open();
        var current = Path.Combine(run.Store, "CURRENT");
        File.Delete(current);
        Directory.CreateDirectory(current);
        Assert.Equal(ErrorKind.Output, Assert.Throws<KindredException>(() => VersionSwitch.To(store, 1, "ann", null, TimeProvider.System)).Kind);
        Assert.Equal(1, StoreHold.Of(store)!.Version);
    }

    [Fact]
    public void A_rollback_while_a_run_waits_refuses_that_run()
    {
        using var run = TwoVersions();
        var store = run.Open();
        var other = store.Lock();
        var wait = new StoreWait(null, _ =>
        {
            StoreHold.Put(store, 1, "ann", null, TimeProvider.System);
            other.Dispose();
        });
        var waiting = new DailyRun(SettingsReader.Read(run.SettingsFile), 2, TimeProvider.System, new Notes()) { Wait = wait };
        Assert.Equal("store_held", Assert.Throws<KindredException>(() => waiting.Run(cancellation: TestContext.Current.CancellationToken)).Code);
    }

    [Fact]
    public void A_failed_rollback_does_not_hold_the_store()
    {
        using var run = TwoVersions();
        var store = run.Open();
        Assert.Equal("version_not_found", Assert.Throws<KindredException>(() => VersionSwitch.To(store, 7, "ann", null, TimeProvider.System)).Code);
        Assert.Null(StoreHold.Of(store));
        Assert.False(run.Run().IsNew);
    }

    [Fact]
    public void The_current_version_can_be_held_too()
    {
        using var run = TwoVersions();
        VersionSwitch.To(run.Open(), 2, "ann", null, TimeProvider.System);
        Assert.Equal("store_held", Assert.Throws<KindredException>(() => run.Run()).Code);
    }

    [Fact]
    public void A_held_version_is_never_deleted()
    {
        using var run = TwoVersions();
        var store = run.Open();
        StoreHold.Put(store, 1, "ann", null, TimeProvider.System);
        Retention.Clean(store, 1, []);
        Assert.Equal([1, 2], store.Versions());
        Assert.Equal(0, StoreVerification.Run(run.Store).Problems);
        StoreHold.Lift(store, out _);
        Retention.Clean(store, 1, []);
        Assert.Equal([2], store.Versions());
    }

    [Fact]
    public void Users_can_be_deleted_while_a_store_is_held()
    {
        using var run = TwoVersions();
        var store = run.Open();
        VersionSwitch.To(store, 1, "ann", null, TimeProvider.System);
        Assert.Equal([1, 2], UserDeletion.Run(store, [run.Lists[0].Seeds[0]], [], "ann", TimeProvider.System).Versions);
        Assert.Equal(1, store.Current);
    }

    [Fact]
    public void A_damaged_hold_still_refuses_runs_and_can_be_lifted_or_replaced()
    {
        using var run = TwoVersions();
        var store = run.Open();
        var file = Path.Combine(run.Store, "held.json");
        foreach (var text in new[] { "", "{", "{}", """{ "version": 0, "when": "2026-11-30T00:00:00Z", "by": "ann" }""" })
        {
            File.WriteAllText(file, text);
            var refused = Assert.Throws<KindredException>(() => run.Run());
            Assert.Equal((ErrorKind.Corrupt, "hold_damaged"), (refused.Kind, refused.Code));
            Assert.Equal(1, StoreVerification.Run(run.Store).Problems);
            Assert.True(VersionSwitch.Lift(store, out var lifted));
            Assert.Null(lifted);
            Assert.False(run.Run().IsNew);
        }

        File.WriteAllText(file, "{");
        VersionSwitch.To(store, 1, "ann", null, TimeProvider.System);
        Assert.Equal(1, StoreHold.Of(store)!.Version);
    }

    [Fact]
    public void A_held_store_says_so_when_it_is_shown_and_verified()
    {
        using var run = TwoVersions();
        Assert.Empty(StoreVerification.Run(run.Store).Notes);
        Assert.Null(StoreSummary.Of(run.Store).Facts["held"]);
        VersionSwitch.To(run.Open(), 1, "ann", "wrong seeds", TimeProvider.System);
        var verified = StoreVerification.Run(run.Store);
        Assert.True(verified.IsAsWritten);
        Assert.Contains("Held at version 000001 since ", Assert.Single(verified.Notes), StringComparison.Ordinal);
        Assert.Equal("wrong seeds", (string?)StoreSummary.Of(run.Store).Facts["held"]!["reason"]);
    }

    [Fact]
    public void Models_of_a_kept_version_are_not_called_a_stopped_run()
    {
        using var run = TwoVersions();
        VersionSwitch.To(run.Open(), 1, "ann", null, TimeProvider.System);
        VersionSwitch.Lift(run.Open(), out _);
        var notes = new Notes();
        new DailyRun(SettingsReader.Read(run.SettingsFile), 2, TimeProvider.System, notes).Run(new DateOnly(2026, 11, 25));
        Assert.DoesNotContain(notes.Lines, note => note.Contains("not published", StringComparison.Ordinal));
        Assert.Contains("1 of 1 training tasks are not repeated: a version that is kept has their models.", notes.Lines);
    }

    [Fact]
    public void A_stopped_run_is_said_to_be_continued()
    {
        using var run = TwoVersions();
        run.Lists[0] = (run.Lists[0].Id, run.Lists[0].Seeds[1..]);
        run.WriteSeeds();
        var plan = run.PlanOnly();
        Worker.Run(run.Open(), plan, "train", 0, 2);
        var notes = new Notes();
        new DailyRun(SettingsReader.Read(run.SettingsFile), 2, TimeProvider.System, notes).Run(new DateOnly(2026, 11, 25));
        Assert.Contains(notes.Lines, note => note.StartsWith("Continuing a run that was not published: 1 of ", StringComparison.Ordinal));
        Assert.DoesNotContain(notes.Lines, note => note.Contains("not repeated", StringComparison.Ordinal));
    }

    /// <summary>A store with two versions, of which the second has another model.</summary>
    private static TestRun TwoVersions()
    {
        var run = new TestRun(settings: "sizes: [2%]");
        run.Run();
        run.Lists[0] = (run.Lists[0].Id, run.Lists[0].Seeds[1..]);
        run.WriteSeeds();
        Assert.Equal(2, run.Run().Version.Number);
        return run;
    }

    private sealed class Notes : IProgressReporter, IProgressStep
    {
        public List<string> Lines { get; } = [];

        public void Note(FormattableString text) => Lines.Add(text.ToString(System.Globalization.CultureInfo.InvariantCulture));

        public IProgressStep Start(string work) => this;

        public void Report(double share)
        {
        }

        public void Dispose()
        {
        }
    }
}
