using System.IO.Compression;
using System.Text;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.Commands;

/// <summary>All kinds of input: JSON lines, folders and patterns, and columns with other names.</summary>
public sealed class IntakeTests(SmallWorld world) : IDisposable
{
    private static readonly string[] _method = ["--hidden-from", "100", "--weight-by", "impressions,ctr"];
    private static readonly string[] _numbers = ["weight", "timestamp", "impressions", "clicks", "ctr"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void JSON_lines_give_the_same_population_models_and_audiences_as_the_same_rows_in_CSV()
    {
        var exclude = _folder.Text("exclude.csv", "user_id\n" + string.Concat(world.People.Take(500).Select(person => person.Id + "\n")));
        var usual = Embed("--interactions", world.Interactions, "--users", world.Users);
        var embed = Embed("--interactions", JsonLines(world.Interactions, gzip: true), "--users", JsonLines(world.Users));
        FolderContents.AssertSame(usual, embed);
        FolderContents.AssertSame(
            Made("train", ["--population", usual, "--seeds", world.Seeds, .. _method]),
            Made("train", ["--population", embed, "--seeds", JsonLines(world.Seeds), .. _method]));
        FolderContents.AssertSame(
            Made("expand", ["--population", usual, "--seeds", world.Seeds, "--size", "5%", "--exclude", exclude, .. _method]),
            Made("expand", ["--population", embed, "--seeds", JsonLines(world.Seeds), "--size", "5%", "--exclude", JsonLines(exclude), .. _method]));
    }

    [Fact]
    public void Embeddings_as_lists_in_JSON_lines_equal_columns_in_CSV()
    {
        string[] ids = ["zoë", "b", "a \"10\""];
        var rows = ids.Select((id, i) => (Id: id, Vector: Enumerable.Range(0, 5).Select(k => FormattableString.Invariant($"{MathF.Sin(7 * i + k)}")).ToArray())).ToArray();
        var csv = _folder.Text("v.csv", "user_id,country,e0,e1,e2,e3,e4\n" + string.Concat(rows.Select(row => $"\"{row.Id.Replace("\"", "\"\"", StringComparison.Ordinal)}\",HU,{string.Join(',', row.Vector)}\n")));
        var lists = _folder.Text("v.jsonl", string.Concat(rows.Select(row => $"{{\"country\":\"HU\",\"user_id\":{Quoted(row.Id)},\"v\":[{string.Join(", ", row.Vector)}]}}\n")));

        FolderContents.AssertSame(Made("import", ["--embeddings", csv]), Made("import", ["--embeddings", lists]));
    }

    [Fact]
    public void A_log_in_JSON_lines_gives_the_same_analysis_as_in_CSV()
    {
        var csv = _folder.Text("log.csv", "user_id,arm,spend,ctr\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => FormattableString.Invariant($"u{i},{(i % 2 == 0 ? "old" : "new")},{(i % 7) * (1 + i % 2 * 0.25)},{(i % 5 == 0 ? 1 : 0)}\n"))));

        var expected = Analyse(csv);
        Assert.Contains("\"absolute\"", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Analyse(JsonLines(csv)));

        static string Analyse(string log) => Invocation.Good("experiment", "analyze", "--log", log, "--unit", "user_id", "--control", "old", "--metric", "mean:spend", "mean:ctr", "--output", "json").Output.Replace(Path.GetFileName(log), "LOG", StringComparison.Ordinal);
    }

    [Fact]
    public void Training_stops_at_a_malformed_line_and_check_counts_it()
    {
        var lines = File.ReadAllLines(JsonLines(world.Seeds)).ToList();
        lines.Insert(7, "{\"user_id\":\"u0000001\",");
        var seeds = _folder.Text("bad.jsonl", string.Join('\n', lines));

        var train = Invocation.Of("train", "--population", world.Population, "--seeds", seeds, "--out", _folder["models"]);
        Assert.Equal(ExitCode.BadInput, train.Code);
        Assert.Contains($"kindred: {seeds}, line 8: this is not JSON from byte ", train.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["models"]));

        var check = Invocation.Good("check", "--population", world.Population, "--seeds", seeds);
        Assert.Contains("not a JSON object", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_and_unexpanded_patterns_stand_for_their_files()
    {
        Directory.CreateDirectory(_folder["parts"]);
        var rows = File.ReadAllLines(world.Interactions);
        foreach (var (part, i) in rows.Skip(1).Chunk(rows.Length / 3).Select((part, i) => (part, i))) _folder.Text($"parts/p{i}.csv", string.Join('\n', part.Prepend(rows[0])));
        File.Move(JsonLines(Path.Combine(_folder["parts"], "p1.csv")), _folder["parts/p1.jsonl"]);
        File.Delete(_folder["parts/p1.csv"]);
        _folder.Text("parts/notes.txt", "not a table");

        var whole = Embed("--interactions", world.Interactions, "--users", world.Users);
        FolderContents.AssertSame(whole, Embed("--interactions", _folder["parts"], "--users", world.Users));
        FolderContents.AssertSame(whole, Embed("--interactions", _folder["parts/p*"], "--users", world.Users));

        // Each file is a separate list here; the pattern matches two of three.
        foreach (var name in new[] { "shoes", "shirts", "hats" }) _folder.Text($"parts/s-{name}.csv", "user_id\n" + string.Concat(world.People.Skip(name.Length * 100).Take(80).Select(person => person.Id + "\n")));
        var models = Invocation.Good("train", "--population", world.Population, "--seeds", _folder["parts/s-sh*.csv"], "--output", "json", "--out", _folder["of-pattern"]).Json;
        Assert.Equal(["shirts", "shoes"], models["lists"]!.AsArray().Select(list => ((string)list!["seed_list_id"]!)[2..]));

        var nothing = Invocation.Of("train", "--population", world.Population, "--seeds", _folder["parts/*.tsv"], "--out", _folder["nothing"]);
        Assert.Equal(ExitCode.BadInput, nothing.Code);
        Assert.Contains($"{_folder["parts/*.tsv"]}: this pattern matches none of the 7 files of {_folder["parts"]}", nothing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_with_other_names_give_the_same_bytes()
    {
        var interactions = Renamed(world.Interactions, ("user_id", "uid"), ("item_id", "sku"), ("weight", "stars"), ("timestamp", "at"));
        var users = Renamed(world.Users, ("user_id", "uid"), ("country", "land"), ("active", "alive"));
        var seeds = Renamed(world.Seeds, ("user_id", "uid"), ("seed_list_id", "campaign"));
        List<string> names = ["--item-column", "sku", "--user-column", "uid", "--country-column", "land", "--active-column", "alive"];
        if (File.ReadLines(interactions).First().Contains("stars", StringComparison.Ordinal)) names.AddRange(["--weight-column", "stars"]);
        if (File.ReadLines(interactions).First().Contains(",at", StringComparison.Ordinal)) names.AddRange(["--timestamp-column", "at"]);
        string[] columns = ["--user-column", "uid", "--seed-list-column", "campaign"];
        var exclude = _folder.Text("exclude.csv", "uid\n" + string.Concat(world.People.Take(300).Select(person => person.Id + "\n")));
        var usual = Renamed(exclude, ("uid", "user_id"));

        FolderContents.AssertSame(Embed("--interactions", world.Interactions, "--users", world.Users), Embed(["--interactions", interactions, "--users", users, .. names]));
        var models = Made("train", ["--population", world.Population, "--seeds", seeds, .. columns, .. _method]);
        FolderContents.AssertSame(Made("train", ["--population", world.Population, "--seeds", world.Seeds, .. _method]), models);
        FolderContents.AssertSame(
            Made("expand", ["--population", world.Population, "--models", models, "--size", "5%", "--exclude", usual]),
            Made("expand", ["--population", world.Population, "--models", models, "--size", "5%", "--exclude", exclude, "--user-column", "uid"]));
        foreach (var command in new[] { "evaluate", "reach", "check", "inspect" })
        {
            Assert.Equal(
                Invocation.Good(command, "--population", world.Population, "--seeds", world.Seeds, "--output", "json").Output.Replace(world.Seeds, "SEEDS", StringComparison.Ordinal),
                Invocation.Good([command, "--population", world.Population, "--seeds", seeds, .. columns, "--output", "json"]).Output.Replace(seeds, "SEEDS", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Embed_notes_unread_columns_and_why_all_users_are_active()
    {
        var interactions = Renamed(world.Interactions, ("timestamp", "ts"));
        var told = Invocation.Good("embed", "--interactions", interactions, "--dimension", "16", "--iterations", "1", "--out", _folder["told"]).Error;
        Assert.Contains("Columns of interactions that are not read: ", told, StringComparison.Ordinal);
        Assert.Contains("All users count as active: the interactions have no column of times ('timestamp', unless you name another)", told, StringComparison.Ordinal);
        var users = _folder.Text("mixed.csv", "user_id,country\n" + string.Concat(world.People.Select((person, i) => $"{person.Id},{(i % 2 == 0 ? "hu" : "HU")}\n")));
        told = Invocation.Good("embed", "--interactions", world.Interactions, "--users", users, "--dimension", "16", "--iterations", "1", "--out", _folder["mixed"]).Error;
        Assert.Contains("Countries that differ only in case count as different: 'HU', 'hu'.", told, StringComparison.Ordinal);
        var land = Renamed(world.Users, ("country", "Land"));
        told = Invocation.Good("embed", "--interactions", world.Interactions, "--users", land, "--dimension", "16", "--iterations", "1", "--out", _folder["land"]).Error;
        Assert.Contains("No user has a country: there is no column 'country'", told, StringComparison.Ordinal);
        var quiet = Invocation.Good("embed", "--interactions", world.Interactions, "--users", world.Users, "--dimension", "16", "--iterations", "1", "--out", _folder["usual"]).Error;
        foreach (var word in new[] { "All users count", "not read", "Countries", "No user" }) Assert.DoesNotContain(word, quiet, StringComparison.Ordinal);
    }

    [Fact]
    public void Exclusions_without_a_known_user_are_an_error_unless_they_are_few()
    {
        string[] expand = ["expand", "--population", world.Population, "--models", world.Models, "--size", "10"];
        var strangers = _folder.Text("strangers.csv", "user_id\n" + string.Concat(Enumerable.Range(0, 25).Select(i => $"someone-{i}\n")));
        var run = Invocation.Of([.. expand, "--exclude", strangers, "--out", _folder["no"]]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("None of the 25 users to exclude in ", run.Error, StringComparison.Ordinal);
        Assert.Contains("no user would be excluded", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["no"]));
        var few = _folder.Text("few.csv", "user_id\n" + string.Concat(Enumerable.Range(0, 24).Select(i => $"someone-{i}\n")));
        Assert.Contains("None of the 24 ids to exclude is in the population, so no user is excluded.", Invocation.Good([.. expand, "--exclude", few, "--out", _folder["few"]]).Error, StringComparison.Ordinal);
        Invocation.Good([.. expand, "--exclude", strangers, _folder.Text("one.csv", world.People[0].Id + "\n"), "--out", _folder["one"]]);
    }

    [Fact]
    public void Interactions_given_twice_count_once() =>
        FolderContents.AssertSame(Embed("--interactions", world.Interactions, "--users", world.Users), Embed("--interactions", world.Interactions, Path.Combine(world.World, ".", "interactions.csv"), world.Interactions, "--users", world.Users));

    [Fact]
    public void An_error_about_a_column_uses_its_configured_name()
    {
        var seeds = Renamed(world.Seeds, ("user_id", "uid"));

        Assert.Contains("there is no column 'customer'; the columns are 'seed_list_id', 'uid'", Error("--user-column", "customer"), StringComparison.Ordinal);
        // A configured list column must exist; otherwise the file would silently become one list.
        Assert.Contains("there is no column 'campaign'", Error("--user-column", "uid", "--seed-list-column", "campaign"), StringComparison.Ordinal);
        // Only commands with a column option suggest it, and only if it would help.
        Assert.Contains("Or keep the file and name the column with --user-column.", Error(), StringComparison.Ordinal);
        Assert.DoesNotContain("Or keep the file", Error("--user-column", "customer"), StringComparison.Ordinal);
        var lines = _folder.Text("no-user.jsonl", "{\"uid\":\"u1\"}\n");
        Assert.Contains("'uid'. Did you mean 'uid'? Rename it to 'user_id'. Or keep the file and name the column with --user-column.", Invocation.Of("check", "--population", world.Population, "--seeds", lines).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Or keep the file", Invocation.Of("experiment", "assign", "--salt", "s", "--arm", "a=1", "b=1", "--exclude", lines, "--unit", "u").Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean --user-column uid?", Error("--user-column", "uidd"), StringComparison.Ordinal);
        Assert.DoesNotContain("Rename it", Error("--user-column", "uidd"), StringComparison.Ordinal);
        var refused = Invocation.Of("embed", "--interactions", world.Interactions, "--country-column", "land", "--out", _folder["no"]);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("--country-column has no effect here", refused.Error, StringComparison.Ordinal);

        string Error(params string[] columns)
        {
            var run = Invocation.Of(["train", "--population", world.Population, "--seeds", seeds, "--out", _folder["no"], .. columns]);
            Assert.Equal(ExitCode.BadInput, run.Code);
            return run.Error;
        }
    }

    private string Embed(params string[] arguments) => Made("embed", [.. arguments, "--dimension", "16", "--iterations", "2"]);

    private string Made(string command, string[] arguments)
    {
        var folder = _folder[$"{command}-{Guid.NewGuid():N}"];
        Invocation.Good([command, .. arguments, "--out", folder]);
        return folder;
    }

    /// <summary>Writes the rows of a plain CSV file as JSON lines. Every second object has reversed keys; empty values are
    /// null or missing.</summary>
    private string JsonLines(string csv, bool gzip = false)
    {
        var lines = Csv.Read(csv).Select((row, i) =>
        {
            var pairs = row.Where(pair => pair.Value.Length > 0 || i % 2 == 0).Select(pair => $"{Quoted(pair.Key)}:{Value(pair.Key, pair.Value)}");
            return $"{{{string.Join(i % 3 == 0 ? " , " : ",", i > 0 && i % 2 == 0 ? pairs.Reverse() : pairs)}}}\n";
        });
        var file = _folder[$"{Path.GetFileNameWithoutExtension(csv)}-{Guid.NewGuid():N}.table"];
        using Stream stream = gzip ? new GZipStream(File.Create(file), CompressionLevel.Fastest) : File.Create(file);
        foreach (var line in lines) stream.Write(Encoding.UTF8.GetBytes(line));
        return file;
    }

    private static string Value(string name, string value) =>
        value.Length == 0 ? "null" : name == "active" ? value == "1" ? "true" : "false" : _numbers.Contains(name) && char.IsDigit(value[^1]) && !value.Contains('-') ? value : Quoted(value);

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private string Renamed(string csv, params (string From, string To)[] names)
    {
        var lines = File.ReadAllLines(csv);
        lines[0] = string.Join(',', lines[0].Split(',').Select(name => names.FirstOrDefault(pair => pair.From == name).To ?? name));
        return _folder.Text($"{Path.GetFileNameWithoutExtension(csv)}-{Guid.NewGuid():N}.csv", string.Join('\n', lines) + "\n");
    }
}
