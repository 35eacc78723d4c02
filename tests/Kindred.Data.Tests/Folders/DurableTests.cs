using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Kindred.Data.Folders;

namespace Kindred.Data.Tests.Folders;

public sealed class DurableTests : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_appears_only_when_it_is_committed_and_an_old_one_stays_until_then()
    {
        _folder.Text("out.csv", "old");
        using (var file = PendingFile.Create(_folder["out.csv"], replace: true)) File.WriteAllText(file.Path, "new");
        Assert.Equal("old", File.ReadAllText(_folder["out.csv"]));
        using (var file = PendingFile.Create(_folder["out.csv"], replace: true))
        {
            Assert.EndsWith("out.csv", file.Path, StringComparison.Ordinal);
            File.WriteAllText(file.Path, "new");
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(_folder["out.csv"]));
        using (var file = PendingFile.Create(_folder["out.csv"], replace: false))
        {
            File.WriteAllText(file.Path, "newer");
            Assert.Equal("output_exists", Assert.Throws<KindredException>(file.Commit).Code);
        }

        Assert.Equal(("new", 1), (File.ReadAllText(_folder["out.csv"]), Directory.GetFileSystemEntries(_folder.Path).Length));
        Assert.Equal("output_not_writable", Assert.Throws<KindredException>(() => PendingFile.Create(_folder["nowhere/x"], false)).Code);
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void What_is_written_is_its_owners_alone_and_a_replaced_file_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Modes of files are those of Unix.");
        using (var output = OutputFolder.Create(_folder["made/out"]))
        {
            Assert.Equal(Durable.OwnersFolder, File.GetUnixFileMode(output.Path));
            Directory.CreateDirectory(Path.Combine(output.Path, "inner"));
            File.WriteAllText(Path.Combine(output.Path, "inner", "ids.csv"), "x");
            File.SetUnixFileMode(Path.Combine(output.Path, "inner", "ids.csv"), OwnersFile | UnixFileMode.OtherRead);
            output.Commit();
        }

        Assert.All(["made", "made/out", "made/out/inner"], path => Assert.Equal(Durable.OwnersFolder, File.GetUnixFileMode(_folder[path])));
        Assert.Equal(OwnersFile, File.GetUnixFileMode(_folder["made/out/inner/ids.csv"]));
        InPlace.ReplaceFile(_folder["t.json"], [1]);
        Assert.Equal(OwnersFile, File.GetUnixFileMode(_folder["t.json"]));
        File.SetUnixFileMode(_folder["t.json"], OwnersFile | UnixFileMode.GroupRead);
        InPlace.ReplaceFile(_folder["t.json"], [2]);
        Assert.Equal(OwnersFile | UnixFileMode.GroupRead, File.GetUnixFileMode(_folder["t.json"]));
        RecordFile.Append(_folder["log.jsonl"], [[1]]);
        Assert.Equal(OwnersFile, File.GetUnixFileMode(_folder["log.jsonl"]));
    }

    [Fact]
    public void What_a_killed_command_left_is_deleted_and_what_a_live_one_writes_stays()
    {
        var gone = Gone();
        string[] left = [$".population.tmp-{gone}-0123abcd", $".other.tmp-{gone}-0123abcd", $".tmp-{gone}-0123abcd.list.csv"];
        string[] foreign = [".hidden", ".x.tmp-1", $".x.tmp-{gone}-0123abc", $"x.tmp-{gone}-0123abcd"];
        Directory.CreateDirectory(_folder[left[0]]);
        Directory.CreateDirectory(_folder[left[1]]);
        _folder.Text(left[0] + "/users.parquet", "people");
        foreach (var name in foreign.Append(left[2])) _folder.Text(name, "x");
        using (var live = Kindred.Data.Folders.PendingFolder.Beside(_folder["live"]))
        {
            using var output = OutputFolder.Create(_folder["out"]);
            Assert.True(Directory.Exists(live.Path));
            output.Commit();
        }

        Assert.Equal([.. foreign.Append("out").Order(StringComparer.Ordinal)],
            Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_lost_its_name_in_a_killed_exchange_gets_it_back()
    {
        var aside = $".out.tmp-{Gone()}-0123abcd-old";
        _folder.Text(aside + "/a", "precious");
        Kindred.Data.Folders.PendingFolder.DeleteAbandoned(_folder.Path);
        Assert.Equal("precious", File.ReadAllText(_folder["out/a"]));
        _folder.Text(aside + "/a", "older");
        Kindred.Data.Folders.PendingFolder.DeleteAbandoned(_folder.Path);
        Assert.Equal(["out"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
        Assert.Equal("precious", File.ReadAllText(_folder["out/a"]));
    }

    [Fact]
    public void Old_files_that_cannot_be_deleted_are_an_error_that_names_them()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can make a file undeletable.");
        using (var first = OutputFolder.Create(_folder["out"]))
        {
            File.WriteAllText(Path.Combine(first.Path, "ids.csv"), "old");
            FolderManifest.Describe(first.Path, "kindred-test", 1, []).Write(first.Path);
            first.Commit();
        }

        Assert.SkipUnless(Chattr("+i", _folder["out/ids.csv"]), "The file system has no immutable files.");
        string left;
        using (var next = OutputFolder.Create(_folder["out"], replace: true))
        {
            File.WriteAllText(Path.Combine(next.Path, "ids.csv"), "new");
            FolderManifest.Describe(next.Path, "kindred-test", 1, []).Write(next.Path);
            var error = Assert.Throws<KindredException>(next.Commit);
            left = (string)error.Values["left"]!;
            Assert.Equal("old_files_left", error.Code);
        }

        Assert.Equal(("new", "old"), (File.ReadAllText(_folder["out/ids.csv"]), File.ReadAllText(Path.Combine(left, "ids.csv"))));
        Assert.True(Chattr("-i", Path.Combine(left, "ids.csv")));
    }

    [Fact]
    public void A_record_grows_by_whole_lines_also_after_one_that_was_cut_off()
    {
        RecordFile.Append(_folder["log.jsonl"], ["one"u8.ToArray()]);
        File.AppendAllText(_folder["log.jsonl"], "tor");
        RecordFile.Append(_folder["log.jsonl"], ["two"u8.ToArray(), "three"u8.ToArray()]);
        Assert.Equal("one\ntor\ntwo\nthree\n", Encoding.UTF8.GetString(File.ReadAllBytes(_folder["log.jsonl"])));
    }

    // A process that was there and is not any more.
    private static int Gone()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.Id;
    }

    private static bool Chattr(string change, string file)
    {
        using var process = Process.Start(new ProcessStartInfo("chattr", [change, file]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
