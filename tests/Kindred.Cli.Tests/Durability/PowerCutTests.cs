using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Durability;

/// <summary>Tests that what a command acknowledged is on the disk: the disk is copied right after the command ended, and the copy is read.
/// bench/durability.py does the same at random moments of all commands.</summary>
public sealed class PowerCutTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_acknowledged_survives_a_power_cut()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/mkfs.ext4"),
            "Only root can mount an image, and mkfs.ext4 is needed.");
        var (image, disk, copy) = (_folder["disk.img"], _folder["disk"], _folder["copy"]);
        Directory.CreateDirectory(disk);
        Directory.CreateDirectory(copy);
        using (var file = File.Create(image)) file.SetLength(96 << 20);
        Good("mkfs.ext4", "-q", "-F", image);
        Assert.SkipUnless(Mount(image, disk), "This system does not mount images.");
        try
        {
            DailyWorld.CopyFolder(world.Population, Path.Combine(disk, "population"));
            Good("sync", "-f", disk);
            AfterCut(image, disk, copy, ["expand", "--population", Path.Combine(disk, "population"), "--models", world.Models, "--size", "2%", "--out", Path.Combine(disk, "audiences")]);
            AfterCut(image, disk, copy, ["expand", "--population", Path.Combine(disk, "population"), "--models", world.Models, "--size", "3%", "--out", Path.Combine(disk, "audiences"), "--replace"]);
            File.WriteAllText(Path.Combine(disk, "run.yaml"),
                $"population: population\nseeds: {world.Seeds}\nstore: runs\nsizes: [2%]\npublish_lists: csv\nsample_users: 1000\nmethod: centroid\n");
            AfterCut(image, disk, copy, ["run", Path.Combine(disk, "run.yaml"), "--allow-missing"]);
            AfterCut(image, disk, copy, ["forget", world.People[17].Id, "--store", Path.Combine(disk, "runs"), "--also", Path.Combine(disk, "audiences")]);
            AfterCut(image, disk, copy, ["embed", "--interactions", world.Interactions, "--dimension", "16", "--iterations", "1", "--out", Path.Combine(disk, "population"), "--replace"]);
        }
        finally
        {
            Good("umount", disk);
        }
    }

    /// <summary>Runs a command to its end, copies the disk, and compares what the copy holds with what the system shows.</summary>
    private void AfterCut(string image, string disk, string copy, string[] command)
    {
        var run = KindredProcess.Ended(KindredProcess.Start([.. command, "--quiet"]));
        Assert.True(run.Code == ExitCode.Success, run.Error);
        Good("cp", "--sparse=always", image, _folder["cut.img"]);
        var shown = FolderContents.Of(disk);
        Assert.True(Mount(_folder["cut.img"], copy));
        try
        {
            Assert.Equal(shown.Where(entry => entry.Key != "run.yaml"), FolderContents.Of(copy).Where(entry => entry.Key != "run.yaml"));
        }
        finally
        {
            Good("umount", copy);
        }
    }

    // Without background writes, so that only what a command syncs is on the disk.
    private static bool Mount(string image, string folder) => KindredProcess.Of("/usr/bin/mount", ["-o", "loop,commit=300", image, folder]).Code == 0;

    private static void Good(string program, params string[] arguments)
    {
        var run = KindredProcess.Of("/usr/bin/env", [program, .. arguments]);
        Assert.True(run.Code == 0, $"{program}: {run.Error}");
    }
}
