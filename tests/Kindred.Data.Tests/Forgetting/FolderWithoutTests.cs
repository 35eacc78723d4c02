using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Data.Forgetting;
using Kindred.Data.Forgotten;
using Kindred.Data.Tables;

namespace Kindred.Data.Tests.Forgetting;

public sealed class FolderWithoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Tombstones _gone = Tombstones.Empty.With(["17"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_of_text_tables_go_and_items_of_the_same_name_stay()
    {
        _folder.Text("w/interactions.csv", "user_id,item_id\n16,17\n17,4\n18,17\n");
        _folder.Text("w/inner/outliers.csv", "seed_list_id,user_id\n17,3\n17,\"17\"\n");
        Complete("w/inner", "kindred-inspection");
        Complete("w", "kindred-world");
        Assert.Equal(2, FolderWithout.Replace(_folder["w"], _gone).Users);
        Assert.Equal("user_id,item_id\n16,17\n18,17\n", File.ReadAllText(_folder["w/interactions.csv"]));
        Assert.Equal("seed_list_id,user_id\n17,3\n", File.ReadAllText(_folder["w/inner/outliers.csv"]));
        FolderManifest.Read(_folder["w"], "kindred-world", 1, "").Verify(_folder["w"], "");
        FolderManifest.Read(_folder["w/inner"], "kindred-inspection", 1, "").Verify(_folder["w/inner"], "");
        Assert.Equal(["w"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_world_in_use_keeps_what_was_added_and_a_stopped_deletion_goes_on()
    {
        _folder.Text("w/users.csv", "user_id\n16\n17\n");
        _folder.Text("w/seeds.csv", "seed_list_id,user_id\na,17\na,18\n");
        _folder.Text("w/run.yaml", "method: mlp\n");
        _folder.Text("w/inner/outliers.csv", "seed_list_id,user_id\na,17\n");
        Complete("w/inner", "kindred-inspection");
        Complete("w", "kindred-world");
        _folder.Text("w/run.yaml", "method: linear\n");
        _folder.Text("w/runs/CURRENT", "000001\n");

        // Stopped after the manifest and after the inner folder: two files are as they were.
        var (users, seeds) = (File.ReadAllText(_folder["w/users.csv"]), File.ReadAllText(_folder["w/seeds.csv"]));
        FolderWithout.Replace(_folder["w"], _gone);
        var expected = Traces.Files(_folder["w"]);
        _folder.Text("w/users.csv", users);
        _folder.Text("w/seeds.csv", seeds);
        Assert.Equal(2, FolderWithout.Replace(_folder["w"], _gone).Users);
        Traces.AssertSame(expected, Traces.Files(_folder["w"]));
        Assert.Equal("000001\n", File.ReadAllText(_folder["w/runs/CURRENT"]));
        var manifest = FolderManifest.Read(_folder["w"], "kindred-world", 1, "");
        manifest.Only("users.csv", "seeds.csv", "inner/outliers.csv", "inner/manifest.json").Verify(_folder["w"], "");

        // A file that Kindred did not write is named, not changed.
        _folder.Text("w/mine.csv", users);
        Assert.Equal(_folder["w/mine.csv"], Assert.Throws<KindredException>(() => FolderWithout.Replace(_folder["w"], _gone)).Values["file"]);
        Assert.Equal(users, File.ReadAllText(_folder["w/mine.csv"]));
    }

    [Theory]
    [InlineData("log.parquet")]
    [InlineData("truth.json")]
    public void A_file_that_cannot_be_rewritten_is_named_and_everything_stays(string name)
    {
        _folder.Text("w/users.csv", "user_id\n17\n18\n");
        if (name.EndsWith(".json", StringComparison.Ordinal)) _folder.Text("w/" + name, "{ \"users\": [\"16\", \"17\"] }");
        else WriteParquet(_folder["w/" + name]);
        Complete("w", "kindred-world");
        var before = Traces.Files(_folder["w"]);
        var error = Assert.Throws<KindredException>(() => FolderWithout.Replace(_folder["w"], _gone));
        Assert.Equal(("users_still_there", ErrorKind.Output, _folder["w/" + name]), (error.Code, error.Kind, error.Values["file"]));
        Traces.AssertSame(before, Traces.Files(_folder["w"]));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_without_the_users_is_left_as_it_is_and_a_strange_one_is_refused()
    {
        _folder.Text("w/figures.json", "{ \"items\": [\"17\"], \"rank\": 17 }");
        _folder.Text("w/page.html", "<p>17</p>");
        Complete("w", "kindred-reach");
        var before = Directory.GetLastWriteTimeUtc(_folder["w"]);
        Assert.Equal(RemovedUsers.None, FolderWithout.Replace(_folder["w"], _gone));
        Assert.Equal(before, Directory.GetLastWriteTimeUtc(_folder["w"]));
        Directory.CreateDirectory(_folder["strange"]);
        Assert.Equal("folder_not_deletable_from", Assert.Throws<KindredException>(() => FolderWithout.Require(_folder["strange"])).Code);
    }

    [Fact]
    public void A_file_that_cannot_be_read_counts_as_one_with_a_user()
    {
        _folder.Text("w/users.parquet", "PAR1 and no footer PAR1");
        _folder.Text("w/empty.parquet", "");
        Assert.Equal([_folder["w/users.parquet"]], ForgottenSearch.Run(_folder["w"], _gone));
        Assert.Empty(ForgottenSearch.Run(_folder["w"], Tombstones.Empty));
    }

    private static void WriteParquet(string file)
    {
        using var table = TableWriter.Create(file, [new TableColumn("user_id", ColumnType.Text), new TableColumn("clicks", ColumnType.Int32)]);
        table.Write("17"u8);
        table.Write(3);
        table.EndRow();
        table.Complete();
    }

    private void Complete(string folder, string format) =>
        FolderManifest.Describe(_folder[folder], format, 1, new JsonObject()).Write(_folder[folder]);
}
