using System.Text.Json.Nodes;
using Kindred.Cli.Shell;
using Kindred.Pipeline.Store;

namespace Kindred.Cli.Tests.DailyRuns;

/// <summary>A daily run that is killed, spread over workers, started twice or short of disk ends with the bytes of one that nothing happened to.</summary>
/// <remarks>bench/kill_run.py does the same at hundreds of random moments.</remarks>
public sealed class KilledRunTests(SmallWorld small)
{
    private readonly DailyWorld _days = small.Days;

    [Fact]
    public void Killed_five_times_it_goes_on_to_the_same_bytes_and_does_no_finished_task_again()
    {
        var store = _days.New("first");
        string[] command = ["run", _days.Settings(store, 1), "--quiet"];
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

        // One that was killed after it had published has left nothing to do, not even to count.
        var log = JsonNode.Parse(File.ReadLines(Path.Combine(store, "log.jsonl")).First())!;
        var tasks = finished.Keys.Count(name => !name.StartsWith("seeds-", StringComparison.Ordinal) && !name.StartsWith("exclude-", StringComparison.Ordinal));
        Assert.Equal(log["new"]!.GetValue<bool>() ? log["tasks"]!.GetValue<int>() - tasks : 0, log["tasksRun"]!.GetValue<int>());
    }

    [Fact]
    public void Workers_that_do_every_task_twice_in_any_order_and_some_at_once_leave_the_run_nothing_but_to_publish()
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

        Assert.Equal(0, Invocation.Good("run", _days.Settings(store, 1), "--output", "json", "--quiet").Json["tasks_run"]!.GetValue<int>());
        DailyWorld.AssertSame(_days.FirstDay, store);
    }

    [Fact]
    public void A_second_command_that_changes_the_store_is_refused_while_another_does()
    {
        var store = _days.Copy(_days.FirstDay);
        var before = DailyWorld.Contents(store);
        using (RunStore.Open(store).Lock())
        {
            string[][] commands = [["run", _days.Settings(store, 2)], ["run", _days.Settings(store, 2), "--plan-only"], ["rollback", "1", "--store", store], ["forget", DailyWorld.Somebody, "--store", store]];
            foreach (var refused in commands.Select(Invocation.Of).Append(KindredProcess.Ended(KindredProcess.Start(commands[0]))))
            {
                Assert.Equal(ExitCode.Output, refused.Code);
                Assert.Contains("is being changed by another run. Wait until it has ended", refused.Error, StringComparison.Ordinal);
            }

            Invocation.Good("lookup", DailyWorld.Somebody, "--store", store);
        }

        Assert.Equal(before, DailyWorld.Contents(store));
        Invocation.Good("rollback", "1", "--store", store);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(17)]
    public void A_file_that_cannot_be_written_whole_is_an_error_that_names_it_and_nothing_half_written_stays(int kilobytes)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no limit of the length of files.");
        var store = _days.New("first");
        var ended = KindredProcess.Ended(KindredProcess.StartWithFilesUpTo(kilobytes, "run", _days.Settings(store, 1), "--quiet"));
        Assert.True(ended.Code == ExitCode.Output, $"{ended.Code}: {ended.Error}");
        Assert.Contains(store, ended.Error, StringComparison.Ordinal);
        Assert.Contains("that the disk has room", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(DailyWorld.Contents(store).Keys, name => name.Contains(".tmp", StringComparison.Ordinal));
        Invocation.Good("run", _days.Settings(store, 1), "--quiet");
        DailyWorld.AssertSame(_days.FirstDay, store);
    }

    [Fact]
    public void A_store_that_cannot_be_made_is_an_error_that_names_it()
    {
        var file = _days.Settings(_days.New("first"), 1);
        var ended = Invocation.Of("run", _days.Settings(Path.Combine(file, "runs"), 1));
        Assert.Equal(ExitCode.Output, ended.Code);
        Assert.Contains($"{Path.Combine(file, "runs")} cannot be made", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_killed_between_making_its_population_and_saying_so_makes_it_again()
    {
        var store = _days.New("first");
        var settings = _days.Settings(store, 1);
        var population = _days.New("population");
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("population: population", $"population: {{ folder: {population}, interactions: {small.Interactions}, users: {small.Users}, dimension: 16 }}", StringComparison.Ordinal));
        Invocation.Good("run", settings, "--quiet");
        var (made, published) = (FolderContents.Of(population), DailyWorld.Contents(store));

        // What it says before it begins, in the place of what it says when it is finished.
        File.WriteAllText(Path.Combine(store, "population-source"), "being made\n");
        Invocation.Good("run", settings, "--quiet");
        Assert.Equal(made, FolderContents.Of(population));
        Assert.Equal(published, DailyWorld.Contents(store));

        // Somebody else's population is never replaced.
        File.Delete(Path.Combine(store, "population-source"));
        Assert.Equal(ExitCode.Output, Invocation.Of("run", settings, "--quiet").Code);
        Assert.Equal(made, FolderContents.Of(population));
    }

    private static DateTime MadeAt(string store, string name) => File.GetLastWriteTimeUtc(Path.Combine(store, "objects", name, "manifest.json"));
}
