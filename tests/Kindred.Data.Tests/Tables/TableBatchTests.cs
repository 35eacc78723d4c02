using System.Globalization;
using System.Text;
using Kindred.Data.Batches;
using Kindred.Data.Tables;
using Kindred.Populations;

namespace Kindred.Data.Tests.Tables;

/// <summary>Tests that batches of columns have the same values as reading row by row.</summary>
public sealed class TableBatchTests : IDisposable
{
    // More than one row group of the size that Kindred writes.
    private const int Rows = 200_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.csv.gz")]
    [InlineData("t.parquet")]
    public void Batches_of_all_parts_are_the_rows(string name)
    {
        Write(_folder[name]);
        using var byRow = TableReader.Open(_folder[name]);
        var (id, time, note) = (byRow.Require("id"), byRow.Require("time"), byRow.Require("note"));
        using var byBatch = TableReader.Open(_folder[name]);
        var (hashes, times, texts, textsAgain, timesAsText) = (new HashColumn(), new TimeColumn(), new TextColumn(), new TextColumn(), new TextColumn());
        var batch = new TableBatch();
        foreach (var (column, target) in new (string, BatchColumn)[] { ("id", hashes), ("time", times), ("note", texts), ("note", textsAgain), ("time", timesAsText) })
        {
            batch.Add(byBatch.Require(column), target);
        }

        Assert.Equal(name.EndsWith("parquet", StringComparison.Ordinal) ? 2 : 1, byBatch.Parts);
        for (var part = 0; part < byBatch.Parts; part++)
        {
            byBatch.SelectPart(part);
            for (int rows; (rows = byBatch.ReadBatch(batch)) > 0;)
            {
                for (var row = 0; row < rows; row++)
                {
                    Assert.True(byRow.Read());
                    Assert.Equal(byRow.Line, batch.Lines[row]);
                    Assert.Equal(UserHash.Of(byRow.Utf8(id)), hashes.Hashes[row]);
                    Assert.Equal(byRow.UnixMilliseconds(time), times.Times[row]);
                    Assert.Equal(Encoding.UTF8.GetString(byRow.Utf8(note)), texts.Texts[row]);
                    Assert.Equal(texts.Texts[row], textsAgain.Texts[row]);
                    Assert.Equal(Encoding.UTF8.GetString(byRow.Utf8(time)), timesAsText.Texts[row]);
                }
            }
        }

        Assert.False(byRow.Read());
    }

    private static void Write(string file)
    {
        using var table = TableWriter.Create(file, [new TableColumn("id", ColumnType.Text), new TableColumn("time", ColumnType.Int64), new TableColumn("note", ColumnType.Text, Optional: true)]);
        for (var i = 0; i < Rows; i++)
        {
            table.Write(Encoding.UTF8.GetBytes($"u{i % 1_000}"));
            table.Write(1_700_000_000_000 + i * 1_000L);
            if (i % 3 == 0) table.WriteMissing();
            else table.Write(Encoding.UTF8.GetBytes((i % 7).ToString(CultureInfo.InvariantCulture)));
            table.EndRow();
        }

        table.Complete();
    }

    private sealed class TextColumn : BatchColumn
    {
        public string[] Texts { get; } = new string[TableBatch.Capacity];

        public override void Set(int row, ReadOnlySpan<byte> utf8) => Texts[row] = Encoding.UTF8.GetString(utf8);
    }
}
