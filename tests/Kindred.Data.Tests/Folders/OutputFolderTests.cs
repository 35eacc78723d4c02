using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Data.Tests.Folders;

public sealed class OutputFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Appears_only_when_it_is_committed()
    {
        using var output = OutputFolder.Create(_folder["out"]);
        File.WriteAllText(Path.Combine(output.Path, "a"), "1");
        Assert.False(Path.Exists(_folder["out"]));
        output.Commit();
        Assert.Equal("1", File.ReadAllText(_folder["out/a"]));
        Assert.Equal(["out"], Names());
    }

    [Fact]
    public void Leaves_nothing_without_a_commit()
    {
        using (var output = OutputFolder.Create(_folder["out"])) File.WriteAllText(Path.Combine(output.Path, "a"), "1");
        Assert.Empty(Names());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_existing_target_is_refused_before_any_work(bool empty)
    {
        Directory.CreateDirectory(_folder["out"]);
        if (!empty) _folder.Text("out/precious", "x");
        var error = Assert.Throws<KindredException>(() => OutputFolder.Create(_folder["out"]));
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.Contains(_folder["out"], error.Message, StringComparison.Ordinal);
        Assert.Equal(("output_exists", (object?)_folder["out"]), (error.Code, error.Values["path"]));
        Assert.Contains("allow it to be replaced", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(["out"], Names());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_target_that_appeared_meanwhile_is_not_overwritten(bool empty)
    {
        using (var output = OutputFolder.Create(_folder["out"]))
        {
            Directory.CreateDirectory(_folder["out"]);
            if (!empty) _folder.Text("out/precious", "x");
            Assert.Equal(ErrorKind.Output, Assert.Throws<KindredException>(output.Commit).Kind);
        }

        Assert.Equal(["out"], Names());
        Assert.Equal(!empty, File.Exists(_folder["out/precious"]));
    }

    [Fact]
    public void The_last_step_itself_refuses_to_overwrite()
    {
        Directory.CreateDirectory(_folder["new"]);
        Directory.CreateDirectory(_folder["out"]);
        _folder.Text("file", "");
        Assert.False(AtomicRename.TryMove(_folder["new"], _folder["out"]));
        Assert.False(AtomicRename.TryMove(_folder["new"], _folder["file"]));
        Assert.True(Directory.Exists(_folder["new"]));
        Assert.Throws<KindredException>(() => OutputErrors.Guard("x", () => AtomicRename.TryMove(_folder["missing"], _folder["y"])));
    }

    [Fact]
    public void Replaces_only_what_kindred_wrote()
    {
        WriteKindredFolder("out", "old");
        using (var output = OutputFolder.Create(_folder["out"], replace: true))
        {
            File.WriteAllText(Path.Combine(output.Path, "a"), "new");
            Assert.Equal("old", File.ReadAllText(_folder["out/a"]));
            output.Commit();
        }

        Assert.Equal("new", File.ReadAllText(_folder["out/a"]));
        Assert.Equal(["out"], Names());

        Directory.CreateDirectory(_folder["photos"]);
        Assert.Contains("was not written by Kindred", Assert.Throws<KindredException>(() => OutputFolder.Create(_folder["photos"], replace: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_leaves_the_old_folder()
    {
        WriteKindredFolder("out", "old");
        Assert.Throws<InvalidOperationException>((Action)(() =>
        {
            using var output = OutputFolder.Create(_folder["out"], replace: true);
            File.WriteAllText(Path.Combine(output.Path, "a"), "half");
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(_folder["out/a"]));
        Assert.Equal(["out"], Names());
    }

    [Fact]
    public void A_parent_that_cannot_be_written_is_named()
    {
        var parent = _folder.Text("file", "not a folder");
        var error = Assert.Throws<KindredException>(() => OutputFolder.Create(Path.Combine(parent, "out")));
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.Contains(Path.Combine(parent, "out"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_an_output_error_that_names_the_file()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("There is no /dev/full here.");
        File.CreateSymbolicLink(_folder["full.csv"], "/dev/full");
        using var writer = Data.Tables.TableWriter.Create(_folder["full.csv"], [new("a", Data.Tables.ColumnType.Int32)]);
        for (var i = 0; i < 10; i++)
        {
            writer.Write(i);
            writer.EndRow();
        }

        var error = Assert.Throws<KindredException>(writer.Complete);
        Assert.Equal(ErrorKind.Output, error.Kind);
        Assert.Contains("full.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_has_the_same_bytes_whatever_the_order_of_its_keys()
    {
        _folder.Text("data", "x");
        var one = FolderManifest.Describe(_folder.Path, "kindred-test", 1, new JsonObject { ["b"] = 1, ["a"] = new JsonObject { ["z"] = 1, ["y"] = 2 } });
        var two = FolderManifest.Describe(_folder.Path, "kindred-test", 1, new JsonObject { ["a"] = new JsonObject { ["y"] = 2, ["z"] = 1 }, ["b"] = 1 });
        var other = FolderManifest.Describe(_folder.Path, "kindred-test", 1, new JsonObject { ["b"] = 2 });
        Assert.Equal(one.Version, two.Version);
        Assert.NotEqual(one.Version, other.Version);
        one.Write(_folder.Path);
        var bytes = File.ReadAllBytes(_folder["manifest.json"]);
        two.Write(_folder.Path);
        Assert.Equal(bytes, File.ReadAllBytes(_folder["manifest.json"]));
        Assert.Equal((byte)'\n', bytes[^1]);
        Assert.Equal(one.Version, FolderManifest.Read(_folder.Path, "kindred-test", 1, "Make it again").Version);
    }

    private string[] Names() =>
        [.. Directory.EnumerateFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private void WriteKindredFolder(string name, string text)
    {
        Directory.CreateDirectory(_folder[name]);
        _folder.Text(name + "/a", text);
        FolderManifest.Describe(_folder[name], "kindred-test", 1, []).Write(_folder[name]);
    }
}
