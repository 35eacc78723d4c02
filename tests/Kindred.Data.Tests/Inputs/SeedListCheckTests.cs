using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.SeedLists;

namespace Kindred.Data.Tests.Inputs;

/// <summary>Tests reading seed lists to the end: bad rows are counted, and the rest equals a strict reading without them.</summary>
public sealed class SeedListCheckTests : IDisposable
{
    private const string Good = "seed_list_id,user_id,clicks\nshoes,c,1\nbooks,a,2\nshoes,a,3\nshoes,c,4\n";
    private static readonly SeedListOptions _clicks = new() { MetricColumns = new HashSet<string> { "clicks" } };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("shoes,,1", RowProblem.EmptyId, "user_id")]
    [InlineData(",x,1", RowProblem.EmptyId, "seed_list_id")]
    [InlineData("shoes, x,1", RowProblem.SpaceAroundId, "user_id")]
    [InlineData("shoes,x\u00A0,1", RowProblem.SpaceAroundId, "user_id")]
    [InlineData("shoes,{long},1", RowProblem.LongId, "user_id")]
    [InlineData("shoes,x", RowProblem.WrongNumberOfValues, null)]
    [InlineData("shoes,x,1,1", RowProblem.WrongNumberOfValues, null)]
    [InlineData("shoes,x,many", RowProblem.NotANumber, "clicks")]
    [InlineData("shoes,x,\"0,29411766\"", RowProblem.DecimalComma, "clicks")]
    [InlineData("shoes,x,nan", RowProblem.NotFinite, "clicks")]
    [InlineData("shoes,x,-1", RowProblem.NegativeMetric, "clicks")]
    [InlineData("shoes,x,1e39", RowProblem.LargeMetric, "clicks")]
    public void A_bad_row_is_counted_with_its_place_and_leaves_no_trace_in_the_lists(string row, RowProblem problem, string? column)
    {
        row = row.Replace("{long}", new string('y', 129), StringComparison.Ordinal);
        var lines = Good.Split('\n');
        var file = _folder.Text("a.csv", string.Join('\n', [.. lines[..3], row, lines[3], row, .. lines[4..]]));
        var reading = SeedListReader.ReadAll([file], _clicks);
        AssertSame(SeedListReader.Read([_folder.Text("good.csv", Good)], _clicks), reading.Lists);
        var found = Assert.Single(reading.Rejected.Problems);
        Assert.Equal((problem, 2L), (found.Problem, found.Count));
        Assert.Equal([new RowPlace(file, 4, column), new RowPlace(file, 6, column)], found.Places);
        Assert.Equal((6L, 2L), (reading.Rows, reading.Rejected.Count));
        Assert.Equal([new SeedFileRows(file, 6, 2)], reading.Files);

        // The strict reader stops at the first bad row, with the same place.
        var error = Assert.Throws<RowException>(() => SeedListReader.Read([file], _clicks));
        Assert.Equal((problem, file, 4L, column), (error.Reason, error.File, error.Line, error.Column));
        Assert.StartsWith($"{file}, line 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_counted_by_file_and_places_are_bounded()
    {
        var bad = _folder.Text("bad.csv", "user_id\n" + string.Concat(Enumerable.Repeat(" x\n", 1_500)));
        var reading = SeedListReader.ReadAll([_folder.Text("good.csv", "user_id\na\nb\n"), bad, _folder.Text("empty.csv", "user_id\n"), _folder.Gzip("z.csv.gz", "user_id\nc\n d\n")]);
        Assert.Equal([(2L, 0L), (1_500L, 1_500L), (0L, 0L), (2L, 1L)], reading.Files.Select(file => (file.Rows, file.Rejected)));
        var problem = Assert.Single(reading.Rejected.Problems);
        Assert.Equal((1_501L, RejectedRows.MostPlaces, new RowPlace(bad, 2, "user_id")), (problem.Count, problem.Places.Count, problem.Places[0]));
        Assert.Equal(["bad", "good", "z"], reading.Lists.Select(list => list.Id));
        Assert.Equal([0, 2, 1], reading.Lists.Select(list => list.Users.Count));
    }

    [Fact]
    public void Damaged_files_stay_errors()
    {
        var gzip = _folder.Bytes("cut.csv.gz", TemporaryFolder.Compress("user_id\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"u{i * 7919}\n")))[..^200]);
        var latin = _folder.Bytes("latin.csv", [.. "user_id\na\n"u8, 0xE9, (byte)'\n', .. "b\n"u8]);
        foreach (var file in new[] { gzip, latin, _folder.Text("quote.csv", "user_id\na\n\"b\"c\n"), _folder.Text("nothing.csv", ""), _folder.Text("other.csv", "customer\na\n"), _folder["missing.csv"] })
        {
            var error = Assert.ThrowsAny<KindredException>(() => SeedListReader.ReadAll([file]));
            Assert.Equal(Assert.ThrowsAny<KindredException>(() => SeedListReader.Read([file])).Message, error.Message);
            Assert.Contains(file, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ranges_of_columns_are_computed_per_list_with_the_cells_that_weights_would_refuse()
    {
        var a = _folder.Text("a.csv", "seed_list_id,user_id,clicks,ctr,note\nx,a,3,0.5,hello\nx,b,-1,0.25,\nx,c,,1,7\nx,d,many,,there\ny,a,0,0,1\n");
        var b = _folder.Text("b.csv", "user_id,seed_list_id,revenue\nz,x,1e3\n");
        var reading = SeedListReader.ReadAll([a, b]);
        Assert.Equal([
            new MetricRange("clicks", 2, 1, 2, -1, 3, WeightScale.Count),
            new MetricRange("ctr", 3, 1, 0, 0.25f, 1, WeightScale.Rate),
            new MetricRange("revenue", 1, 0, 0, 1_000, 1_000, WeightScale.Count),
        ], reading.Metrics[0]);
        Assert.Equal(["clicks", "ctr", "note"], reading.Metrics[1].Select(metric => metric.Column));
    }

    [Fact]
    public void Hashes_are_read_in_any_spelling_as_one_user_and_other_values_are_rejected()
    {
        const string Hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Base64 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        var file = _folder.Text("h.csv", $"user_id,clicks\n{Hex},1\n{Hex.ToUpperInvariant()},2\nalice@example.com,3\n{Base64},4\n{Hex[1..]},5\n");
        var options = new SeedListOptions { Hash = IdHashFunction.Sha256, MetricColumns = new HashSet<string> { "clicks" } };
        var reading = SeedListReader.ReadAll([file], options);
        var list = Assert.Single(reading.Lists);
        Assert.Equal((Hex, 1, 2, 4f), (list.Users.GetString(0), list.Users.Count, list.Duplicates, list.Metrics["clicks"][0]));
        var problem = Assert.Single(reading.Rejected.Problems);
        Assert.Equal((RowProblem.NotAHash, 2L, 4L), (problem.Problem, problem.Count, problem.Places[0].Line));
        Assert.Contains("SHA-256", Assert.Throws<RowException>(() => SeedListReader.Read([file], options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pepper", "pepper")]
    [InlineData("pepper\n", "pepper")]
    [InlineData("pepper\r\n", "pepper")]
    [InlineData("pepper\n\n", "pepper\n")]
    [InlineData(" pep per ", " pep per ")]
    [InlineData("hex:706570706572\n", "pepper")]
    [InlineData("base64:cGVwcGVy", "pepper")]
    public void A_salt_is_the_content_of_its_file_or_the_bytes_that_it_encodes(string text, string salt) =>
        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(salt), SaltFile.Read(_folder.Text("salt", text)).ToArray());

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n", "empty")]
    [InlineData("hex:70657", "hexadecimal")]
    [InlineData("hex:pepper", "hexadecimal")]
    [InlineData("hex:", "1 to 1,024 bytes")]
    [InlineData("base64:pep*er==", "Base64")]
    [InlineData("\uFEFFpepper", "byte order mark")]
    [InlineData("{long}", "1 to 1,024 bytes")]
    public void A_bad_salt_is_an_error_that_does_not_quote_it(string text, string problem)
    {
        var error = Assert.Throws<KindredException>(() => SaltFile.Read(_folder.Text("salt", text.Replace("{long}", new string('p', 1025), StringComparison.Ordinal))));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(_folder["salt"], error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pep", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_salt_is_an_error()
    {
        foreach (var path in new[] { _folder["no"], _folder.Path, "" }) Assert.Equal(ErrorKind.BadInput, Assert.Throws<KindredException>(() => SaltFile.Read(path)).Kind);
    }

    private static void AssertSame(IReadOnlyList<SeedList> expected, IReadOnlyList<SeedList> actual)
    {
        Assert.Equal(expected.Select(list => (list.Id, list.Duplicates)), actual.Select(list => (list.Id, list.Duplicates)));
        foreach (var (list, other) in expected.Zip(actual))
        {
            Assert.Equal(InteractionReaderTests.Names(list.Users), InteractionReaderTests.Names(other.Users));
            Assert.Equal(list.Metrics["clicks"], other.Metrics["clicks"]);
        }
    }
}
