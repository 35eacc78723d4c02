using System.Runtime.Versioning;
using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Durability;

/// <summary>Tests that killed commands leave nothing for long, and that nobody but the owner can read what is written.</summary>
public sealed class LeftoverTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_next_command_deletes_what_a_killed_one_left_and_not_what_a_live_one_writes()
    {
        string[] embed = ["embed", "--interactions", world.Interactions, "--dimension", "128", "--iterations", "40", "--quiet", "--out"];
        using var live = KindredProcess.Start([.. embed, _folder["live"]]);
        using var killed = KindredProcess.Start([.. embed, _folder["killed"]]);
        SpinWait.SpinUntil(() => Temporaries().Length == 2 || live.HasExited || killed.HasExited, TimeSpan.FromSeconds(60));
        killed.Kill();
        killed.WaitForExit();
        Assert.SkipWhen(live.HasExited, "The other command ended too early to be looked at.");
        Assert.Equal(2, Temporaries().Length);
        Invocation.Good("expand", "--population", world.Population, "--models", world.Models, "--size", "10", "--out", _folder["audiences"]);
        if (!live.HasExited) Assert.StartsWith(".live.tmp-", Path.GetFileName(Assert.Single(Temporaries())), StringComparison.Ordinal);
        live.Kill();
        live.WaitForExit();
        Invocation.Good("expand", "--population", world.Population, "--models", world.Models, "--size", "10", "--out", _folder["more"]);
        Assert.Empty(Temporaries());
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void Everything_written_is_its_owners_alone_whatever_the_umask()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Modes of files are those of Unix.");
        var store = world.Days.New("first");
        string[][] commands =
        [
            ["run", world.Days.Settings(store, 1), "--allow-missing", "--quiet"],
            ["forget", world.People[3].Id, "--store", store, "--quiet"],
            ["rollback", "1", "--store", store, "--quiet"],
            ["expand", "--population", world.Population, "--models", world.Models, "--size", "10", "--out", _folder["made/audiences"], "--quiet"],
            ["experiment", "assign", "--units", world.Users, "--salt", "s", "--arm", "a=1", "b=1", "--out", _folder["arms.csv"], "--quiet"],
        ];
        foreach (var command in commands)
        {
            var run = KindredProcess.Of("/bin/bash", ["-c", "umask 000; exec \"$0\" \"$@\"", .. KindredProcess.Words, .. command]);
            Assert.True(run.Code == ExitCode.Success, run.Error);
        }

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        string[] written = [store, .. FolderContents.Of(store).Keys.Select(name => Path.Combine(store, name)), _folder["made"],
            .. FolderContents.Of(_folder["made"]).Keys.Select(name => Path.Combine(_folder["made"], name)), _folder["arms.csv"]];
        foreach (var path in written) Assert.True((File.GetUnixFileMode(path.TrimEnd('/')) & Others) == 0, $"{path} has the mode {File.GetUnixFileMode(path.TrimEnd('/'))}");
    }

    private string[] Temporaries() => Directory.GetFileSystemEntries(_folder.Path, ".*.tmp-*", new EnumerationOptions { AttributesToSkip = 0 });
}
