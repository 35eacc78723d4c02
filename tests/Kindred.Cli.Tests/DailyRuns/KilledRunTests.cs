using System.Text.Json.Nodes;
using Kindred.Cli.Shell;
using Kindred.Pipeline.Store;

namespace Kindred.Cli.Tests.DailyRuns;

/// <summary>Tests that killed, distributed, concurrent and disk-starved daily runs end with the bytes of an undisturbed run.</summary>
/// <remarks>bench/kill_run.py does the same at hundreds of random moments.</remarks>
public sealed class KilledRunTests(SmallWorld small)
{
    private readonly DailyWorld _days = small.Days;

    [Fact]
    public void After_five_kills_a_run_reaches_the_same_bytes_without_repeating_finished_tasks()
    {
        var store = _days.New("first");
        string[] command = ["run", _days.Settings(store, 1), "--allow-missing", "--quiet"];
        var kills = 0;
        var finished = new Dictionary<string, DateTime>();
        foreach (var outputs in new[] { 0, 3, 9, 20, 40 })
        {
            using var process = KindredProcess.Start(command);
            while (!process.HasExited && DailyWorld.Finished(store).Length <= outputs) Thread.Sleep(1);
            if (!process.HasExited)
            {
                process.Kill();
                kills++;
            }

            process.WaitForExit();
            foreach (var name in DailyWorld.Finished(store)) finished.TryAdd(name, MadeAt(store, name));
        }

        Assert.True(kills >= 3, $"only {kills} of the runs were slow enough to be killed");
        KindredProcess.Ended(KindredProcess.Start(command));
        DailyWorld.AssertSame(_days.FirstDay, store);
        Assert.All(DailyWorld.Finished(store).Where(finished.ContainsKey), name => Assert.Equal(finished[name], MadeAt(store, name)));

        // A run that was killed after publishing leaves no tasks, so the next run counts none.
        var log = JsonNode.Parse(File.ReadLines(Path.Combine(store, "log.jsonl")).First())!;
        var tasks = finished.Keys.Count(name => !name.StartsWith("seeds-", StringComparison.Ordinal) && !name.StartsWith("exclude-", StringComparison.Ordinal));
        Assert.Equal(log["new"]!.GetValue<bool>() ? log["tasks"]!.GetValue<int>() - tasks : 0, log["tasksRun"]!.GetValue<int>());
    }

    [Fact]
    public void After_workers_did_every_task_twice_in_random_order_the_run_only_publishes()
    {
        var store = _days.New("first");
        var plan = _days.Plan(store, 1);
        var random = new Random(1);
        foreach (var stage in DailyWorld.Tasks(plan).GroupBy(task => task.Stage))
        {
            int[] order = [.. stage.Select(task => task.Index), .. stage.Select(task => task.Index)];
            random.Shuffle(order);
            var first = DailyWorld.Work(plan, store, stage.Key, order[0]);
            var processes = new[] { KindredProcess.Start(first), KindredProcess.Start(first) };
            Assert.All(processes.Select(KindredProcess.Ended), ended => Assert.True(ended.Code == 0, ended.Error));
            foreach (var index in order) Invocation.Good(DailyWorld.Work(plan, store, stage.Key, index));
        }

        Assert.Equal(0, Invocation.Good("run", _days.Settings(store, 1), "--allow-missing", "--output", "json", "--quiet").Json["tasks_run"]!.GetValue<int>());
        DailyWorld.AssertSame(_days.FirstDay, store);
    }

    [Fact]
    public void Commands_that_change_a_store_are_refused_while_another_changes_it()
    {
        var store = _days.Copy(_days.FirstDay);
        var before = DailyWorld.Contents(store);
        using (RunStore.Open(store).Lock())
        {
            string[][] commands = [["run", _days.Settings(store, 2), "--allow-missing"], ["run", _days.Settings(store, 2), "--plan-only"], ["rollback", "1", "--store", store], ["forget", DailyWorld.KnownUser, "--store", store]];
            foreach (var refused in commands.Select(Invocation.Of).Append(KindredProcess.Ended(KindredProcess.Start(commands[0]))))
            {
                Assert.Equal(ExitCode.Busy, refused.Code);
                Assert.Contains("is being changed by another run (process ", refused.Error, StringComparison.Ordinal);
            }

            Invocation.Good("lookup", DailyWorld.KnownUser, "--store", store);
        }

        Assert.Equal(before, DailyWorld.Contents(store));
        Invocation.Good("rollback", "1", "--store", store);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(17)]
    public void An_incomplete_write_is_an_error_that_names_the_store_and_leaves_no_partial_files(int kilobytes)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The system cannot limit the length of files.");
        var store = _days.New("first");
        var ended = KindredProcess.Ended(KindredProcess.StartWithFilesUpTo(kilobytes, "run", _days.Settings(store, 1), "--allow-missing", "--quiet"));
        Assert.True(ended.Code == ExitCode.Output, $"{ended.Code}: {ended.Error}");
        Assert.Contains(store, ended.Error, StringComparison.Ordinal);
        Assert.Contains("that the disk has room", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(DailyWorld.Contents(store).Keys, name => name.Contains(".tmp", StringComparison.Ordinal));
        Invocation.Good("run", _days.Settings(store, 1), "--allow-missing", "--quiet");
        DailyWorld.AssertSame(_days.FirstDay, store);
    }

    [Fact]
    public void A_store_that_cannot_be_created_is_an_error_that_names_it()
    {
        var file = _days.Settings(_days.New("first"), 1);
        var ended = Invocation.Of("run", _days.Settings(Path.Combine(file, "runs"), 1));
        Assert.Equal(ExitCode.Output, ended.Code);
        Assert.Contains($"{Path.Combine(file, "runs")} cannot be made", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_killed_before_recording_its_population_makes_it_again()
    {
        var store = _days.New("first");
        var settings = _days.Settings(store, 1);
        var population = _days.New("population");
        File.WriteAllText(settings, File.ReadAllText(settings).Replace($"population: {DailyWorld.PopulationOf(store)}", $"population: {{ folder: {population}, interactions: {small.Interactions}, users: {small.Users}, dimension: 16 }}", StringComparison.Ordinal));
        Invocation.Good("run", settings, "--allow-missing", "--quiet");
        var (made, published) = (FolderContents.Of(population), DailyWorld.Contents(store));

        // Replaces the record of a finished population with the one written before the start.
        File.WriteAllText(Path.Combine(store, "population-source"), "being made\n");
        Invocation.Good("run", settings, "--allow-missing", "--quiet");
        Assert.Equal(made, FolderContents.Of(population));
        Assert.Equal(published, DailyWorld.Contents(store));

        // A run never replaces a population that it did not make.
        File.Delete(Path.Combine(store, "population-source"));
        Assert.Equal(ExitCode.Output, Invocation.Of("run", settings, "--quiet").Code);
        Assert.Equal(made, FolderContents.Of(population));
    }

    private static DateTime MadeAt(string store, string name) => File.GetLastWriteTimeUtc(Path.Combine(store, "objects", name, "manifest.json"));
}
