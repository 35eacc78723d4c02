using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>Outputs that cannot be written, concurrent writes to one output, and names that look like paths.</summary>
public sealed class BadOutputTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a folder in which nobody may make one, not even root", "/proc/kindred/out", "cannot be written", "that you may write there")]
    [InlineData("a folder in a device", "/dev/full/out", "cannot be written", "Check that its folder exists")]
    [InlineData("the root of the file system", "/", "is the root of a file system", "Choose a folder inside it")]
    [InlineData("a file", "{folder}/file", "is a file; a folder is written", "Choose another --out")]
    [InlineData("a folder in a file", "{folder}/file/out", "cannot be written", "Check that its folder exists")]
    [InlineData("a folder in a link to itself", "{folder}/loop/out", "cannot be written", "Check that its folder exists")]
    [InlineData("a link to itself", "{folder}/loop", "is a file; a folder is written", "Choose another --out")]
    [InlineData("a link to nothing", "{folder}/dangling", "is a file; a folder is written", "Choose another --out")]
    [InlineData("a name of 300 letters", "{folder}/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "cannot be written", "Check that")]
    [InlineData("the population that is read", "{population}", "exists already", "--replace")]
    public void An_output_that_cannot_be_written_is_reported_by_name_and_leaves_nothing(string what, string path, params string[] says)
    {
        _folder.Text("file", "mine");
        File.CreateSymbolicLink(_folder["loop"], "loop");
        File.CreateSymbolicLink(_folder["dangling"], "nowhere");
        var before = Directory.GetFileSystemEntries(_folder.Path);
        var population = FolderContents.Of(world.Population);
        path = path.Replace("{folder}", _folder.Path, StringComparison.Ordinal).Replace("{population}", world.Population, StringComparison.Ordinal);
        var run = Invocation.Of("expand", "--population", world.Population, "--models", world.Models, "--size", "10", "--out", path);
        Assert.True(run.Code == ExitCode.Output, $"{what}: {run.Code} {run.Error}");
        Assert.Contains(path, run.Error, StringComparison.Ordinal);
        Assert.All(says, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal("mine", File.ReadAllText(_folder["file"]));
        Assert.Equal(population, FolderContents.Of(world.Population));
    }

    [Fact]
    public void An_output_without_a_name_is_refused()
    {
        var run = Invocation.Of("expand", "--population", world.Population, "--models", world.Models, "--size", "10", "--out", "");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("The name of the output is empty", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">/dev/full")]
    [InlineData(">&-")]
    [InlineData("| head -c 10 >/dev/null; exit ${PIPESTATUS[0]}")]
    public void A_full_or_closed_standard_output_is_an_error_and_a_closed_pipe_ends_the_command(string to)
    {
        if (to == ">/dev/full" && !File.Exists("/dev/full")) Assert.Skip("/dev/full is missing.");
        string[] words = [.. KindredProcess.Words, "experiment", "assign", "--salt", "s", "--arm", "a=1", "b=1", "--units", world.Users, world.Seeds, world.Interactions, "--quiet"];
        var run = KindredProcess.Of("/bin/bash", ["-c", $"\"$0\" \"$@\" {to}", .. words]);
        Assert.True(run.Code == ExitCode.Output, $"{run.Code} {run.Error}");
        if (to.StartsWith('|')) Assert.Empty(run.Error);
        else Assert.Contains("the result cannot be written", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_several_settings_continues_after_a_closed_pipe()
    {
        foreach (var name in new[] { "one", "two" }) _folder.Text($"{name}.yaml", $"population: {world.Population}\nseeds: {world.Seeds}\nmethod: centroid\nstore: {name}\n");
        var run = KindredProcess.Of("/bin/bash", ["-c", "\"$0\" \"$@\" | true; exit ${PIPESTATUS[0]}", .. KindredProcess.Words, "run", _folder["one.yaml"], _folder["two.yaml"], "--quiet"]);
        Assert.True(run.Code == ExitCode.Output, $"{run.Code} {run.Error}");
        Assert.All(["one", "two"], store => Assert.True(File.Exists(_folder[$"{store}/CURRENT"])));
    }

    [Fact]
    public void A_non_blocking_standard_output_is_waited_for()
    {
        if (!File.Exists("/usr/bin/python3") || !OperatingSystem.IsLinux()) Assert.Skip("/usr/bin/python3 is missing, or this is not Linux.");

        // Reads nothing until the pipe is full, so that the command has to wait.
        const string script = """
            import fcntl, os, select, subprocess, sys, time
            reading, writing = os.pipe()
            fcntl.fcntl(writing, 1031, 4096)
            os.set_blocking(writing, False)
            command = subprocess.Popen(sys.argv[1:], stdout=writing)
            while command.poll() is None and select.select([], [writing], [], 0)[1]: time.sleep(0.01)
            time.sleep(0.1)
            os.close(writing)
            with open(reading, "rb") as output: sys.stdout.buffer.write(output.read())
            sys.exit(command.wait())
            """;
        string[] assign = ["experiment", "assign", "--salt", "s", "--arm", "a=1", "b=1", "--units", world.Users, world.Seeds, world.Interactions, "--quiet"];
        var expected = Invocation.Good(assign).Output;
        Assert.True(expected.Length > 3 * 4096, $"{expected.Length}");
        var run = KindredProcess.Of("/usr/bin/python3", ["-c", script, .. KindredProcess.Words, .. assign]);
        Assert.True(run.Code == ExitCode.Success, $"{run.Code} {run.Error}");
        Assert.Equal(expected, run.Output);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(64)]
    public void A_full_disk_is_reported_and_leaves_nothing(int kilobytes)
    {
        var run = KindredProcess.Ended(KindredProcess.StartWithFilesUpTo(kilobytes, "embed", "--interactions", world.Interactions, "--users", world.Users, "--dimension", "16", "--iterations", "1", "--out", _folder["out"]));
        Assert.True(run.Code == ExitCode.Output, $"{run.Code} {run.Error}");
        Assert.Contains("that the disk has room", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("generate --users 4000 --out {out} --format csv")]
    [InlineData("generate --users 4000 --out {out} --format csv.gz")]
    [InlineData("generate --users 4000 --out {out} --format parquet")]
    [InlineData("inspect --population {population} --seeds {seeds} --out {out}")]
    [InlineData("expand --population {population} --models {models} --size 2000 --out {out} --format csv.gz")]
    public void A_full_disk_is_reported_for_the_folder_and_not_for_standard_output(string command)
    {
        string[] words = [.. command.Split(' ').Select(word => word.Replace("{out}", _folder["out"]).Replace("{population}", world.Population).Replace("{seeds}", world.Seeds).Replace("{models}", world.Models))];
        var run = KindredProcess.Ended(KindredProcess.StartWithFilesUpTo(4, words));
        Assert.True(run.Code == ExitCode.Output, $"{run.Code} {run.Error}");
        Assert.Contains(_folder.Path, run.Error, StringComparison.Ordinal);
        Assert.Contains("that the disk has room", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("standard output", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Of_concurrent_runs_into_one_folder_one_succeeds_and_the_others_fail()
    {
        string[] command = ["expand", "--population", world.Population, "--models", world.Models, "--size", "10", "--quiet", "--out", _folder["out"]];
        var runs = new Invocation[4];
        Parallel.For(0, runs.Length, i => runs[i] = Invocation.Of(command));
        Assert.Single(runs, run => run.Code == ExitCode.Success);
        Assert.All(runs.Where(run => run.Code != ExitCode.Success), run =>
        {
            Assert.Equal(ExitCode.Output, run.Code);
            Assert.Contains($"{_folder["out"]} exists already", run.Error, StringComparison.Ordinal);
        });
        Invocation.Good("verify", _folder["out"]);
        Assert.Equal([_folder["out"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Concurrent_runs_that_replace_one_folder_leave_one_whole_output()
    {
        string[] command = ["expand", "--population", world.Population, "--models", world.Models, "--size", "10", "--quiet", "--replace", "--out", _folder["out"]];
        Invocation.Good(command);
        var runs = new Invocation[4];
        Parallel.For(0, runs.Length, i => runs[i] = Invocation.Of(command));
        Assert.All(runs, run => Assert.True(run.Code is ExitCode.Success or ExitCode.Output, run.Error));
        Assert.Contains(runs, run => run.Code == ExitCode.Success);
        Invocation.Good("verify", _folder["out"]);
        Assert.Equal([_folder["out"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Leftovers_of_a_killed_run_do_not_disturb_the_next()
    {
        string[] command = ["embed", "--interactions", world.Interactions, "--users", world.Users, "--dimension", "16", "--out", _folder["out"]];
        using (var process = KindredProcess.Start(command))
        {
            // Kills the process after its first write; it may have ended before.
            while (!process.HasExited && Directory.GetFileSystemEntries(_folder.Path).Length == 0) Thread.Sleep(1);
            process.Kill();
            process.WaitForExit();
        }

        if (Directory.Exists(_folder["out"])) Assert.Skip("The run ended before it could be killed.");
        Invocation.Good(command);
        Invocation.Good("verify", _folder["out"]);
        FolderContents.AssertSame(world.Population, _folder["out"]);
    }

    [Fact]
    public void Owner_names_that_look_like_paths_stay_inside_the_store()
    {
        var settings = _folder.Text("run.yaml",
            $"population: {world.Population}\nseeds: {world.Seeds}\nstore: runs\nsizes: [40]\npublish_lists: csv\nsample_users: 1000\ntraining: {{ epochs: 1 }}\nlists:\n  advertiser-01: {{ owner: \"../../../../x\" }}\n  advertiser-02: {{ owner: /tmp }}\n");
        Invocation.Good("run", settings, "--quiet");
        Assert.Equal(["run.yaml", "runs"], Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.Equal(["-", "tmp", "x"], Directory.GetDirectories(Path.Combine(_folder["runs"], "versions", "000001", "lists")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Invocation.Good("verify", _folder["runs"]);
    }

    [Fact]
    public void List_ids_that_look_like_paths_stay_inside_the_output()
    {
        string[] ids = ["../../x", "/etc/passwd", "..", ".", "a/b", "a\\b", "con", "*", "~", "x\u001b[2J", "line\nbreak", new('L', 128), "üü"];
        var users = world.People.Where(person => person.Active).Take(30).Select(person => person.Id).ToArray();
        var seeds = _folder.Text("seeds.csv", "seed_list_id,user_id\n" + string.Concat(ids.SelectMany(id => users.Select(user => $"\"{id}\",{user}\n"))));
        Invocation.Good("expand", "--population", world.Population, "--seeds", seeds, "--epochs", "1", "--size", "10", "--quiet", "--out", _folder["out"]);
        Assert.Equal(["out", "seeds.csv"], Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.Equal(ids.Length, Directory.GetFiles(_folder["out"], "*.csv", SearchOption.TopDirectoryOnly).Length);
        Assert.Empty(Directory.GetDirectories(_folder["out"]));
        Invocation.Good("verify", _folder["out"]);
    }
}
