using System.Text;
using Kindred.Data.Batches;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.Data.Values;

namespace Kindred.Data.Tests.Tables;

/// <summary>Tests folders as engines write tables.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_keys_of_folders_are_columns()
    {
        _folder.Text("users/country=DE/plan=free%20of%20charge/part-0.csv", "user_id\na\nb\n");
        _folder.Text("users/country=HU/plan=__HIVE_DEFAULT_PARTITION__/part-0.csv", "user_id\nc\n");
        _folder.Text("users/country=__HIVE_DEFAULT_PARTITION__/plan=x/part-0.csv", "user_id\nd\n");
        _folder.Text("users/_SUCCESS", "");
        _folder.Text("users/other/part-9.csv", "user_id\nnobody\n");
        var users = UserReader.Read(InputGlob.Find(_folder["users"])).Users;
        Assert.Equal("a,b,c,d", string.Join(',', Enumerable.Range(0, users.Ids.Count).Select(users.Ids.GetString)));
        Assert.Equal(["", "DE", "HU"], users.Countries);
        Assert.Equal([1, 1, 2, 0], users.CountryOf);
        Assert.Equal(["free of charge", "free of charge", null, "x"], users.Attributes["plan"]);
    }

    [Fact]
    public void A_column_of_the_file_comes_before_a_folder_of_the_same_name()
    {
        var file = _folder.Text("country=DE/users.csv", "user_id,country\na,HU\n");
        Assert.Equal(["HU"], UserReader.Read([file]).Users.Countries);
    }

    [Fact]
    public void Rows_of_parts_have_the_keys_in_batches_too()
    {
        Directory.CreateDirectory(_folder["day=2025-11-30"]);
        var file = _folder["day=2025-11-30/part.parquet"];
        using (var writer = new ParquetSharp.ParquetFileWriter(file, [new ParquetSharp.Column<string>("user_id"), new ParquetSharp.Column<long>("n")]))
        using (var group = writer.AppendRowGroup())
        {
            using (var ids = group.NextColumn().LogicalWriter<string>()) ids.WriteBatch([.. Enumerable.Range(0, 10_000).Select(i => $"u{i}")]);
            using (var numbers = group.NextColumn().LogicalWriter<long>()) numbers.WriteBatch([.. Enumerable.Range(0, 10_000).Select(i => (long)i)]);
            writer.Close();
        }

        using var table = TableReader.Open(file);
        Assert.Equal(["user_id", "n", "day"], table.Columns);
        var (batch, days, users) = (new TableBatch(), new TimeColumn(), new HashColumn());
        batch.Add(table.Require("day"), days);
        batch.Add(table.Require("user_id"), users);
        var rows = 0;
        for (int read; (read = table.ReadBatch(batch)) > 0; rows += read)
        {
            Assert.All(days.Times[..read].ToArray(), time => Assert.Equal(1_764_460_800_000, time));
            Assert.All(users.Hashes[..read].ToArray(), hash => Assert.NotEqual(0UL, hash));
        }

        Assert.Equal(10_000, rows);

        using var again = TableReader.Open(file);
        var (day, n) = (again.Require("day"), again.Require("n"));
        Assert.Equal(-1, again.Find("none"));
        Assert.True(again.Read());
        Assert.Equal((1_764_460_800_000, 0.0), (again.UnixMilliseconds(day), again.Number(n)));
    }

    [Fact]
    public void A_column_of_hashes_has_none_for_a_missing_id_unless_such_words_are_kept()
    {
        var kept = new HashColumn(new TableRules { MissingIds = MissingIds.Keep });
        var usual = new HashColumn();
        foreach (var column in new[] { usual, kept })
        {
            column.Set(0, "NULL"u8);
            column.Set(1, "\\N"u8);
            column.Set(2, "a"u8);
        }

        Assert.Equal([true, true, false], usual.Hashes[..3].ToArray().Select(hash => hash == 0));
        Assert.Equal([false, true, false], kept.Hashes[..3].ToArray().Select(hash => hash == 0));
    }

    [Theory]
    [InlineData("_delta_log/00000000000000000000.json", "part-0.csv", "Delta")]
    [InlineData("_delta_log/00000000000000000000.json", "country=DE/part-0.csv", "Delta")]
    [InlineData(".hoodie/hoodie.properties", "2025/11/30/part-0.csv", "Hudi")]
    [InlineData("metadata/v2.metadata.json", "data/part-0.csv", "Iceberg")]
    [InlineData("metadata/00001-abc.metadata.json", "data/day=3/part-0.csv", "Iceberg")]
    public void A_table_with_a_log_is_refused_as_a_folder_as_a_pattern_and_as_a_file(string log, string part, string format)
    {
        _folder.Text("table/" + log, "{}");
        var file = _folder.Text("table/" + part, "user_id,item_id\na,1\n");
        string[] paths = [_folder["table"], file, Path.GetDirectoryName(file)!, Path.Combine(Path.GetDirectoryName(file)!, "*.csv")];
        foreach (var path in paths)
        {
            var files = InputGlob.Expand([path], "/", problem => new KindredException(ErrorKind.BadInput, "x", problem, ""));
            var error = Assert.Throws<KindredException>(() => InteractionReader.Read(files));
            Assert.Equal("table_with_log", error.Code);
            Assert.Contains(format, error.Problem, StringComparison.Ordinal);
            Assert.Contains("Export", error.Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_called_metadata_alone_is_no_table_with_a_log()
    {
        _folder.Text("export/metadata/readme.json", "{}");
        var file = _folder.Text("export/rows.csv", "user_id,item_id\na,1\n");
        Assert.Equal(1, InteractionReader.Read([file]).Matrix.Users.Count);
    }
}
