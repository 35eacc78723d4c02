using System.Security.Cryptography;
using System.Text;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.Commands;

/// <summary>Tests the options for values as exports write them, from the files to the result.</summary>
public sealed class ExportedFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ids_that_are_normalised_make_the_population_of_ids_that_were_written_so_and_hashes_of_them_are_found()
    {
        var random = new Random(1);
        var clean = Interactions(user => $"ann{user:000}@example.org", "2025-11-30");
        var messy = Interactions(user => random.Next(3) switch { 0 => $"Ann{user:000}@Example.ORG", 1 => $" ann{user:000}@example.org", _ => $"ann{user:000}@example.org" }, "2025-11-30");
        string[] normalize = ["--normalize-ids", "trim,lower"];
        Embed("clean", clean);
        Assert.NotEqual(ExitCode.Success, Invocation.Of(Command("refused", messy)).Code);
        Embed("messy", messy, normalize);
        Assert.Equal(Contents("clean"), Contents("messy"));

        // A list of plain ids in another case, and one of hashes as advertising platforms ask for them, for a population that was not normalised.
        var shouted = _folder.Text("shouted.csv", "user_id\n" + string.Concat(Enumerable.Range(0, 60).Select(user => $"ANN{user:000}@EXAMPLE.ORG\n")));
        Assert.Equal(60, Matched("clean", shouted, normalize));
        Embed("mixed", Interactions(user => $"Ann{user:000}@Example.org", "2025-11-30"));
        var hashed = _folder.Text("hashed.csv", "user_id\n" + string.Concat(Enumerable.Range(0, 60).Select(user => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"ann{user:000}@example.org"))) + "\n")));
        Assert.Equal(0, Matched("mixed", hashed, "--id-hash", "sha256"));
        Assert.Equal(60, Matched("mixed", hashed, ["--id-hash", "sha256", .. normalize]));
    }

    [Fact]
    public void Ids_that_differ_only_in_how_they_are_written_are_warned_of_with_the_option_that_mends_it()
    {
        var notes = Invocation.Good(Command("p", Interactions(user => user % 2 == 0 ? $"U{user / 2}" : $"u{user / 2}", "2025-11-30"))).Error;
        Assert.Contains("The 200 user ids would be 100 if they were written in one way; they differ in upper and lower case (200).", notes, StringComparison.Ordinal);
        Assert.Contains("--normalize-ids lower", notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_and_numbers_of_a_German_spreadsheet_are_read_with_their_options()
    {
        var plain = Interactions(user => $"u{user}", "2025-11-30", weight: "0.5");
        var german = Interactions(user => $"u{user}", "30.11.2025", weight: "0,5").Replace(',', ';').Replace("0;5", "0,5", StringComparison.Ordinal);
        Embed("plain", plain);
        Embed("german", german, "--timestamp-format", "day-first", "--decimal-comma");
        Assert.Equal(Contents("plain"), Contents("german"));

        var error = Invocation.Of(Command("refused", german)).Error;
        Assert.Contains("--decimal-comma", error, StringComparison.Ordinal);
        error = Invocation.Of([.. Command("refused", german), "--decimal-comma"]).Error;
        Assert.Contains("--timestamp-format day-first", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_an_id_are_refused_with_the_option_that_skips_them()
    {
        var text = Interactions(user => user % 20 == 0 ? "\\N" : $"u{user}", "2025-11-30");
        var error = Invocation.Of(Command("p", text));
        Assert.Equal(ExitCode.BadInput, error.Code);
        Assert.Contains("--missing-ids skip", error.Error, StringComparison.Ordinal);
        Assert.Contains("Left out 30 rows of interactions without an id.", Invocation.Good([.. Command("p", text), "--missing-ids", "skip"]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newest_interaction_that_cannot_be_right_is_doubted()
    {
        Assert.Contains("The newest interaction is of 2025-11-30 00:00 UTC.", Invocation.Good(Command("a", Interactions(user => $"u{user}", "2025-11-30"))).Error, StringComparison.Ordinal);
        Assert.Contains("1970-01-01 12:46 UTC. That is too early", Invocation.Good(Command("b", Interactions(user => $"u{user}", "45991"))).Error, StringComparison.Ordinal);
        Assert.Contains("That is far in the future", Invocation.Good(Command("c", Interactions(user => $"u{user}", "2925-11-30"))).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--normalize-ids", "trim,upper", "'upper'")]
    [InlineData("--timestamp-format", "dd.MM.yyyy", "'dd.MM.yyyy'")]
    [InlineData("--missing-ids", "drop", "'drop'")]
    public void A_rule_that_there_is_not_is_named(string option, string value, string named)
    {
        var run = Invocation.Of([.. Command("p", Interactions(user => $"u{user}", "2025-11-30")), option, value]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_daily_run_reads_its_files_by_the_rules_of_its_settings()
    {
        _folder.Text("clean.csv", Interactions(user => $"u{user:000}", "2025-11-30"));
        _folder.Text("messy.csv", Interactions(user => $"U{user:000}.0", "30.11.2025").Replace(".0", "", StringComparison.Ordinal));
        _folder.Text("clean-seeds.csv", "seed_list_id,user_id\n" + string.Concat(Enumerable.Range(0, 60).Select(user => $"l,u{user:000}\n")));
        _folder.Text("messy-seeds.csv", "seed_list_id,user_id\nl,NULL\n" + string.Concat(Enumerable.Range(0, 60).Select(user => $"l, U{user:000}\n")));
        Run("clean", "");
        Assert.Contains("Left out 1 row of seed lists without an id.", Run("messy", "normalize_ids: [trim, lower]\nmissing_ids: skip\ntimestamp_format: day-first\n"), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(_folder["clean-runs/versions/000001/lists/-/l.csv"]), File.ReadAllText(_folder["messy-runs/versions/000001/lists/-/l.csv"]));

        string Run(string name, string rules)
        {
            var settings = _folder.Text($"{name}.yaml", $"{rules}population: {{ folder: {name}-population, interactions: [{name}.csv], dimension: 16, copies: 1 }}\nseeds: [{name}-seeds.csv]\nstore: {name}-runs\nsizes: [40]\npublish_lists: csv\nminimum_audience: 5\n");
            return Invocation.Good("run", settings, "--date", "2026-11-30").Error;
        }
    }

    private static string Interactions(Func<int, string> user, string time, string weight = "1") => "user_id,item_id,weight,timestamp\n"
        + string.Concat(Enumerable.Range(0, 600).Select(row => $"{user(row % 200)},i{row * 7 % 23},{weight},{time}\n"));

    private string[] Command(string name, string text) =>
        ["embed", "--interactions", _folder.Text($"{name}.csv", text), "--dimension", "16", "--copies", "1", "--iterations", "2", "--out", _folder[name]];

    private void Embed(string name, string text, params string[] options) => Invocation.Good([.. Command(name, text), .. options, "--quiet"]);

    private int Matched(string population, string seeds, params string[] options) =>
        (int)Invocation.Of(["check", "--population", _folder[population], "--seeds", seeds, "--output", "json", .. options]).Json["lists"]![0]!["matched"]!;

    private Dictionary<string, string> Contents(string name) => FolderContents.Of(_folder[name]).ToDictionary(StringComparer.Ordinal);
}
