using System.Text;
using Kindred.Data.Inputs;
using Kindred.Data.Streams;
using Kindred.Data.Tables;

namespace Kindred.Data.Tests.Tables;

public sealed class JsonLinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"plain\"", "plain")]
    [InlineData("\"\"", "")]
    [InlineData("null", "")]
    [InlineData("12", "12")]
    [InlineData("-0.50e+3", "-0.50e+3")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("true", "1")]
    [InlineData("false", "0")]
    [InlineData("\"a \\\"b\\\" \\\\ \\/ \\n \\u00e9 \\ud83d\\ude00 é😀\"", "a \"b\" \\ / \n é 😀 é😀")]
    public void A_value_is_read_as_its_text(string json, string text)
    {
        using var table = TableReader.Open(_folder.Text("t.jsonl", $"{{\"a\": 1, \"value\" : {json} }}\n"));
        var column = table.Require("value");

        Assert.True(table.Read());
        Assert.Equal(text, Encoding.UTF8.GetString(table.Utf8(column)));
        Assert.False(table.Read());
    }

    [Fact]
    public void JSON_lines_are_recognised_whatever_comes_before_the_first_object()
    {
        foreach (var start in new[] { "", "\uFEFF", "\n", " \r\n\t", "\uFEFF\n\n" })
        {
            using var plain = TableReader.Open(_folder.Text("t.csv", start + "{\"id\":\"x\"}\r\n\r\n{\"id\":\"y\"}"));
            using var zipped = TableReader.Open(_folder.Gzip("t", start + "{\"id\":\"x\"}\r\n\r\n{\"id\":\"y\"}"));

            Assert.Equal(["x", "y"], Column(plain, "id"));
            Assert.Equal(["x", "y"], Column(zipped, "id"));
            Assert.Equal(start.Count(c => c == '\n') + 3, plain.Line);
        }
    }

    [Fact]
    public void A_key_may_be_anywhere_or_missing_and_the_last_rows_values_are_cleared()
    {
        var file = _folder.Text("t", "{\"b\":\"1\",\"a\":\"2\"}\n{\"a\":\"3\",\"b\":\"4\",\"c\":\"5\"}\n{}\n{\"c\":\"6\"}\n{\"\\u0061\":\"7\"}\n");
        using var table = TableReader.Open(file);

        Assert.Equal(["b", "a", "c"], table.Columns);
        int a = table.Require("a"), b = table.Require("b"), c = table.Require("c");
        var rows = new List<string>();
        while (table.Read()) rows.Add($"{Text(table, a)},{Text(table, b)},{Text(table, c)}");
        Assert.Equal(["2,1,", "3,4,5", ",,", ",,6", "7,,"], rows);
    }

    [Theory]
    [InlineData("{\"id\":\"y\"", "this is not JSON from byte", "cut off")]
    [InlineData("{'id':'y'}", "this is not JSON from byte 2", "jq -c .")]
    [InlineData("{\"id\":\"y\"} {}", "this is not JSON from byte 12", "jq -c .")]
    [InlineData("{\"id\":\"y\"},", "this is not JSON from byte 11", "jq -c .")]
    [InlineData("{\"id\":01}", "this is not JSON", "jq -c .")]
    [InlineData("{\"id\":NaN}", "this is not JSON", "jq -c .")]
    [InlineData("[\"y\"]", "the line is a list", "jq -c '.[]'")]
    [InlineData("\"y\"", "the line is not an object", "{\"user_id\": \"u1\"}")]
    [InlineData("{\"id\":\"y\",\"id\":\"y\"}", "column 'id': the key 'id' is there twice", "Leave one")]
    [InlineData("{\"id\":{\"n\":1}}", "column 'id': the value is an object", "keys of their own")]
    [InlineData("{\"id\":[1]}", "column 'id': the value is a list", "keys of their own")]
    [InlineData("{\"id\":\"\\ud800\"}", "half of a character", "Write both halves")]
    public void A_bad_line_is_an_error_with_place_and_reason_and_the_next_one_can_be_read(string line, string problem, string advice)
    {
        using var table = TableReader.Open(_folder.Text("t", $"{{\"id\":\"x\"}}\n{line}\n{{\"id\":\"z\"}}\n"));
        var id = table.Require("id");
        Assert.True(table.Read());

        var error = Assert.Throws<RowException>(() => table.Read());

        Assert.Equal((RowProblem.BadJson, 2L, ErrorKind.BadInput), (error.Reason, error.Line, error.Kind));
        Assert.StartsWith($"{_folder["t"]}, line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.True(table.Read());
        Assert.Equal("z", Text(table, id));
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_an_error_even_in_an_unused_column()
    {
        byte[] bytes = [.. "{\"id\":\"x\"}\n{\"id\":\"y\",\"name\":\""u8, 0xE9, .. "\"}\n"u8];
        using var table = TableReader.Open(_folder.Bytes("t", bytes));
        table.Require("id");
        Assert.True(table.Read());

        Assert.Contains("line 2: the text is not UTF-8", Assert.Throws<RowException>(() => table.Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unused_values_and_finished_lines_are_not_kept_in_memory()
    {
        // Many lines just below the limit: far more than the memory of the table.
        var note = new string('n', LineBuffer.Most - 100);
        var file = _folder.Text("t", string.Concat(Enumerable.Range(0, 20).Select(i => $"{{\"id\":\"u{i}\",\"note\":\"{note}\",\"more\":{{\"x\":[1,{{}}]}}}}\n")));
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var table = TableReader.Open(file);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"u{i}"), Column(table, "id"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 6 << 20);
    }

    [Fact]
    public void A_line_that_is_too_long_is_an_error_and_is_not_kept()
    {
        var file = _folder.Text("t", $"{{\"id\":\"x\"}}\n{{\"id\":\"{new string('y', 3 << 20)}\"}}\n");
        using var table = TableReader.Open(file);
        table.Require("id");
        Assert.True(table.Read());

        var error = Assert.Throws<KindredException>(() => table.Read());

        Assert.Contains("line 2: the line is longer than 1,048,576 bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"user_id\": \"x\"\n}\n", "line 1: this is not JSON")]
    [InlineData("[{\"user_id\":\"x\"}]", "line 1: the line is a list")]
    [InlineData("[\n{\"user_id\":\"x\"}\n]", "line 1: the line is a list")]
    [InlineData("{}\n", "there are no keys at all")]
    [InlineData("{\"userid\":\"x\"}\n", "Did you mean 'userid'?")]
    [InlineData("{\"what\":\"x\"}\n", "the keys are 'what'")]
    public void A_file_without_users_is_an_error_that_says_why(string text, string problem) =>
        Assert.Contains(problem, Assert.ThrowsAny<KindredException>(() => UserIdReader.Read([_folder.Text("t", text)])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_late_key_is_ignored_unless_it_was_requested()
    {
        var lines = string.Concat(Enumerable.Range(0, JsonLineKeys.MostLines).Select(i => $"{{\"user_id\":\"u{i}\",\"item_id\":\"i\"}}\n"));
        var late = _folder.Text("late", lines + "{\"user_id\":\"a\",\"item_id\":\"i\",\"note\":[]}\n");
        var weighted = _folder.Text("weighted", lines + "{\"user_id\":\"a\",\"item_id\":\"i\",\"weight\":3}\n");

        Assert.Equal(1001, InteractionReader.Read([late]).Matrix.Users.Count);
        var error = Assert.Throws<KindredException>(() => InteractionReader.Read([weighted]));
        Assert.Contains("line 1001: the key 'weight' comes up here first", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_read_as_float32_with_NaN_for_missing_numbers()
    {
        using var table = TableReader.Open(_folder.Text("t", "{\"e\":null,\"id\":\"a\"}\n{\"id\":\"b\",\"e\":[0.1, -2e3,null,1e99]}\n{\"e\":[]}\n{\"e\":[\"1\"]}\n"));
        Assert.Equal(["e"], table.ListColumns);
        Assert.False(table.CanRead("e"));
        table.SelectList("e");

        Assert.True(table.Read());
        Assert.True(table.List.IsEmpty);
        Assert.True(table.Read());
        Assert.Equal([0.1f, -2000f, float.NaN, float.PositiveInfinity], table.List.ToArray());
        Assert.True(table.Read());
        Assert.True(table.List.IsEmpty);
        Assert.Contains("line 4, column 'e': number 1 of the list is not a number", Assert.Throws<RowException>(() => table.Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_file_that_was_cut_off_is_an_error()
    {
        var whole = TemporaryFolder.Compress(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{{\"user_id\":\"u{i}\"}}\n")));

        var error = Assert.Throws<KindredException>(() => UserIdReader.Read([_folder.Bytes("t.gz", whole[..^20])]));

        Assert.Contains("damaged or ends too early", error.Message, StringComparison.Ordinal);
    }

    private static List<string> Column(TableReader table, string name)
    {
        var column = table.Require(name);
        var values = new List<string>();
        while (table.Read()) values.Add(Text(table, column));
        return values;
    }

    private static string Text(TableReader table, int column) => Encoding.UTF8.GetString(table.Utf8(column));
}
