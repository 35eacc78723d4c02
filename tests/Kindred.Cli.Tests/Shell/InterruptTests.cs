using System.Diagnostics;
using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Shell;

/// <summary>Tests Ctrl-C at random moments of real processes: existing output keeps its bytes, and nothing else is left.</summary>
public sealed class InterruptTests(SmallWorld world) : IDisposable
{
    private const int Moments = 5;

    private readonly DailyWorld _days = world.Days;
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Commands => new()
    {
        { "embed", "embed --interactions {interactions} --users {users} --out {out}/made --replace" },
        { "train", "train --population {population} --seeds {seeds} --epochs 30 --out {out}/made --replace" },
        { "expand", "expand --population {population} --seeds {seeds} --size 5% --out {out}/made --replace" },
        { "import", "import --embeddings {vectors} --out {out}/made --replace" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_interrupted_command_leaves_only_the_earlier_output(string name, string command)
    {
        // The uninterrupted output uses other options than the earlier output, so that their bytes differ.
        Invocation.Good(Words(command.Replace(" --replace", "", StringComparison.Ordinal), _folder["whole"]));
        var earlier = name switch { "embed" or "import" => world.Population, "train" => world.Models, _ => null };
        Directory.CreateDirectory(_folder["before"]);
        if (earlier is not null) DailyWorld.CopyFolder(earlier, _folder["before/made"]);
        else Invocation.Good(Words(command.Replace("5%", "7", StringComparison.Ordinal), _folder["before"]));
        var (before, whole) = (FolderContents.Of(_folder["before"]), FolderContents.Of(_folder["whole"]));
        Assert.NotEqual(before, whole);

        var interrupted = 0;
        foreach (var moment in RandomMoments(Words(command, _folder["timed"])))
        {
            var output = _folder[$"out-{moment.Ticks}"];
            DailyWorld.CopyFolder(_folder["before"], output);
            var run = InterruptedAt(moment, Words(command, output));
            interrupted += run.Code == ExitCode.Cancelled ? 1 : 0;
            Assert.Equal(run.Code == ExitCode.Success ? whole : before, FolderContents.Of(output));
        }

        Assert.True(interrupted > 0, "no run was slow enough to be interrupted");
    }

    [Fact]
    public void An_interrupted_comparison_keeps_finished_methods_and_resumes_to_the_same_figures()
    {
        const string Command = "compare --population {population} --seeds {seeds} --methods mlp,linear,ridge,lsh,centroid --out {out}/made";
        Invocation.Good(Words(Command, _folder["whole"]));
        var interrupted = 0;
        foreach (var moment in RandomMoments(Words(Command, _folder["timed"])))
        {
            var output = _folder[$"out-{moment.Ticks}"];
            Directory.CreateDirectory(output);
            var run = InterruptedAt(moment, Words(Command, output));
            if (run.Code == ExitCode.Cancelled)
            {
                interrupted++;

                // Either whole parts or nothing.
                var kept = Directory.GetFileSystemEntries(output);
                Assert.True(kept.Length == 0 || (kept is [var parts] && Path.GetFileName(parts) == "made.parts"), string.Join(", ", kept));
                Assert.Equal(kept.Length > 0, run.Error.Contains("--resume", StringComparison.Ordinal));
                Assert.DoesNotContain(FolderContents.Of(output).Keys, file => file.Contains(".tmp", StringComparison.Ordinal));
                Invocation.Good([.. Words(Command, output), .. kept.Length > 0 ? new[] { "--resume" } : []]);
            }

            Assert.Equal(["made"], Directory.GetFileSystemEntries(output).Select(Path.GetFileName));
            Assert.Equal(File.ReadAllText(_folder["whole/made/comparison.json"]), File.ReadAllText(Path.Combine(output, "made/comparison.json")));
        }

        Assert.True(interrupted > 0, "no run was slow enough to be interrupted");
    }

    [Fact]
    public void An_interrupted_daily_run_keeps_the_previous_version_and_resumes_to_the_same_bytes()
    {
        // The second day, after a deletion.
        var before = _days.Copy(_days.FirstDay);
        Invocation.Good("forget", _days.Forgotten, "--store", before);
        string[] Run(string store) => ["run", _days.Settings(store, 2), "--allow-missing", "--quiet"];
        var interrupted = 0;
        foreach (var moment in RandomMoments(Run(_days.Copy(before))))
        {
            var store = _days.Copy(before);
            var published = Published(store);
            var run = InterruptedAt(moment, Run(store));
            if (run.Code == ExitCode.Cancelled)
            {
                interrupted++;
                Assert.DoesNotContain(DailyWorld.Contents(store).Keys, file => file.Contains(".tmp", StringComparison.Ordinal));
                Assert.Subset(Published(store).ToHashSet(), published.ToHashSet());
                Invocation.Good(Run(store));
            }

            DailyWorld.AssertSame(_days.SecondDay, store);
        }

        Assert.True(interrupted > 0, "no run was slow enough to be interrupted");
    }

    [Theory]
    [InlineData("train --population {population} --seeds - --out {out}/made")]
    [InlineData("lookup - --store {store}")]
    public void A_command_that_waits_for_standard_input_is_interruptible(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        Directory.CreateDirectory(_folder["out"]);
        Directory.CreateDirectory(_folder["temporary"]);
        var process = KindredProcess.Waiting(_folder["temporary"], Words(command, _folder["out"]));
        process.StandardInput.Write("user_id\n");
        process.StandardInput.Flush();
        Thread.Sleep(500);
        KindredProcess.Interrupt(process);

        // Without a timeout, a command that keeps waiting would hang the test.
        if (!process.WaitForExit(TimeSpan.FromMinutes(2))) process.Kill();
        var run = KindredProcess.Ended(process);
        Assert.Equal(ExitCode.Cancelled, run.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["out"]));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The parts of a store that readers see: the versions, and which one is current.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Published(string store) => DailyWorld.Contents(store)
        .Where(file => file.Key == "CURRENT" || file.Key.StartsWith("versions/", StringComparison.Ordinal));

    /// <summary>Random moments within the time that the command takes without interruption.</summary>
    private static IEnumerable<TimeSpan> RandomMoments(string[] command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        var watch = Stopwatch.StartNew();
        var run = KindredProcess.Ended(KindredProcess.Start(command));
        var whole = watch.Elapsed;
        Assert.True(run.Code == ExitCode.Success, run.Error);
        var random = new Random(3);
        return [.. Enumerable.Range(0, Moments).Select(i => whole * ((i + random.NextDouble()) / Moments))];
    }

    private Invocation InterruptedAt(TimeSpan moment, string[] command)
    {
        var temporary = _folder[$"temporary-{Guid.NewGuid():N}"];
        Directory.CreateDirectory(temporary);
        var process = KindredProcess.Waiting(temporary, command);
        if (!process.WaitForExit(moment)) KindredProcess.Interrupt(process);
        var run = KindredProcess.Ended(process);
        Assert.True(run.Code is ExitCode.Cancelled or ExitCode.Success, $"{run.Code}: {run.Error}");
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary));

        // A process that has just started cannot write a message yet.
        if (run.Code == ExitCode.Cancelled) Assert.Matches(@"\A\z|Stopped[.;]", run.Error);
        return run;
    }

    private string[] Words(string command, string output) => [.. command.Split(' ').Select(word => word
        .Replace("{interactions}", world.Interactions, StringComparison.Ordinal).Replace("{users}", world.Users, StringComparison.Ordinal)
        .Replace("{population}", world.Population, StringComparison.Ordinal).Replace("{seeds}", world.Seeds, StringComparison.Ordinal)
        .Replace("{vectors}", Vectors(), StringComparison.Ordinal).Replace("{store}", _days.FirstDay, StringComparison.Ordinal).Replace("{out}", output, StringComparison.Ordinal))];

    private string Vectors()
    {
        if (File.Exists(_folder["vectors.csv"])) return _folder["vectors.csv"];
        var random = new Random(1);
        return _folder.Text("vectors.csv", "user_id," + string.Join(',', Enumerable.Range(0, 32).Select(i => $"e{i}")) + "\n" + string.Concat(Enumerable.Range(0, 20_000)
            .Select(user => FormattableString.Invariant($"u{user:D7},") + string.Join(',', Enumerable.Range(0, 32).Select(_ => FormattableString.Invariant($"{random.NextSingle():F4}"))) + "\n")));
    }
}
