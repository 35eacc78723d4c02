using System.Text;
using Kindred.Data.Tables;

namespace Kindred.Data.Tests.Tables;

public sealed class TableRoundTripTests : IDisposable
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char["ab,;\t\"\r\n #é\uFFFF'|"], 0, 12],
        Gen.Const("𐐀"), Gen.Const("#comment"), Gen.Const("\0"), Gen.Const("=1+1"), Gen.Const("\uFEFF"));

    private static readonly Gen<float> Score = Gen.OneOf(Gen.Single, Gen.Const(float.Epsilon), Gen.Const(-0f), Gen.Const(float.MaxValue));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.csv.gz")]
    [InlineData("t.parquet")]
    public void Reads_back_every_value_that_was_written(string name) =>
        Gen.Select(Text, Score, Gen.Long, Gen.Int, Gen.Byte).List[1, 40].Sample(rows =>
        {
            var file = _folder[name];
            Write(file, rows);
            using var table = TableReader.Open(file);
            Assert.Equal(["text", "score", "long", "int", "byte"], table.Columns);
            var columns = table.Columns.Select(table.Require).ToArray();
            foreach (var (text, score, large, small, tiny) in rows)
            {
                Assert.True(table.Read());
                Assert.Equal(text, Encoding.UTF8.GetString(table.Utf8(columns[0])));
                if (float.IsFinite(score)) Assert.Equal(score, (float)table.Number(columns[1]));
                Assert.Equal(large.ToString(System.Globalization.CultureInfo.InvariantCulture), Encoding.UTF8.GetString(table.Utf8(columns[2])));
                Assert.Equal(small, (int)table.Number(columns[3]));
                Assert.Equal(tiny, (byte)table.Number(columns[4]));
            }

            Assert.False(table.Read());
        }, iter: 60, threads: 1);

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.csv.gz")]
    [InlineData("t.parquet")]
    public void The_same_rows_give_the_same_bytes(string name)
    {
        (string, float, long, int, byte)[] rows = [.. Enumerable.Range(0, 5000).Select(i => ($"user {i}", i / 7f, (long)i, -i, (byte)i))];
        Write(_folder[name], rows);
        var first = File.ReadAllBytes(_folder[name]);
        Thread.Sleep(1100); // longer than the resolution of a time stamp in gzip
        Write(_folder["other-" + name], rows);
        Assert.Equal(first, File.ReadAllBytes(_folder["other-" + name]));
    }

    [Fact]
    public void Parquet_keeps_its_rows_over_several_row_groups_and_its_nulls()
    {
        const int rows = 300_000;
        var file = _folder["big.parquet"];
        using (var writer = TableWriter.Create(file, [new("id", ColumnType.Int64), new("note", ColumnType.Text, Optional: true)]))
        {
            for (var i = 0L; i < rows; i++)
            {
                writer.Write(i);
                if (i % 3 == 0) writer.WriteMissing();
                else writer.Write(Encoding.UTF8.GetBytes($"n{i % 10}"));
                writer.EndRow();
            }

            writer.Complete();
        }

        using var table = TableReader.Open(file);
        var (id, note) = (table.RequireIds("id"), table.Require("note"));
        for (var i = 0L; i < rows; i++)
        {
            Assert.True(table.Read());
            Assert.Equal(i, (long)table.Number(id));
            Assert.Equal(i % 3 == 0 ? "" : $"n{i % 10}", Encoding.UTF8.GetString(table.Utf8(note)));
        }

        Assert.False(table.Read());
        Assert.Equal(1, table.Progress);
    }

    [Theory]
    [InlineData("a,b\r\n1,x\r\n2,y\r\n")]
    [InlineData("\uFEFFa,b\n1,x\n2,y")]
    [InlineData("a\tb\n1\tx\n\n2\ty\n")]
    [InlineData("b;a\nx;1\ny;2\n\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"x\"\n2,y\n")]
    public void Reads_the_dialects_of_exports(string text)
    {
        using var table = TableReader.Open(_folder.Text("dialect.txt", text));
        var (a, b) = (table.Require("a"), table.Require("b"));
        var rows = new List<string>();
        while (table.Read()) rows.Add(Encoding.UTF8.GetString(table.Id(a)) + Encoding.UTF8.GetString(table.Id(b)));
        Assert.Equal(["1x", "2y"], rows);
    }

    [Fact]
    public void Line_numbers_match_an_editor_even_after_a_multi_line_value()
    {
        using var table = TableReader.Open(_folder.Text("lines.csv", "a,b\n\"x\ny\",1\n\nz,2\n"));
        Assert.True(table.Read());
        Assert.Equal(2, table.Line);
        Assert.True(table.Read());
        Assert.Equal(5, table.Line);
    }

    [Fact]
    public void Gzip_is_recognised_by_its_content_and_may_have_several_members()
    {
        byte[] two = [.. TemporaryFolder.Compress("a\n1\n"), .. TemporaryFolder.Compress("2\n3\n")];
        using var table = TableReader.Open(_folder.Bytes("plain.csv", two));
        var a = table.Require("a");
        var sum = 0.0;
        while (table.Read()) sum += table.Number(a);
        Assert.Equal(6, sum);
    }

    private static void Write(string file, IEnumerable<(string Text, float Score, long Large, int Small, byte Tiny)> rows)
    {
        using var writer = TableWriter.Create(file,
        [
            new("text", ColumnType.Text), new("score", ColumnType.Float32), new("long", ColumnType.Int64),
            new("int", ColumnType.Int32), new("byte", ColumnType.UInt8),
        ]);
        foreach (var (text, score, large, small, tiny) in rows)
        {
            writer.Write(Encoding.UTF8.GetBytes(text));
            writer.Write(score);
            writer.Write(large);
            writer.Write(small);
            writer.Write(tiny);
            writer.EndRow();
        }

        writer.Complete();
    }
}
