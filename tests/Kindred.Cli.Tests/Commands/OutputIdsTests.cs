using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;
using Kindred.Data.Folders;
using Kindred.Pipeline.Store;

namespace Kindred.Cli.Tests.Commands;

/// <summary>Tests what commands show of users' ids, how files are called, and ids for spreadsheets.</summary>
public sealed class OutputIdsTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void Expand_and_runs_show_no_users_id_unless_asked(string output)
    {
        string[] expand = ["expand", "--population", world.Population, "--models", world.Models, "--size", "10", "--output", output];
        string[] show = ["runs", "show", "--store", world.Days.SecondDay, "--output", output];
        Assert.False(Named(Invocation.Good([.. expand, "--out", _folder["a"]])));
        Assert.False(Named(Invocation.Good(show)));
        Assert.False(Named(Invocation.Good([.. show, "--owner", "two", "--show-ids"])));
        Assert.True(Named(Invocation.Good([.. expand, "--out", _folder["b"], "--show-ids"])));
        Assert.True(Named(Invocation.Good([.. show, "--show-ids"])));

        // The files of both are the same, and name the last user.
        FolderContents.AssertSame(_folder["a"], _folder["b"]);
        Assert.Contains("\"lastUserId\": \"u", File.ReadAllText(_folder["a/manifest.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Checks_and_figures_show_no_users_id()
    {
        string[] inputs = ["--population", world.Population, "--seeds", world.Seeds];
        foreach (var output in new[] { "text", "json" })
        {
            Assert.False(Named(Invocation.Of(["check", .. inputs, "--output", output])));
            Assert.False(Named(Invocation.Good(["inspect", .. inputs, "--output", output])));
            Assert.False(Named(Invocation.Good(["evaluate", .. inputs, "--method", "centroid", "--output", output])));
            Assert.False(Named(Invocation.Good(["train", .. inputs, "--method", "centroid", "--out", _folder[output], "--output", output])));
            Assert.False(Named(Invocation.Good("runs", "--store", world.Days.SecondDay, "--output", output)));
        }
    }

    [Fact]
    public void Files_are_called_after_their_lists_and_the_manifest_has_the_exact_id()
    {
        string[] ids = ["Rock Pop 275", "jazz", "Jazz"];
        Invocation.Good("expand", "--population", world.Population, "--seeds", Seeds(ids), "--epochs", "1", "--size", "10", "--out", _folder["out"]);
        Assert.True(File.Exists(_folder["out/Rock-Pop-275.csv"]));
        var audiences = JsonNode.Parse(File.ReadAllText(_folder["out/manifest.json"]))!["audiences"]!.AsArray();
        Assert.Equal(ids.Order(StringComparer.Ordinal), audiences.Select(audience => audience!["seedListId"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.All(audiences, audience => Assert.True(File.Exists(Path.Combine(_folder["out"], audience!["file"]!.GetValue<string>()))));
        Assert.Equal(2, audiences.Count(audience => Regex.IsMatch(audience!["file"]!.GetValue<string>(), "^[jJ]azz-[0-9a-f]{8}\\.csv$")));
        Invocation.Good("verify", _folder["out"]);
    }

    [Fact]
    public void A_daily_run_names_its_lists_for_people_and_its_version_says_where_each_is()
    {
        var settings = _folder.Text("run.yaml", $"population: {OwnPopulation()}\nseeds: {Seeds("Rock Pop 275", "jazz", "Jazz")}\nstore: runs\nsizes: [40]\npublish_lists: csv\nsample_users: 1000\ntraining: {{ epochs: 1 }}\nlists:\n  jazz: {{ owner: Acme & Sons }}\n");
        Invocation.Good("run", settings, "--quiet");
        var version = RunVersion.Read(RunStore.Open(_folder["runs"]), 1);
        Assert.Equal(["lists/-/Jazz.csv", "lists/-/Rock-Pop-275.csv", "lists/Acme-Sons/jazz.csv"],
            version.Units.Select(unit => unit.Targets[0].File).Order(StringComparer.Ordinal));
        var folder = Path.Combine(_folder["runs"], "versions", "000001");
        Assert.All(version.Units, unit => Assert.True(File.Exists(Path.Combine(folder, unit.Targets[0].File!))));
        var log = File.ReadAllText(RunStore.Open(_folder["runs"]).ExportLog);
        Assert.All(version.Units, unit => Assert.Contains($"\"{unit.Targets[0].File}\"", log, StringComparison.Ordinal));

        // A deletion keeps the names.
        var gone = File.ReadLines(Path.Combine(folder, "lists/-/Rock-Pop-275.csv")).ElementAt(1).Split(',')[0];
        Invocation.Good("forget", gone, "--store", _folder["runs"]);
        Assert.DoesNotContain(gone, File.ReadAllText(Path.Combine(folder, "lists/-/Rock-Pop-275.csv")), StringComparison.Ordinal);
        Assert.Equal(version.Units.Select(unit => unit.Targets[0].File), RunVersion.Read(RunStore.Open(_folder["runs"]), 1).Units.Select(unit => unit.Targets[0].File));
        Invocation.Good("verify", _folder["runs"]);
    }

    [Fact]
    public void A_version_of_an_earlier_program_keeps_its_escaped_names_and_one_that_names_files_outside_is_refused()
    {
        var settings = _folder.Text("run.yaml", $"population: {OwnPopulation()}\nseeds: {Seeds("Rock Pop")}\nstore: runs\nsizes: [40]\npublish_lists: csv\nsample_users: 1000\ntraining: {{ epochs: 1 }}\n");
        Invocation.Good("run", settings, "--quiet");
        var (folder, store) = (_folder["runs/versions/000001"], RunStore.Open(_folder["runs"]));
        File.Move(Path.Combine(folder, "lists/-/Rock-Pop.csv"), Path.Combine(folder, "lists/-/%52ock%20%50op.csv"));
        Renamed(",\"file\":\"lists/-/Rock-Pop.csv\"", "");
        var gone = File.ReadLines(Path.Combine(folder, "lists/-/%52ock%20%50op.csv")).ElementAt(1).Split(',')[0];
        Invocation.Good("forget", gone, "--store", _folder["runs"]);
        Assert.DoesNotContain(gone, File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(folder, "lists/-")))), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "lists/-/%52ock%20%50op.csv")));
        Invocation.Good("verify", _folder["runs"]);

        Renamed("\"sizes\":", "\"file\":\"lists/../../x.csv\",\"sizes\":");
        var error = Assert.Throws<KindredException>(() => RunVersion.Read(store, 1));
        Assert.Equal(ErrorKind.Corrupt, error.Kind);
        Assert.Contains("'lists/../../x.csv'", error.Message, StringComparison.Ordinal);

        void Renamed(string from, string to)
        {
            var (file, content) = (Path.Combine(folder, "lists.json"), RunVersion.ReadManifest(store, 1).Content);
            Assert.Contains(from, File.ReadAllText(file), StringComparison.Ordinal);
            var text = File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal);
            File.Delete(file);
            File.WriteAllText(file, text);
            FolderManifest.Describe(folder, RunVersion.Format, 1, content).Write(folder);
        }
    }

    [Fact]
    public void Ids_are_safe_for_spreadsheets_only_if_asked_and_are_found_again()
    {
        var population = Formulas();
        var seeds = _folder.Text("formulas.csv", "seed_list_id,user_id\n" + string.Concat(world.People.Where(person => person.Active).Take(30).Select(person => $"@list,={person.Id}\n")));
        string[] expand = ["expand", "--population", population, "--seeds", seeds, "--epochs", "1", "--size", "20"];
        Invocation.Good([.. expand, "--out", _folder["exact"]]);
        Invocation.Good([.. expand, "--out", _folder["safe"], "--spreadsheet-safe"]);
        var exact = File.ReadAllLines(_folder["exact/list.csv"]);
        Assert.Equal(exact.Select(line => line.StartsWith('=') ? "'" + line : line), File.ReadAllLines(_folder["safe/list.csv"]));
        Assert.StartsWith("=", exact[1], StringComparison.Ordinal);
        Assert.StartsWith("seed_list_id,user_id,score,rank\n'@list,'=u", Invocation.Good([.. expand, "--out", "-", "--spreadsheet-safe"]).Output, StringComparison.Ordinal);
        Invocation.Good("verify", _folder["safe"]);

        // Both files exclude the same users, and a deletion finds them in both.
        Invocation.Good([.. expand, "--exclude", _folder["exact/list.csv"], "--out", _folder["next"]]);
        Invocation.Good([.. expand, "--exclude", _folder["safe/list.csv"], "--out", _folder["same"]]);
        FolderContents.AssertSame(_folder["next"], _folder["same"]);
        var gone = exact[3].Split(',')[0];
        Invocation.Good("forget", gone, "--store", world.Days.Copy(world.Days.FirstDay), "--also", _folder["safe"]);
        Assert.DoesNotContain(gone + ",", File.ReadAllText(_folder["safe/list.csv"]), StringComparison.Ordinal);
        Invocation.Good("verify", _folder["safe"]);
        Assert.Contains("--spreadsheet-safe", Failed([.. expand, "--out", _folder["no"], "--spreadsheet-safe", "--format", "parquet"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_daily_run_publishes_lists_for_spreadsheets_if_its_settings_say_so()
    {
        var population = Formulas();
        var seeds = _folder.Text("formulas.csv", "seed_list_id,user_id\n" + string.Concat(world.People.Where(person => person.Active).Take(30).Select(person => $"a,={person.Id}\n")));
        var settings = _folder.Text("run.yaml", $"population: {population}\nseeds: {seeds}\nstore: runs\nsizes: [40]\npublish_lists: csv\nsample_users: 1000\ntraining: {{ epochs: 1 }}\n");
        Invocation.Good("run", settings, "--quiet");
        var exact = File.ReadAllLines(_folder["runs/versions/000001/lists/-/a.csv"]);
        File.AppendAllText(settings, "publish_spreadsheet_safe: true\n");
        Invocation.Good("run", settings, "--quiet");
        Assert.Equal(exact.Select(line => line.StartsWith('=') ? "'" + line : line), File.ReadAllLines(_folder["runs/versions/000002/lists/-/a.csv"]));
        Assert.StartsWith("=", exact[1], StringComparison.Ordinal);
        var gone = exact[1].Split(',')[0];
        Invocation.Good("forget", gone, "--store", _folder["runs"]);
        Assert.DoesNotContain(gone + ",", File.ReadAllText(_folder["runs/versions/000002/lists/-/a.csv"]), StringComparison.Ordinal);
        Invocation.Good("verify", _folder["runs"]);
    }

    private static string Failed(params string[] arguments)
    {
        var run = Invocation.Of(arguments);
        Assert.Equal(ExitCode.Usage, run.Code);
        return run.Error;
    }

    private bool Named(Invocation run) => world.People.Any(person => (run.Output + run.Error).Contains(person.Id, StringComparison.Ordinal));

    private string Seeds(params string[] ids) => _folder.Text("seeds.csv", "seed_list_id,user_id\n"
        + string.Concat(ids.SelectMany(id => world.People.Where(person => person.Active).Take(30).Select(person => $"\"{id}\",{person.Id}\n"))));

    // The small world, with an equals sign before every user's id.
    private string Formulas()
    {
        var users = _folder.Text("users.csv", Prefixed(world.Users));
        var interactions = _folder.Text("interactions.csv", Prefixed(world.Interactions));
        Invocation.Good("embed", "--interactions", interactions, "--users", users, "--dimension", "16", "--iterations", "2", "--out", _folder["formulas"]);
        return _folder["formulas"];
    }

    // Deletions change it.
    private string OwnPopulation()
    {
        DailyWorld.CopyFolder(world.Population, _folder["population"]);
        return _folder["population"];
    }

    private static string Prefixed(string file) =>
        string.Concat(File.ReadLines(file).Select((line, i) => (i == 0 ? line : "=" + line) + "\n"));
}
