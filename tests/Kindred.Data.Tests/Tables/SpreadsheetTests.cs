using System.Text;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;

namespace Kindred.Data.Tests.Tables;

/// <summary>Tests texts as spreadsheets export them.</summary>
public sealed class SpreadsheetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sep=;", ';')]
    [InlineData("SEP=,", ',')]
    [InlineData("sep=\t", '\t')]
    [InlineData("sep=|", '|')]
    public void A_first_line_that_names_the_delimiter_is_skipped(string first, char delimiter)
    {
        foreach (var end in new[] { "\n", "\r\n", "\r" })
        {
            foreach (var mark in new[] { "", "\uFEFF" })
            {
                var text = mark + first + end + string.Join(end, new[] { "user_id,note", "a,1", "b,2", "" }).Replace(',', delimiter);
                foreach (var file in new[] { _folder.Text("a.csv", text), _folder.Gzip("a.csv.gz", text) })
                {
                    using var table = TableReader.Open(file);
                    Assert.Equal(["user_id", "note"], table.Columns);
                    var (user, note) = (table.Require("user_id"), table.Require("note"));
                    Assert.True(table.Read());
                    Assert.Equal(("a", "1", 3L), (Encoding.UTF8.GetString(table.Utf8(user)), Encoding.UTF8.GetString(table.Utf8(note)), table.Line));
                    Assert.True(table.Read());
                    Assert.Equal(4, table.Line);
                    Assert.False(table.Read());
                }
            }
        }
    }

    [Theory]
    [InlineData("sep=", "sep=")]
    [InlineData("sep=a", "sep=a")]
    [InlineData("sep=;user_id", "sep=", "user_id")]
    [InlineData("sep=,,x", "sep=", "", "x")]
    [InlineData("sap=;", "sap=", "")]
    public void A_header_that_only_looks_like_a_delimiter_line_is_the_header(string header, params string[] columns)
    {
        using var table = TableReader.Open(_folder.Text("a.csv", header + "\n"));
        Assert.Equal(columns, table.Columns);
    }

    [Fact]
    public void Ids_without_a_header_may_follow_a_delimiter_line()
    {
        using var table = TableReader.OpenIds(_folder.Text("ids.txt", "sep=;\na\nb\n"), "user_id");
        var user = table.RequireIds("user_id");
        foreach (var (id, line) in new[] { ("a", 2L), ("b", 3L) })
        {
            Assert.True(table.Read());
            Assert.Equal((id, line), (Encoding.UTF8.GetString(table.Id(user)), table.Line));
        }

        Assert.False(table.Read());
    }

    [Fact]
    public void Errors_after_a_delimiter_line_name_the_line_of_the_file()
    {
        Assert.Contains("line 2, column 'user_id': the header has this name more than once", ErrorOf("sep=;\nuser_id;user_id\na;b\n"), StringComparison.Ordinal);
        Assert.Contains("line 4, column 'weight': 'x' is not a number", ErrorOf("sep=;\nuser_id;item_id;weight\na;b;1\na;b;x\n"), StringComparison.Ordinal);
        Assert.Contains("line 3: the quoting is wrong", ErrorOf("sep=;\nuser_id;item_id\na;\"b\"c\n"), StringComparison.Ordinal);
        Assert.Contains("line 3: a row has more than a million characters", ErrorOf("sep=;\nuser_id;item_id\na;" + new string('b', 1 << 21)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0,29411766", "has a decimal comma")]
    [InlineData("-1234,5", "has a decimal comma")]
    [InlineData("1.234,567", "has a decimal comma")]
    [InlineData("0,123", "has a decimal comma")]
    [InlineData("1,5E-03", "has a decimal comma")]
    [InlineData("1,234", "has a comma, of decimals or of thousands")]
    [InlineData("1,234,567", "is not a number")]
    [InlineData("1,234.5", "is not a number")]
    [InlineData(",", "is not a number")]
    [InlineData("one,5", "is not a number")]
    public void A_number_with_a_comma_is_refused_and_the_comma_named(string number, string problem)
    {
        Assert.Contains($"line 2, column 'weight': '{number}' {problem}", ErrorOf($"user_id;item_id;weight\na;b;{number}\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Text_in_UTF_16_is_named_and_not_converted(string encoding)
    {
        var text = Encoding.GetEncoding(encoding);
        var file = _folder.Bytes("unicode.txt", [.. text.GetPreamble(), .. text.GetBytes("user_id\titem_id\na\tb\n")]);
        var error = Assert.ThrowsAny<KindredException>(() => TableReader.Open(file));
        Assert.Equal($"{file}: this is text in UTF-16, not UTF-8. Save it as UTF-8 (in Excel as \"CSV UTF-8\", not \"Unicode Text\"), or convert it with `iconv -f UTF-16 -t UTF-8`.", error.Message);
    }

    private string ErrorOf(string text) => Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([_folder.Text("bad.csv", text)])).Message;
}
