using System.Text;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;

namespace Kindred.Data.Tests.Inputs;

/// <summary>Tests that every malformed input gives an error with its position and a remedy.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Header = "user_id,item_id,weight,timestamp\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", 1, null, "empty", "Write a header")]
    [InlineData("\n\n", 1, null, "header line is empty", "names of the columns")]
    [InlineData("user,item_id\na,b\n", 1, "user_id", "'user', 'item_id'", "Did you mean 'user'")]
    [InlineData("USER_ID,item_id\na,b\n", 1, "user_id", "'USER_ID'", "Did you mean 'USER_ID'")]
    [InlineData("x,y\na,b\n", 1, "user_id", "'x', 'y'", "Add it, or rename")]
    [InlineData("user_id,user_id,item_id\na,b,c\n", 1, "user_id", "more than once", "Rename or delete")]
    [InlineData(Header, 2, null, "no rows", "Check the export")]
    [InlineData(Header + "a,b,1,5\na,b,1\n", 3, null, "3 values", "4 columns")]
    [InlineData(Header + "a,b,1,5,6\n", 2, null, "5 values", "Quote values")]
    [InlineData(Header + "a,b,one,5\n", 2, "weight", "'one' is not a number", "Write numbers like")]
    [InlineData(Header + "a,b,,5\n", 2, "weight", "'' is not a number", "Write numbers like")]
    [InlineData(Header + "a,b,\"1,5\",5\n", 2, "weight", "'1,5' has a decimal comma", "Export with a decimal point")]
    [InlineData(Header + "a,b,\"1,2,3\",5\n", 2, "weight", "'1,2,3' is not a number", "no thousands separators")]
    [InlineData(Header + "a,b,NaN,5\n", 2, "weight", "not a finite number", "Delete the row")]
    [InlineData(Header + "a,b,1,5\na,b,-Infinity,5\n", 3, "weight", "not a finite number", "Delete the row")]
    [InlineData(Header + "a,b,1e300,5\n", 2, "weight", "too large", "scale them down")]
    [InlineData(Header + "a,b,1,yesterday\n", 2, "timestamp", "'yesterday' is not a point in time", "ISO 8601")]
    [InlineData(Header + "a,b,1,11/12/2024\n", 2, "timestamp", "not a point in time", "ISO 8601")]
    [InlineData(Header + "a,b,1,170000000000000000000\n", 2, "timestamp", "not a point in time", "milli-, micro- or nanoseconds")]
    [InlineData(Header + ",b,1,5\n", 2, "user_id", "id is empty", "Give every row an id")]
    [InlineData(Header + "a,,1,5\n", 2, "item_id", "id is empty", "Give every row an id")]
    [InlineData(Header + " a,b,1,5\n", 2, "user_id", "white space", "remove the white space")]
    [InlineData(Header + "a,b\u00A0,1,5\n", 2, "item_id", "white space", "byte for byte")]
    [InlineData(Header + "a,\"b\"c,1,5\n", 2, null, "quoting is wrong", "double the quotes")]
    [InlineData(Header + "a,b,1,5\na,\"b,1,5\n", 3, null, "quoting is wrong", "double the quotes")]
    public void A_malformed_text_is_refused_with_its_line_and_column(string text, int line, string? column, string problem, string advice)
    {
        var file = _folder.Text("bad.csv", text);
        var error = Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([file]));
        AssertSays(error, file, line, column, problem, advice);

        // The same text, compressed.
        if (text.Length == 0) return;
        var gzip = _folder.Gzip("bad.gz", text);
        AssertSays(Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([gzip])), gzip, line, column, problem, advice);
    }

    [Fact]
    public void An_id_that_is_too_long_is_refused_and_shown_short()
    {
        var file = _folder.Text("bad.csv", $"user_id,item_id\n{new string('x', 129)},b\n");
        var error = Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([file]));
        AssertSays(error, file, 2, "user_id", "129 bytes", "shorten it");
        Assert.DoesNotContain(new string('x', 50), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(70_000)]
    public void Text_that_is_not_utf8_is_refused_with_its_line(int line)
    {
        var good = "user_id,item_id\n" + string.Concat(Enumerable.Range(2, line - 2).Select(i => $"user{i},é\n"));
        var file = _folder.Bytes("latin1.csv", [.. Encoding.UTF8.GetBytes(good), .. Encoding.Latin1.GetBytes("caf\u00E9,b\nz,z\n")]);
        var error = Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([file]));
        AssertSays(error, file, line, null, "not UTF-8", "Save the file as UTF-8");
    }

    [Fact]
    public void A_missing_file_and_a_folder_give_different_errors()
    {
        AssertSays(Assert.ThrowsAny<KindredException>(() => TableReader.Open(_folder["none.csv"])), _folder["none.csv"], null, null, "no such file", "Check the path");
        AssertSays(Assert.ThrowsAny<KindredException>(() => TableReader.Open(_folder.Path)), _folder.Path, null, null, "a folder", "Give the files in it");
        Assert.Equal(ErrorKind.Usage, Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([])).Kind);
    }

    [Fact]
    public void A_gzip_file_cut_off_anywhere_is_refused()
    {
        var random = new Random(1);
        var text = "user_id,item_id\n" + string.Concat(Enumerable.Range(0, 2000).Select(_ => $"{random.Next()},{random.Next()}\n"));
        var whole = TemporaryFolder.Compress(text);
        Assert.Equal(2000, InteractionReader.Read([_folder.Bytes("whole.gz", whole)]).Report.Rows);
        for (var length = 3; length < whole.Length; length += length > whole.Length - 20 ? 1 : 509)
        {
            var file = _folder.Bytes("cut.gz", whole[..length]);
            var error = Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([file]));
            AssertSays(error, file, null, null, "gzip file is damaged or ends too early", "cut off");
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x1F })]
    [InlineData(new byte[] { 0x1F, 0x8B })]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    public void A_gzip_file_with_more_bytes_after_it_is_refused(byte[] tail)
    {
        var file = _folder.Bytes("tail.gz", [.. TemporaryFolder.Compress("user_id,item_id\na,b\n"), .. tail]);
        AssertSays(Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([file])), file, null, null, "gzip file is damaged", "write it again");
    }

    [Fact]
    public void A_gzip_file_with_a_flipped_bit_is_refused()
    {
        var whole = TemporaryFolder.Compress("user_id,item_id\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i * 7919},{i}\n")));
        Gen.Int[20, whole.Length - 1].Sample(i =>
        {
            var bytes = (byte[])whole.Clone();
            bytes[i] ^= 0x10;
            Assert.Equal(ErrorKind.BadInput, Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([_folder.Bytes("flip.gz", bytes)])).Kind);
        }, iter: 30, threads: 1);
    }

    [Fact]
    public void A_damaged_parquet_file_is_refused()
    {
        var file = WriteParquet(ColumnType.Text, "a"u8.ToArray());
        var bytes = File.ReadAllBytes(file);
        foreach (var length in new[] { 4, 12, bytes.Length / 2, bytes.Length - 1 })
        {
            var cut = _folder.Bytes("cut.parquet", bytes[..length]);
            AssertSays(Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([cut])), cut, null, null, "Parquet file is damaged", "write it again");
        }
    }

    [Fact]
    public void A_parquet_row_is_named_by_its_number()
    {
        var file = _folder["rows.parquet"];
        using (var writer = TableWriter.Create(file, [new("user_id", ColumnType.Text), new("item_id", ColumnType.Int64), new("weight", ColumnType.Float32)]))
        {
            for (var i = 0; i < 20_000; i++)
            {
                writer.Write("u"u8);
                writer.Write((long)i);
                writer.Write(i == 15_000 ? float.NaN : 1f);
                writer.EndRow();
            }

            writer.Complete();
        }

        var error = Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([file]));
        Assert.Contains("row 15001, column 'weight'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parquet_ids_may_be_integers_but_not_floating_point()
    {
        var integers = WriteParquet(ColumnType.Int64, null);
        Assert.Equal("-42", InteractionReader.Read([integers]).Matrix.Users.GetString(0));

        var floats = WriteParquet(ColumnType.Float32, null);
        AssertSays(Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([floats])), floats, null, "user_id", "stored as Float", "text or whole numbers");
    }

    [Fact]
    public void Timestamps_in_some_files_only_are_refused()
    {
        var with = _folder.Text("with.csv", "user_id,item_id,timestamp\na,b,5\n");
        var without = _folder.Text("without.csv", "user_id,item_id\na,b\n");
        var error = Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([with, without]));
        AssertSays(error, without, 1, null, "no column of timestamps", "in all files, or in none");
    }

    private static void AssertSays(KindredException error, string file, int? line, string? column, string problem, string advice)
    {
        Assert.Equal(ErrorKind.BadInput, error.Kind);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        if (line is not null) Assert.Contains($"line {line}", error.Message, StringComparison.Ordinal);
        if (column is not null) Assert.Contains($"column '{column}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    private string WriteParquet(ColumnType type, byte[]? text)
    {
        var file = _folder[$"{type}.parquet"];
        using var writer = TableWriter.Create(file, [new("user_id", type), new("item_id", ColumnType.Text)]);
        if (type == ColumnType.Text) writer.Write(text);
        else if (type == ColumnType.Int64) writer.Write(-42L);
        else writer.Write(1.5f);
        writer.Write("item"u8);
        writer.EndRow();
        writer.Complete();
        return file;
    }
}
