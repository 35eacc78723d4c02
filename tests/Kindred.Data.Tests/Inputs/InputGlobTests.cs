using Kindred.Data.Inputs;
using Kindred.Data.Tables;

namespace Kindred.Data.Tests.Inputs;

public sealed class InputGlobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public InputGlobTests()
    {
        foreach (var name in new[] { "b.csv", "B.csv", "a.csv.gz", "c.jsonl", "c.ndjson.gz", "d.parquet", "notes.txt", ".hidden.csv", "odd[1].csv" }) _folder.Text(name, "x");
        foreach (var day in new[] { "day-2", "day-1", "other" })
        {
            Directory.CreateDirectory(_folder[day]);
            File.WriteAllText(Path.Combine(_folder[day], "log.csv"), "x");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("b.csv", "b.csv")]
    [InlineData("notes.txt", "notes.txt")]
    [InlineData("", "B.csv a.csv.gz b.csv c.jsonl c.ndjson.gz d.parquet odd[1].csv")]
    [InlineData("*", "B.csv a.csv.gz b.csv c.jsonl c.ndjson.gz d.parquet odd[1].csv")]
    [InlineData("*.csv", "B.csv b.csv odd[1].csv")]
    [InlineData("odd[1].*", "odd[1].csv")]
    [InlineData(".*.csv", ".hidden.csv")]
    [InlineData("?.csv*", "B.csv a.csv.gz b.csv")]
    [InlineData("*.t?t", "notes.txt")]
    [InlineData("day-*/log.csv", "day-1/log.csv day-2/log.csv")]
    [InlineData("day-?/*.csv", "day-1/log.csv day-2/log.csv")]
    [InlineData("day-*/nothing.csv", "")]
    [InlineData("*.tsv", "")]
    [InlineData("nowhere", "")]
    [InlineData("nowhere/*.csv", "")]
    public void A_path_expands_to_its_files_in_ordinal_order(string path, string expected)
    {
        var found = InputGlob.Find(path.Length == 0 ? _folder.Path : _folder[path]);

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => _folder[name]), found);
    }

    [Fact]
    public void A_file_matched_by_several_paths_is_listed_once()
    {
        string[] expected = [_folder["c.jsonl"], _folder["B.csv"], _folder["b.csv"], _folder["odd[1].csv"]];
        Assert.Equal(expected, InputGlob.Expand(["c.jsonl", "*.csv", "./b.csv", "day-1/../c.jsonl"], _folder.Path, problem => new KindredException(ErrorKind.Usage, "test", problem, "")));
    }

    [Fact]
    public void A_file_name_with_a_star_matches_itself()
    {
        _folder.Text("b*.csv", "x");

        Assert.Equal([_folder["b*.csv"]], InputGlob.Find(_folder["b*.csv"]));
    }

    [Theory]
    [InlineData("*.tsv", "this pattern matches none of the 9 files of {0}")]
    [InlineData("nowhere/*.csv", "this pattern matches no file: there is no folder {0}/nowhere")]
    [InlineData("nowhere", "there is no such file")]
    [InlineData("empty", "this is a folder that holds no .csv")]
    public void A_path_without_matches_is_an_error_that_says_what_was_searched(string path, string problem)
    {
        Directory.CreateDirectory(_folder["empty"]);

        var error = Assert.Throws<KindredException>(() => UserIdReader.Read([_folder[path]]));

        Assert.Equal(ErrorKind.BadInput, error.Kind);
        Assert.StartsWith(_folder[path], error.Message, StringComparison.Ordinal);
        Assert.Contains(string.Format(System.Globalization.CultureInfo.InvariantCulture, problem, _folder.Path), error.Message, StringComparison.Ordinal);
    }
}
