using System.Text;
using System.Text.RegularExpressions;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.SeedLists;

namespace Kindred.Data.Tests.Inputs;

public sealed partial class SeedListReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lists_are_grouped_and_sorted_and_the_last_row_of_a_user_counts()
    {
        var files = new[]
        {
            _folder.Text("a.csv", "seed_list_id,user_id,clicks,note\nshoes,c,1,x\nbooks,a,,y\nshoes,a,2,z\n"),
            _folder.Text("b.csv", "note,clicks,user_id,seed_list_id\nq,7,c,shoes\n"),
        };
        var lists = SeedListReader.Read(files, new SeedListOptions { MetricColumns = new HashSet<string> { "clicks" } });
        Assert.Equal(["books", "shoes"], lists.Select(list => list.Id));
        Assert.Equal(["a", "c"], InteractionReaderTests.Names(lists[1].Users));
        Assert.Equal([2f, 7f], lists[1].Metrics["clicks"]);
        Assert.Equal([float.NaN], lists[0].Metrics["clicks"]);
        Assert.Equal((0, 1), (lists[0].Duplicates, lists[1].Duplicates));
    }

    [Fact]
    public void A_file_without_lists_is_one_list_called_after_the_file()
    {
        var file = _folder.Text("spring.sale.csv", "user_id\nb\na\n");
        Assert.Equal("spring", Assert.Single(SeedListReader.Read([file])).Id);
    }

    [Fact]
    public void Two_files_with_the_same_name_are_an_error()
    {
        Directory.CreateDirectory(_folder["other"]);
        var files = new[] { _folder.Text("x.csv", "user_id\na\n"), _folder.Text("other/x.csv", "user_id\nb\n") };
        Assert.Contains("Rename one", Assert.ThrowsAny<KindredException>(() => SeedListReader.Read(files)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("u0001\nu0002\n", "u0001 u0002")]
    [InlineData("4711\n4712\n", "4711 4712")]
    [InlineData("user_id\n4711\n", "4711")]
    [InlineData("anna@example.org\n", "anna@example.org")]
    public void A_file_of_ids_alone_needs_no_header(string text, string expected)
    {
        var file = _folder.Text("acme.csv", text);
        Assert.Equal(expected.Split(' '), InteractionReaderTests.Names(Assert.Single(SeedListReader.Read([file])).Users));
        Assert.Equal(expected.Split(' '), InteractionReaderTests.Names(UserIdReader.Read([file])));
    }

    [Theory]
    [InlineData("uid\nu0001\n", "'uid'")]
    [InlineData("user,item,@timestamp\na,b,1\n", "'user', 'item', '@timestamp'")]
    [InlineData("anna.smith@example.com,Anna,Smith\nb@example.com,B,Smith\n", "not shown, 3 that look like values")]
    [InlineData("{\"u0000017\":1}\n", "not shown, 1 that look like values")]
    [InlineData("user_id|x\na|b\n", "separated by '|'")]
    public void An_error_quotes_a_possible_header_but_never_a_possible_id(string text, string expected)
    {
        var message = Assert.ThrowsAny<KindredException>(() => SeedListReader.Read([_folder.Text("acme", text)])).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        foreach (var id in new[] { "anna", "Smith", "u0000017" }) Assert.DoesNotContain(id, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("customer\nbob\n", true)]
    [InlineData("uid\nbob\n", true)]
    [InlineData("user.id\nbob\n", true)]
    [InlineData("device id\nbob\n", true)]
    [InlineData("id|user-id\n1|2\n", true)]
    [InlineData("bob\nanna\n", false)]
    [InlineData("ab12-cd\nab13-cd\n", false)]
    [InlineData("user1\nuser2\n", false)]
    [InlineData("ab5ce84f29e1a7bc03d96f8e2b4c7d1a\n", false)]
    [InlineData("KqsYzqdXdkVbGnFpRtLwUg\n", false)]
    [InlineData("bob|anna\n", false)]
    [InlineData("a,b,c,d,anna@example.org\n", false)]
    public void An_error_quotes_the_names_of_columns_unless_they_may_be_ids(string text, bool quoted)
    {
        var message = Assert.ThrowsAny<KindredException>(() => SeedListReader.Read([_folder.Text("acme", text)])).Message;
        Assert.Contains("there is no column 'user_id'", message, StringComparison.Ordinal);
        var name = text.Split('\n')[0].Split(',')[^1];
        Assert.Equal(quoted, message.Contains($"'{name}'", StringComparison.Ordinal));
        Assert.Equal(quoted, message.Contains(name, StringComparison.Ordinal));
        Assert.Equal(!quoted, message.Contains("not shown", StringComparison.Ordinal));
        if (!quoted && !name.Contains('|')) Assert.Contains("write one above it", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IdHashFunction.Sha256)]
    [InlineData(IdHashFunction.Sha1)]
    [InlineData(IdHashFunction.Md5)]
    public void A_file_of_hashes_alone_needs_no_header_whatever_its_first_hash_looks_like(IdHashFunction function)
    {
        var hash = new IdHash(function);
        var bytes = new byte[hash.Bytes];
        var inRow = new HashSet<bool>();
        for (var i = 0; i < 200; i++)
        {
            hash.Of(Encoding.UTF8.GetBytes($"{i}"), bytes);
            var hex = Convert.ToHexStringLower(bytes);
            inRow.Add(FourDigits().IsMatch(hex));
            foreach (var written in new[] { hex, hex.ToUpperInvariant(), Convert.ToBase64String(bytes), Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_') })
            {
                var file = _folder.Text("acme.csv", written + "\n");
                Assert.Equal([hex], InteractionReaderTests.Names(UserIdReader.Read([file], hash: function)));
                Assert.Equal([hex], InteractionReaderTests.Names(Assert.Single(SeedListReader.Read([file], new SeedListOptions { Hash = function })).Users));
            }
        }

        // A hash of another function is not a header either.
        var other = function == IdHashFunction.Md5 ? "ab5ce84f29e1a7bc03d96f8e2b4c7d1a9f8e7a6c" : "ab5ce84f29e1a7bc03d96f8e2b4c7d1a";
        Assert.Contains("It looks like", Assert.Throws<RowException>(() => UserIdReader.Read([_folder.Text("acme.csv", other + "\n")], hash: function)).Message, StringComparison.Ordinal);

        // Both kinds are tried. A text that is not a hash is a header, even with enough digits for an id.
        Assert.Equal(2, inRow.Count);
        Assert.Contains("no column 'user_id'", Assert.ThrowsAny<KindredException>(() => UserIdReader.Read([_folder.Text("acme.csv", "u0001\n" + Convert.ToHexStringLower(bytes))], hash: function)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" anna@example.org", "17 bytes", "Hash every id")]
    [InlineData("anna@example.org\u00A0", "18 bytes", "Hash every id")]
    [InlineData("anna@example.org-anna@example.org-anna@example.org-anna@example.org-anna@example.org-anna@example.org-anna@example.org-anna@example.org", "135 bytes", "Hash every id")]
    [InlineData(" 5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9", "65 bytes", "Remove the white space")]
    public void A_value_that_should_be_a_hash_is_never_quoted(string id, string length, string advice)
    {
        var file = _folder.Text("acme.csv", $"user_id\n{id}\n");
        var error = Assert.Throws<RowException>(() => UserIdReader.Read([file], hash: IdHashFunction.Sha256));
        Assert.Equal(RowProblem.NotAHash, error.Reason);
        Assert.Contains(length, error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        foreach (var part in new[] { "anna", "5feceb66" }) Assert.DoesNotContain(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(RowProblem.EmptyId, Assert.Throws<RowException>(() => UserIdReader.Read([_folder.Text("empty.csv", "user_id\n\"\"\n")], hash: IdHashFunction.Sha256)).Reason);
    }

    [Fact]
    public void A_list_without_a_header_has_no_metrics_and_names_no_lists()
    {
        var file = _folder.Text("acme.csv", "u0001\nu0002\n");
        foreach (var options in new[] { new SeedListOptions { RequiresListColumn = true }, new SeedListOptions { MetricColumns = new HashSet<string> { "clicks" } } })
        {
            Assert.Contains("no column 'user_id'", Assert.ThrowsAny<KindredException>(() => SeedListReader.Read([file], options)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("user_id\n")]
    [InlineData("{\"user_id\":\"a\"}\n")]
    public void Reading_can_be_stopped_among_blank_lines(string head)
    {
        using var table = TableReader.Open(_folder.Text("blank", head + new string('\n', 100) + head), HeaderRule.Always, null, new CancellationToken(canceled: true));
        table.Require("user_id");
        Assert.Throws<OperationCanceledException>(() =>
        {
            while (table.Read())
            {
            }
        });
    }

    [Theory]
    [InlineData("-1", "negative")]
    [InlineData("many", "not a number")]
    [InlineData("inf", "not a ")]
    public void A_wrong_metric_is_an_error_only_if_the_column_is_requested(string value, string problem)
    {
        var file = _folder.Text("a.csv", $"user_id,clicks\na,{value}\n");
        Assert.Single(SeedListReader.Read([file]));
        var error = Assert.ThrowsAny<KindredException>(() => SeedListReader.Read([file], new SeedListOptions { MetricColumns = new HashSet<string> { "clicks" } }));
        Assert.Contains("line 2, column 'clicks'", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exclusions_and_hold_outs_are_sorted_and_distinct()
    {
        var file = _folder.Text("h.csv", "seed_list_id,user_id\nx,b\nx,a\ny,b\nx,b\n");
        Assert.Equal(["a", "b"], InteractionReaderTests.Names(UserIdReader.Read([file])));
        var lists = UserIdReader.ReadByList([file]);
        Assert.Equal(["a", "b"], InteractionReaderTests.Names(lists["x"]));
        Assert.Equal(["b"], InteractionReaderTests.Names(lists["y"]));
        Assert.Contains("seed_list_id", Assert.ThrowsAny<KindredException>(() => UserIdReader.ReadByList([_folder.Text("n.csv", "user_id\na\n")])).Message, StringComparison.Ordinal);
    }

    [GeneratedRegex("[0-9]{4}")]
    private static partial Regex FourDigits();
}
