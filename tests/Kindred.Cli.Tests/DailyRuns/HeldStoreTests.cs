using Kindred.Cli.Shell;
using Kindred.Pipeline.Store;

namespace Kindred.Cli.Tests.DailyRuns;

/// <summary>Roll-backs that hold a store, and commands that wait for a busy one.</summary>
public sealed class HeldStoreTests(SmallWorld small)
{
    private readonly DailyWorld _days = small.Days;

    [Fact]
    public void A_rolled_back_store_refuses_runs_and_every_command_says_so_until_the_hold_is_lifted()
    {
        var store = _days.Copy(_days.SecondDay);
        var settings = _days.Settings(store, 2);
        var rolledBack = Invocation.Good("rollback", "1", "--store", store, "--reason", "wrong seeds", "--output", "json").Json;
        Assert.Equal((1, 2, "wrong seeds"), ((int)rolledBack["current"]!, (int)rolledBack["before"]!, (string?)rolledBack["held"]!["reason"]));
        Assert.Equal((1, Environment.UserName), ((int)rolledBack["held"]!["version"]!, (string?)rolledBack["held"]!["by"]));
        var (before, lift) = (DailyWorld.Contents(store), $"`kindred rollback --lift --store {store}`");
        foreach (var refused in new[] { Invocation.Of("run", settings), Invocation.Of("run", settings, "--plan-only") })
        {
            Assert.Equal((ExitCode.Busy, ""), (refused.Code, refused.Output));
            Assert.Matches($@"is held at version 000001 since 20..-..-.. ..:.. UTC by {Environment.UserName}: wrong seeds\. ", refused.Error);
            Assert.EndsWith($"Lift the hold with {lift} and run again.\n", refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, DailyWorld.Contents(store));
        Assert.Matches("(?m)^Held at version 000001 since .* by .*: wrong seeds. No run publishes until " + lift, Invocation.Good("runs", "--store", store).Output);
        Assert.Equal(1, (int)Invocation.Good("runs", "--store", store, "--output", "json").Json["held"]!["version"]!);
        Assert.Contains("  held: version 1, when ", Invocation.Good("show", store).Output, StringComparison.Ordinal);
        Assert.Equal("wrong seeds", (string?)Invocation.Good("show", store, "--output", "json").Json["folders"]![0]!["facts"]!["held"]!["reason"]);
        Assert.Contains("intact.\n  Held at version 000001 since ", Invocation.Good("verify", store).Output, StringComparison.Ordinal);
        Assert.Single(Invocation.Good("verify", store, "--output", "json").Json["folders"]![0]!["notes"]!.AsArray());

        Assert.Matches(@"^The store is no longer held at version 000001 since .*: wrong seeds\. The next run publishes again\.\n$", Invocation.Good("rollback", "--lift", "--store", store).Output);
        Assert.Equal("The store was not held.\n", Invocation.Good("rollback", "--lift", "--store", store).Output);
        Assert.False((bool)Invocation.Good("rollback", "--lift", "--store", store, "--output", "json").Json["was_held"]!);
        Assert.Null(Invocation.Good("runs", "--store", store, "--output", "json").Json["held"]);
        Assert.Empty(Invocation.Good("verify", store, "--output", "json").Json["folders"]![0]!["notes"]!.AsArray());
        Assert.Equal(2, (int)Invocation.Good("run", settings, "--allow-missing", "--output", "json", "--quiet").Json["version"]!);
    }

    [Fact]
    public void A_store_is_whole_after_a_rollback_although_the_older_version_has_no_members_for_the_next_run()
    {
        var store = _days.Copy(_days.SecondDay);
        Invocation.Good("rollback", "1", "--store", store);
        Invocation.Good("verify", store);
        Invocation.Good("rollback", "--lift", "--store", store);
        Invocation.Good("run", _days.Settings(store, 2), "--allow-missing", "--quiet");
        Invocation.Good("verify", store);
    }

    [Fact]
    public void The_published_version_can_be_held_and_a_killed_rollback_is_named()
    {
        var store = _days.Copy(_days.SecondDay);
        Assert.StartsWith("Version 000002 is already published, and held: ", Invocation.Good("rollback", "2", "--store", store).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Busy, Invocation.Of("run", _days.Settings(store, 2), "--allow-missing").Code);

        // The hold of a roll-back to version 1, which was killed before the switch.
        var held = Path.Combine(store, "held.json");
        File.WriteAllText(held, File.ReadAllText(held).Replace("\"version\": 2", "\"version\": 1", StringComparison.Ordinal));
        var refused = Invocation.Of("run", _days.Settings(store, 2), "--allow-missing");
        Assert.Equal(ExitCode.Busy, refused.Code);
        Assert.Contains($"version 000002 is still published. Finish it with `kindred rollback 1 --store {store}`, or lift the hold with", refused.Error, StringComparison.Ordinal);

        // A damaged hold is still a hold.
        File.WriteAllText(held, "{");
        Assert.Equal(ExitCode.Corrupt, Invocation.Of("run", _days.Settings(store, 2), "--allow-missing").Code);
        Assert.Equal(ExitCode.Corrupt, Invocation.Of("runs", "--store", store).Code);
        Assert.Equal("The store is no longer held. The next run publishes again.\n", Invocation.Good("rollback", "--lift", "--store", store).Output);
    }

    [Fact]
    public void Run_rollback_and_forget_wait_for_a_busy_store_if_asked_to()
    {
        var store = _days.Copy(_days.SecondDay);
        foreach (var command in new string[][]
        {
            ["run", _days.Settings(store, 2), "--allow-missing", "--wait"], ["forget", "--store", store, "--users", small.Seeds, "--wait", "600"],
            ["rollback", "1", "--store", store, "--wait"], ["rollback", "--lift", "--store", store, "--wait=600"],
        })
        {
            using var error = new FreeingWriter(RunStore.Open(store).Lock());
            Assert.Equal(ExitCode.Success, CommandLine.Run(command, TextWriter.Null, error, CancellationToken.None));
            Assert.Single(error.ToString().Split('\n'), line => line.StartsWith($"{store} is being changed by another run (process ", StringComparison.Ordinal) && line.EndsWith(" Waiting until it ends.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_wait_ends_at_its_limit_or_when_it_is_stopped()
    {
        var store = _days.Copy(_days.FirstDay);
        var before = DailyWorld.Contents(store);
        using (RunStore.Open(store).Lock())
        {
            Assert.Equal(ExitCode.Busy, Invocation.Of("run", _days.Settings(store, 2), "--allow-missing", "--wait", "0").Code);
            Assert.Equal(ExitCode.Cancelled, Invocation.StoppedAt("Waiting until it ends.", "run", _days.Settings(store, 2), "--allow-missing", "--wait").Code);
            Assert.Equal(ExitCode.Cancelled, Invocation.StoppedAt("Waiting until it ends.", "rollback", "1", "--store", store, "--wait").Code);
        }

        Assert.Equal(before, DailyWorld.Contents(store));
    }

    [Theory]
    [InlineData("Name the version to publish again, or --lift the hold.", "rollback")]
    [InlineData("--lift takes no version", "rollback", "1", "--lift")]
    [InlineData("--reason has no effect here: --lift records nothing.", "rollback", "--lift", "--reason", "none")]
    [InlineData("--wait is 'soon'; whole seconds are needed", "rollback", "1", "--wait", "soon")]
    public void Wrong_combinations_are_usage_errors(string message, params string[] command)
    {
        var refused = Invocation.Of([.. command, "--store", _days.FirstDay]);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
    }

    /// <summary>Frees a lock when a command says that it waits.</summary>
    private sealed class FreeingWriter(IDisposable locked) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains("Waiting until it ends", StringComparison.Ordinal) == true) locked.Dispose();
        }
    }
}
