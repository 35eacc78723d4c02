using System.Text;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.Data.Values;
using Kindred.Ids;

namespace Kindred.Data.Tests.Tables;

/// <summary>Tests texts as databases, warehouses and data frames export them.</summary>
public sealed class ExportedTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("user_id,item_id\na,1\nuser_id,item_id\nb,2\n", 3)]
    [InlineData("user_id\titem_id\na\t1\nuser_id\titem_id\n", 3)]
    [InlineData("user_id,item_id\na,1\n\uFEFFuser_id,item_id\nb,2\n", 3)]
    [InlineData("user_id\titem_id\r\na\t1\r\n\uFEFFuser_id\titem_id\r\n", 3)]
    [InlineData("user_id;item_id\n\"user_id\";\"item_id\"\n", 2)]
    public void A_header_that_is_repeated_is_an_error_with_its_line(string text, int line)
    {
        var error = Assert.Throws<RowException>(() => InteractionReader.Read([_folder.Text("joined.csv", text)]));
        Assert.Equal((RowProblem.RepeatedHeader, (long)line), (error.Reason, error.Line));
        Assert.Contains("the header is repeated here", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_with_one_name_of_a_column_among_its_values_is_a_row() =>
        Assert.Equal(2, InteractionReader.Read([_folder.Text("a.csv", "user_id,item_id\na,item_id\nuser_id,b\n")]).Matrix.Users.Count);

    [Fact]
    public void A_repeated_header_is_counted_where_bad_rows_are()
    {
        var read = SeedListReader.ReadAll([_folder.Text("seeds.csv", "user_id,seed_list_id\na,x\nuser_id,seed_list_id\nb,x\n")]);
        Assert.Equal([(RowProblem.RepeatedHeader, 1L)], read.Rejected.Problems.Select(problem => (problem.Problem, problem.Count)));
        Assert.Equal(2, read.Lists.Single().Users.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData(" \r\n\n")]
    public void An_empty_file_beside_others_is_passed_over_with_a_remark(string empty)
    {
        var notes = new List<string>();
        var options = new InteractionOptions { Rules = new TableRules { Note = text => notes.Add(FormattableString.Invariant(text)) } };
        string[] files =
        [
            _folder.Text("part-0.csv", empty), _folder.Text("part-1.csv", "user_id,item_id\na,1\n"), _folder.Gzip("part-2.csv.gz", empty),
            _folder.Text("part-3.csv", "user_id,item_id\nb,1\n"),
        ];
        Assert.Equal(2, InteractionReader.Read(files, null, options).Matrix.Users.Count);
        Assert.Equal([$"2 of 4 files are empty and were passed over: {files[0]}, {files[2]}."], notes);
        Assert.Equal("a b", string.Join(' ', Ids(SeedListReader.ReadAll(files, new SeedListOptions { ListColumn = "item_id" }).Lists.Single().Users)));
    }

    [Theory]
    [InlineData(",")]
    [InlineData("\t")]
    public void A_long_name_of_a_column_is_cut_in_errors(string delimiter)
    {
        var file = _folder.Text("long.csv", $"user_id{delimiter}{new string('x', 5_000)}\na{delimiter}b\n");
        Assert.InRange(Assert.ThrowsAny<KindredException>(() => InteractionReader.Read([file])).Message.Length, 50, 500);
    }

    [Fact]
    public void Only_empty_files_are_an_error()
    {
        string[] files = [_folder.Text("a.csv", ""), _folder.Text("b.csv", "")];
        Assert.Equal("empty_file", Assert.Throws<KindredException>(() => InteractionReader.Read(files)).Code);
        Assert.Equal("empty_file", Assert.Throws<KindredException>(() => InteractionReader.Read([files[0]])).Code);
    }

    [Theory]
    [InlineData("\\N")]
    [InlineData("NULL")]
    [InlineData("None")]
    [InlineData("nan")]
    [InlineData("<NA>")]
    public void A_word_for_nothing_is_no_id(string word)
    {
        foreach (var text in new[] { $"user_id,item_id\na,1\n{word},2\n", $"user_id,item_id\na,1\nb,{word}\n" })
        {
            var file = _folder.Text("nulls.csv", text);
            var error = Assert.Throws<RowException>(() => InteractionReader.Read([file]));
            Assert.Equal((RowProblem.MissingId, 3L), (error.Reason, error.Line));

            var skipped = InteractionReader.Read([file], null, With(MissingIds.Skip));
            Assert.Equal(("a", 1L), (skipped.Matrix.Users.GetString(0), skipped.Report.Rows));
            Assert.Equal(["Left out 1 row of interactions without an id."], _notes);
            if (word == "\\N") Assert.Throws<RowException>(() => InteractionReader.Read([file], null, With(MissingIds.Keep)));
            else Assert.Equal(2, InteractionReader.Read([file], null, With(MissingIds.Keep)).Matrix.Rows.Entries);
        }
    }

    [Fact]
    public void Empty_ids_can_be_left_out_like_words_for_nothing_and_a_file_without_any_id_is_an_error()
    {
        var some = _folder.Text("some.csv", "user_id,item_id\n,1\na,2\nb,\n");
        Assert.Equal(1, InteractionReader.Read([some], null, With(MissingIds.Skip)).Matrix.Users.Count);
        Assert.Equal(RowProblem.EmptyId, Assert.Throws<RowException>(() => InteractionReader.Read([some], null, With(MissingIds.Keep))).Reason);
        var none = _folder.Text("none.csv", "user_id,item_id\n,1\nNULL,2\n");
        Assert.Equal("no_rows", Assert.Throws<KindredException>(() => InteractionReader.Read([none], null, With(MissingIds.Skip))).Code);
    }

    [Fact]
    public void A_word_for_nothing_is_no_country_no_attribute_and_no_metric()
    {
        var users = UserReader.Read([_folder.Text("users.csv", "user_id,country,plan\na,NULL,\\N\nb,NA,None\nc,DE,free\n")]).Users;
        Assert.Equal(["", "DE", "NA"], users.Countries);
        Assert.Equal([null, null, "free"], users.Attributes["plan"]);

        var seeds = SeedListReader.Read([_folder.Text("seeds.csv", "user_id,spend\na,\\N\nb,2\n")], new SeedListOptions { MetricColumns = new HashSet<string> { "spend" } });
        Assert.Equal([float.NaN, 2f], seeds.Single().Metrics["spend"]);
    }

    [Fact]
    public void Hashes_are_not_ids_of_their_own_and_a_missing_one_is_missing()
    {
        var file = _folder.Text("hashed.csv", $"user_id\n{new string('a', 64)}\nNULL\n");
        var options = new SeedListOptions { Hash = Kindred.SeedLists.IdHashFunction.Sha256 };
        Assert.Equal(RowProblem.MissingId, Assert.Throws<RowException>(() => SeedListReader.Read([file], options)).Reason);
    }

    [Theory]
    [InlineData("\uFEFF1025")]
    [InlineData("1025\u200B")]
    [InlineData("\u200E1025")]
    [InlineData("1025\u2060")]
    [InlineData("\u202A1025\u202C")]
    public void An_id_with_an_invisible_character_at_an_end_is_refused_unless_ids_are_trimmed(string id)
    {
        var file = _folder.Text("invisible.csv", $"user_id,item_id\n1025,1\n{id},2\n");
        var error = Assert.Throws<RowException>(() => InteractionReader.Read([file]));
        Assert.Equal(RowProblem.SpaceAroundId, error.Reason);
        Assert.Contains("U+", error.Problem, StringComparison.Ordinal);
        Assert.Equal(1, InteractionReader.Read([file], null, With(MissingIds.Refuse, IdForms.Trim)).Matrix.Users.Count);
    }

    [Fact]
    public void Ids_are_normalised_in_every_table_alike()
    {
        var rules = new TableRules { Ids = new IdNormalization(IdForms.Trim | IdForms.Lower | IdForms.Nfc | IdForms.Digits) };
        const string Text = "user_id,item_id\nAnn,x\n ann,x\n10001.0,X\n10001,x\nJose\u0301,x\njosé ,x\n";
        string[] expected = ["10001", "ann", "josé"];
        var interactions = InteractionReader.Read([_folder.Text("i.csv", Text)], null, new InteractionOptions { Rules = rules });
        Assert.Equal(expected, Ids(interactions.Matrix.Users));
        Assert.Equal(1, interactions.Matrix.Items.Count);
        Assert.Equal(expected, Ids(UserReader.Read([_folder.Text("u.csv", "user_id\nAnn\n10001.0\nJose\u0301\n")], new UserOptions { Rules = rules }).Users.Ids));
        Assert.Equal(expected, Ids(SeedListReader.Read([_folder["i.csv"]], new SeedListOptions { Rules = rules }).Single().Users));
        Assert.Equal(expected, Ids(UserIdReader.Read([_folder["i.csv"]], "user_id", null, rules)));
    }

    [Theory]
    [InlineData("\"Weird Al\" Yankovic", "\"Weird Al\" Yankovic")]
    [InlineData("\"open", "\"open")]
    [InlineData("close\"", "close\"")]
    [InlineData("\"whole\"", "whole")]
    [InlineData("\"a \"\"b\"\" c\"", "a \"b\" c")]
    [InlineData("5\" disk", "5\" disk")]
    [InlineData("\"\"", "")]
    [InlineData("\"", "\"")]
    [InlineData("\"with\ttab\"", "with\ttab")]
    [InlineData("\"two\nlines\"", "two\nlines")]
    [InlineData("\"three\r\nlines,\r\nhere\"", "three\r\nlines,\r\nhere")]
    public void A_quote_between_tabs_is_a_character_unless_it_is_closed_where_the_value_ends(string written, string value)
    {
        foreach (var end in new[] { "\n", "\r\n" })
        {
            var text = $"user_id\ttitle\titem_id{end}a\tplain\t1{end}b\t{written}\t2{end}c\tlast\t3{end}";
            foreach (var file in new[] { _folder.Text("t.tsv", text), _folder.Gzip("t.tsv.gz", text), _folder.Text("t.csv", "\uFEFF" + text) })
            {
                using var table = TableReader.Open(file);
                var columns = Array.ConvertAll(["user_id", "title", "item_id"], table.Require);
                string[][] rows = [.. Rows(table, columns)];
                Assert.Equal([["a", "plain", "1"], ["b", value, "2"], ["c", "last", "3"]], rows);
                Assert.Equal(4 + written.Count('\n'), table.Line);
            }
        }
    }

    [Fact]
    public void A_stray_quote_between_tabs_does_not_swallow_the_rows_after_it()
    {
        var rows = Enumerable.Range(0, 200).Select(i => $"u{i}\t{(i == 20 ? "\"begins" : i == 90 ? "ends\"" : "plain")}\t1\n");
        using var table = TableReader.Open(_folder.Text("swallow.tsv", "user_id\ttitle\titem_id\n" + string.Concat(rows)));
        Assert.Equal(200, Rows(table, [table.Require("user_id")]).Count());
    }

    [Theory]
    [InlineData("a\t1\nb\n", 3)]
    [InlineData("a\t1\nb\t\"open\t3\nc\t1\n", 3)]
    [InlineData("a\t1\nb\t1\t2\n", 3)]
    public void A_row_between_tabs_with_another_number_of_values_is_an_error_and_the_next_can_be_read(string rows, int line)
    {
        using var table = TableReader.Open(_folder.Text("ragged.tsv", "user_id\titem_id\n" + rows + "last\t9\n"));
        var user = table.Require("user_id");
        Assert.True(table.Read());
        var error = Assert.Throws<RowException>(() => table.Read());
        Assert.Equal((RowProblem.WrongNumberOfValues, (long)line), (error.Reason, error.Line));
        var last = "";
        while (table.Read()) last = Encoding.UTF8.GetString(table.Utf8(user));
        Assert.Equal("last", last);
    }

    [Fact]
    public void Random_tables_between_tabs_are_read_as_they_were_written()
    {
        var random = new Random(13);
        string[] pieces = ["a", "\"", "é", " ", ",", "\"\"", "x y", ";", "\\N"];
        for (var trial = 0; trial < 200; trial++)
        {
            string[][] rows = [.. Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 3)
                .Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => pieces[random.Next(pieces.Length)]))).ToArray())];

            // As data frames write: quoted where there is a quote.
            var text = "p\tq\tr\n" + string.Concat(rows.Select(row => string.Join('\t', row.Select(value =>
                value.Contains('"', StringComparison.Ordinal) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value)) + "\n"));
            using var table = TableReader.Open(_folder.Text("random.tsv", text));
            Assert.Equal(rows, Rows(table, [table.Require("p"), table.Require("q"), table.Require("r")]));
        }
    }

    [Theory]
    [InlineData("csv", ",")]
    [InlineData("tsv", "\t")]
    public void A_value_over_many_lines_is_noted_once(string ending, string delimiter)
    {
        var value = $"\"{string.Concat(Enumerable.Repeat("line\n", 12))}\"";
        var text = $"user_id,note,item_id\na,short,1\nb,{value},2\nc,{value},3\n".Replace(",", delimiter, StringComparison.Ordinal);
        var file = _folder.Text($"long.{ending}", text);
        Assert.Equal(3, InteractionReader.Read([file], null, With(MissingIds.Refuse)).Matrix.Users.Count);
        Assert.Equal([$"{file}, line 3, column 'note': the value goes on to line 15. If it should not, a quote is not closed."], _notes);
    }

    [Theory]
    [InlineData("t", true)]
    [InlineData("F", false)]
    [InlineData("True", true)]
    [InlineData("FALSE", false)]
    [InlineData("WAHR", true)]
    [InlineData("FALSCH", false)]
    [InlineData("VRAI", true)]
    [InlineData("1.0", true)]
    [InlineData("no", false)]
    [InlineData("Y", true)]
    [InlineData("2", null)]
    [InlineData("maybe", null)]
    [InlineData("", null)]
    public void Flags_are_read_as_programs_write_them(string text, bool? flag)
    {
        var file = _folder.Text("users.csv", $"user_id,active\na,{text}\n");
        if (flag is null) Assert.Throws<RowException>(() => UserReader.Read([file]));
        else Assert.Equal(flag.Value ? 1 : 0, UserReader.Read([file]).Users.Active[0]);
    }

    [Theory]
    [InlineData("0,5", 0.5)]
    [InlineData("1.234,5", 1234.5)]
    [InlineData("1.234.567,25", 1234567.25)]
    [InlineData("2.5", 2.5)]
    [InlineData("-3", -3)]
    [InlineData("1,5E-03", 0.0015)]
    public void Numbers_with_a_decimal_comma_are_read_if_the_rules_say_so(string text, double number)
    {
        var file = _folder.Text("i.csv", $"user_id;item_id;weight\na;1;{text}\nb;1;1\n");
        var options = new InteractionOptions { Rules = new TableRules { DecimalComma = true }, KeepNonPositive = true };
        Assert.Equal((float)number, InteractionReader.Read([file], null, options).Matrix.Rows.Weights.Span[0]);
        if (text.Contains(',', StringComparison.Ordinal)) Assert.Throws<RowException>(() => InteractionReader.Read([file]));
    }

    [Theory]
    [InlineData("https://example.org/a.csv", "curl")]
    [InlineData("s3://bucket/a.csv", "aws s3 cp")]
    [InlineData("gs://bucket/a.csv", "gcloud")]
    [InlineData("file:///tmp/a.csv", "path alone")]
    public void An_address_is_refused_with_the_way_to_pipe_it(string address, string advice)
    {
        var error = Assert.Throws<KindredException>(() => TableReader.Open(address));
        Assert.Equal("address_as_file", error.Code);
        Assert.Contains(advice, error.Remedy, StringComparison.Ordinal);
    }

    private readonly List<string> _notes = [];

    private InteractionOptions With(MissingIds missing, IdForms forms = IdForms.None)
    {
        _notes.Clear();
        return new InteractionOptions
        {
            Rules = new TableRules { MissingIds = missing, Ids = new IdNormalization(forms), Note = text => _notes.Add(FormattableString.Invariant(text)) },
        };
    }

    private static string[] Ids(Kindred.Populations.IdList ids) => [.. Enumerable.Range(0, ids.Count).Select(ids.GetString)];

    private static IEnumerable<string[]> Rows(TableReader table, int[] columns)
    {
        while (table.Read()) yield return Array.ConvertAll(columns, column => Encoding.UTF8.GetString(table.Utf8(column)));
    }
}
