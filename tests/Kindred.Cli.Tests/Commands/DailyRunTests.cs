using System.Text.Json.Nodes;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.Commands;

/// <summary>The daily run, through its commands.</summary>
public sealed class DailyRunTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_generated_world_runs_unchanged_and_a_second_run_has_nothing_to_do()
    {
        Invocation.Good("generate", "--users", "3000", "--seed-lists", "3", "--format", "csv", "--out", _folder["world"]);
        var settings = Path.Combine(_folder["world"], "run.yaml");
        Assert.StartsWith("Version 000001: ", Invocation.Good("run", settings).Output, StringComparison.Ordinal);
        Assert.StartsWith("Nothing has changed: version 000001", Invocation.Good("run", settings).Output, StringComparison.Ordinal);
        var store = Path.Combine(_folder["world"], "runs");
        Assert.Contains("000001", Invocation.Good("runs", "--store", store).Output, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(store, "versions", "000001", "lists", "acme")));
        var record = JsonNode.Parse(File.ReadLines(Path.Combine(store, "exports.jsonl")).First())!;
        Assert.Equal(("advertiser-01", "acme", 1), ((string?)record["list"], (string?)record["owner"], (int)record["version"]!));
        Assert.Equal(File.ReadLines(Path.Combine(store, "versions", "000001", (string)record["file"]!)).Count() - 1, (int)record["users"]!);
    }

    [Fact]
    public void Versions_can_be_listed_shown_compared_searched_and_rolled_back()
    {
        var (settings, store) = Prepare("sizes: [3%, 100]\nlists:\n  advertiser-01: { owner: acme, countries: [DE], publish_lists: csv }");
        var first = Json("run", settings, "--output", "json");
        Assert.Equal((1, true, 6, 12), ((int)first["version"]!, (bool)first["new"]!, (int)first["trained"]!, (int)first["audiences"]!));

        // Removes some seeds of one list.
        var rows = File.ReadAllLines(world.Seeds);
        File.WriteAllLines(_folder["seeds.csv"], rows.Where((row, i) => i % 4 != 0 || !row.StartsWith("advertiser-02,", StringComparison.Ordinal)));
        var second = Json("run", settings, "--output", "json");
        Assert.Equal((2, 1, 1), ((int)second["version"]!, (int)second["trained"]!, (int)second["warm_started"]!));

        Assert.Equal(2, (int)Json("runs", "--store", store, "--output", "json")["current"]!);
        var shown = Json("runs", "show", "1", "--store", store, "--owner", "acme", "--output", "json")["lists"]!.AsArray();
        Assert.Equal("advertiser-01", (string?)Assert.Single(shown)!["list"]);
        var difference = Json("diff", "1", "2", "--store", store, "--output", "json");
        Assert.All(difference["audiences"]!.AsArray(), audience =>
        {
            if ((string?)audience!["list"] != "advertiser-02") Assert.Equal((0, 0), ((int)audience["gained"]!, (int)audience["lost"]!));
        });
        Assert.Contains(difference["audiences"]!.AsArray(), audience => (int)audience!["lost"]! > 0);

        AssertPage(store, difference);

        var member = File.ReadLines(Path.Combine(store, "versions", "000002", "lists", "acme", "advertiser-01@DE.csv")).Skip(1).First().Split(',')[0];
        var audiences = Json("lookup", member, "stranger", "--store", store, "--output", "json")["users"]!.AsArray();
        Assert.Contains(audiences[0]!["audiences"]!.AsArray(), audience => (string?)audience!["list"] == "advertiser-01" && (string?)audience["size"] == "100");
        Assert.False((bool)audiences[1]!["known"]!);
        Assert.Equal($"Version 000001 is published instead of 000002, and held: no run publishes another one until `kindred rollback --lift --store {store}`.\n", Invocation.Good("rollback", "1", "--store", store).Output);
        Assert.Equal(1, (int)Json("lookup", member, "--store", store, "--output", "json")["version"]!);
    }

    private void AssertPage(string store, JsonNode difference)
    {
        string[] show = ["runs", "show", "2", "--store", store];
        var run = Invocation.Good([.. show, "--out", _folder["page"]]);
        Assert.Contains("Open " + Path.Combine(_folder["page"], "report.html"), run.Output, StringComparison.Ordinal);
        Invocation.Good([.. show, "--out", _folder["again"], "--output", "json"]);
        Invocation.Good("verify", _folder["page"]);
        Assert.Equal(FolderContents.Of(_folder["page"]), FolderContents.Of(_folder["again"]));
        var figures = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder["page"], "figures.json")))!.AsObject();
        Assert.Equal(difference.ToJsonString(), figures["change"]!.ToJsonString());
        var page = File.ReadAllText(Path.Combine(_folder["page"], "report.html"));
        var ids = world.People.Select(person => person.Id).ToHashSet();
        var version = File.ReadAllText(Path.Combine(store, "versions", "000002", "lists.json"));
        Assert.Contains(IdsOf(version), ids.Contains);
        Assert.DoesNotContain(IdsOf(page + figures.ToJsonString()), ids.Contains);
        Assert.Equal(2, Invocation.Of([.. show, "--replace"]).Code);

        static IEnumerable<string> IdsOf(string text) =>
            System.Text.RegularExpressions.Regex.Matches(text, @"u\d{7}").Select(match => match.Value);
    }

    [Fact]
    public void A_broken_export_does_not_replace_the_published_version()
    {
        var (settings, store) = Prepare("sizes: [100]");
        Invocation.Good("run", settings);
        var rows = File.ReadAllLines(world.Seeds);

        // At most half of the six lists may be lost; paused lists do not count.
        Keep("advertiser-01", "advertiser-02", "advertiser-03");
        var half = Json("run", settings, "--output", "json");
        Assert.Equal((2, 3), ((int)half["version"]!, (int)half["audiences"]!));
        Keep("advertiser-01");
        AssertRefused("in place of 3 audiences of version 000002, which stays published, there would be 1. Without: 'advertiser-02' (it is not in the files of seed lists), 'advertiser-03' (");

        // All ids in upper case, which the population does not use.
        File.WriteAllLines(_folder["seeds.csv"], rows.Select((row, i) => i == 0 ? row : row.ToUpperInvariant().Replace("ADVERTISER", "advertiser", StringComparison.Ordinal)));
        AssertRefused("in place of 3 audiences of version 000002, which stays published, there would be 0. Without: 'advertiser-01' (");
        Assert.Contains("\"refused\":\"Nothing was published", File.ReadLines(Path.Combine(store, "log.jsonl")).Last(), StringComparison.Ordinal);

        var gone = Json("run", settings, "--accept-losses", "--allow-missing", "--output", "json");
        Assert.Equal((3, 0, 0), ((int)gone["version"]!, (int)gone["audiences"]!, (int)gone["trained"]!));

        void Keep(params string[] lists) => File.WriteAllLines(_folder["seeds.csv"], rows.Where((row, i) => i == 0 || lists.Contains(row.Split(',')[0])));

        void AssertRefused(string message)
        {
            var run = Invocation.Of("run", settings);
            Assert.Equal(ExitCode.BadInput, run.Code);
            Assert.Contains("Nothing was published: " + message, run.Error, StringComparison.Ordinal);
            Assert.Equal(2, (int)Json("runs", "--store", store, "--output", "json")["current"]!);
        }
    }

    [Fact]
    public void A_failure_of_one_settings_file_does_not_stop_the_others()
    {
        var (settings, _) = Prepare("sizes: [100]");
        var bad = _folder.Text("bad.yaml", $"population: population\nseeds: {world.Users}\nstore: bad\nminimum_seeds: 100000\n");
        var run = Invocation.Of("run", bad, _folder.Text("none.yaml", "population: none\nseeds: seeds.csv\n"), settings);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("Nothing was published", run.Error, StringComparison.Ordinal);
        Assert.Contains("none", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("Version 000001: 6 audiences", run.Output, StringComparison.Ordinal);
        Assert.Contains("--accept-losses has no effect here: --plan-only publishes nothing.", Invocation.Of("run", settings, "--plan-only", "--accept-losses").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Paused_lists_do_not_count_as_losses()
    {
        var (settings, _) = Prepare("sizes: [100]");
        Invocation.Good("run", settings);
        File.AppendAllText(settings, "schedule: paused\nlists: { advertiser-01: { schedule: daily, sizes: [50] } }\n");
        Assert.Equal((2, 1), ((int)Json("run", settings, "--output", "json")["version"]!, (int)Json("runs", "show", "2", "--store", _folder["runs"], "--output", "json")["lists"]!.AsArray().Count));
    }

    [Fact]
    public void Renamed_lists_and_unrequested_countries_are_no_losses_but_missing_countries_are()
    {
        var (settings, store) = Prepare("sizes: [20]\ncountries: [DE, HU, RO]\nminimum_seeds: 5\nminimum_audience: 5");
        Assert.Equal((1, 18), Published());
        File.WriteAllText(_folder["seeds.csv"], File.ReadAllText(world.Seeds).Replace("advertiser-", "campaign-", StringComparison.Ordinal));
        Assert.Equal((2, 18), Published());
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("[DE, HU, RO]", "[DE]", StringComparison.Ordinal));
        Assert.Equal((3, 6), Published());
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("[DE]", "[DE, HU, RO]", StringComparison.Ordinal));
        Assert.Equal((4, 18), Published());

        // Users of two of the three countries now have no country.
        var users = _folder.Text("users.csv", "user_id,country\n" + string.Concat(world.People.Select(person => $"{person.Id},{(person.Country == "DE" ? "DE" : "")}\n")));
        Invocation.Good("embed", "--interactions", world.Interactions, "--users", users, "--dimension", "16", "--iterations", "1", "--out", _folder["population"], "--replace", "--quiet");
        var run = Invocation.Of("run", settings);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("in place of 18 audiences of version 000004, which stays published, there would be 6. Without: 'campaign-01' in HU (", run.Error, StringComparison.Ordinal);
        Assert.Equal(4, (int)Json("runs", "--store", store, "--output", "json")["current"]!);

        (int, int) Published() => Json("run", settings, "--output", "json") is var json ? ((int)json["version"]!, (int)json["audiences"]!) : default;
    }

    [Fact]
    public void A_list_with_broken_seeds_or_exclusions_is_refused_whether_due_or_not()
    {
        _folder.Text("gone.csv", "user_id\n" + string.Concat(world.People.Where((_, i) => i % 9 == 0).Select(person => person.Id + "\n")));
        var (settings, _) = Prepare("sizes: [100]\nschedule: mon\nlists: { advertiser-01: { exclude: gone.csv } }");
        Assert.Equal(6, (int)Json("run", settings, "--date", "2026-08-03", "--output", "json")["audiences"]!);
        Assert.Equal(0, (int)Json("run", settings, "--date", "2026-08-04", "--output", "json")["trained"]!);
        _folder.Text("gone.csv", "user_id\n" + string.Concat(world.People.Where((_, i) => i % 9 == 0).Select(person => $"CRM-{person.Id}\n")));
        var rows = File.ReadAllLines(world.Seeds);
        File.WriteAllLines(_folder["seeds.csv"], rows.Select(row => row.StartsWith("advertiser-02,", StringComparison.Ordinal) ? row.ToUpperInvariant().Replace("ADVERTISER", "advertiser", StringComparison.Ordinal) : row));
        var json = Json("run", settings, "--date", "2026-08-04", "--allow-missing", "--output", "json");
        Assert.Equal(["advertiser-01", "advertiser-02"], json["rejected"]!.AsArray().Select(rejected => (string)rejected!["list"]!));
        Assert.Equal(4, (int)json["audiences"]!);
    }

    [Fact]
    public void A_first_version_without_audiences_is_not_published()
    {
        var (settings, store) = Prepare("minimum_seeds: 100000");
        var run = Invocation.Of("run", settings);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("Nothing was published: none of the 6 requested audiences would exist. Without: 'advertiser-01' (", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(store, "CURRENT")));
    }

    [Fact]
    public void A_list_with_only_unknown_exclusions_has_no_audience_unless_the_settings_allow_it()
    {
        _folder.Text("strangers.csv", "user_id\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"someone-{i}\n")));
        _folder.Text("few.csv", "user_id\nsomeone\n");
        var (settings, _) = Prepare("sizes: [100]\nlists: { advertiser-01: { exclude: strangers.csv }, advertiser-02: { exclude: few.csv } }");
        var run = Invocation.Of("run", settings, "--output", "json");
        Assert.Equal(ExitCode.MissingAudience, run.Code);
        var json = run.Json;
        Assert.Equal((5, 1, "advertiser-01"), ((int)json["audiences"]!, (int)json["missing"]!, (string?)Assert.Single(json["rejected"]!.AsArray())!["list"]));
        Assert.Contains("none of the 30 users to exclude is in the population", (string?)json["rejected"]![0]!["reason"], StringComparison.Ordinal);
        File.AppendAllText(settings, "exclusions_must_match: false\n");
        Assert.Equal(6, (int)Json("run", settings, "--output", "json")["audiences"]!);
    }

    [Fact]
    public void Forgetting_unknown_users_is_noted()
    {
        var (settings, store) = Prepare("sizes: [100]\ncolumns: { user_id: uid, seed_list_id: seed_list_id }");
        File.WriteAllText(_folder["seeds.csv"], File.ReadAllText(world.Seeds).Replace("user_id", "uid", StringComparison.Ordinal));
        Invocation.Good("run", settings);
        Assert.Contains("None of the users was found in ", Invocation.Good("forget", "--users", _folder.Text("gone.csv", "uid\nU0000017\n"), "--settings", settings).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("None of the users was found in ", Invocation.Good("forget", "u0000018", "u0000099x", "--settings", settings).Output, StringComparison.Ordinal);
        Assert.Contains("runs", store, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forgotten_user_is_removed_from_versions_and_the_population()
    {
        var (settings, store) = Prepare("sizes: [100]\npublish_lists: csv");
        Invocation.Good("run", settings);
        var list = Path.Combine(store, "versions", "000001", "lists", "-", "advertiser-01.csv");
        var user = File.ReadLines(list).Skip(3).First().Split(',')[0];
        var outcome = Json("forget", user, "--settings", settings, "--output", "json");
        Assert.Equal((1, 1, 1), ((int)outcome["forgotten_in_all"]!, outcome["versions"]!.AsArray().Count, outcome["folders"]!.AsArray().Count));
        Assert.DoesNotContain(user, File.ReadAllText(list), StringComparison.Ordinal);
        Assert.Contains("is not known", Invocation.Good("lookup", user, "--store", store).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(user, File.ReadAllText(Path.Combine(store, "forgotten.jsonl")), StringComparison.Ordinal);
        Invocation.Good("run", settings);
        Assert.Contains("is not known", Invocation.Good("lookup", user, "--store", store).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "nothing.yaml", "cannot be read")]
    [InlineData("runs", "--store", "holds no versions of a daily run")]
    [InlineData("rollback", "latest", "'latest' is not a version number")]
    [InlineData("lookup", "u1", "holds no versions of a daily run")]
    [InlineData("forget", "--store", "No user is named")]
    [InlineData("worker", "--stage", "--plan")]
    public void Errors_name_the_problem_and_the_next_step(string command, string argument, string expected)
    {
        string[] arguments = command switch
        {
            "run" => ["run", _folder[argument]],
            "runs" => ["runs", "--store", _folder.Path],
            "rollback" => ["rollback", argument, "--store", Prepare("sizes: [100]", run: true).Store],
            "lookup" => ["lookup", argument, "--store", _folder.Path],
            "forget" => ["forget", "--store", _folder["runs"]],
            _ => ["worker", "--stage", "train"],
        };
        var failed = Invocation.Of(arguments);
        Assert.True(failed.Code is 2 or 42, failed.Code.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains(expected, failed.Error, StringComparison.Ordinal);
    }

    private (string Settings, string Store) Prepare(string lines, bool run = false)
    {
        CopyFolder(world.Population, _folder["population"]);
        File.Copy(world.Seeds, _folder["seeds.csv"]);
        var settings = _folder.Text("run.yaml", $"population: population\nseeds: seeds.csv\n{lines}\n");
        if (run) Invocation.Good("run", settings);
        return (settings, _folder["runs"]);
    }

    private static JsonNode Json(params string[] arguments) => JsonNode.Parse(Invocation.Good(arguments).Output)!;

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
