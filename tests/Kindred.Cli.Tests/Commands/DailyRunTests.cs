using System.Text.Json.Nodes;

namespace Kindred.Cli.Tests.Commands;

/// <summary>The daily run as its users type it.</summary>
public sealed class DailyRunTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_generated_world_runs_as_it_is_and_a_second_time_has_nothing_to_do()
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
    public void Versions_are_listed_shown_compared_looked_into_and_rolled_back()
    {
        var (settings, store) = Prepare("sizes: [3%, 100]\nlists:\n  advertiser-01: { owner: acme, countries: [DE], publish_lists: csv }");
        var first = Json("run", settings, "--output", "json");
        Assert.Equal((1, true, 6, 12), ((int)first["version"]!, (bool)first["new"]!, (int)first["trained"]!, (int)first["audiences"]!));

        // Without some seeds of one list.
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

        var member = File.ReadLines(Path.Combine(store, "versions", "000002", "lists", "acme", "advertiser-01@DE.csv")).Skip(1).First().Split(',')[0];
        var audiences = Json("lookup", member, "stranger", "--store", store, "--output", "json")["users"]!.AsArray();
        Assert.Contains(audiences[0]!["audiences"]!.AsArray(), audience => (string?)audience!["list"] == "advertiser-01" && (string?)audience["size"] == "100");
        Assert.False((bool)audiences[1]!["known"]!);
        Assert.Equal("Version 000001 is published instead of 000002.\n", Invocation.Good("rollback", "1", "--store", store).Output);
        Assert.Equal(1, (int)Json("lookup", member, "--store", store, "--output", "json")["version"]!);
    }

    [Fact]
    public void A_forgotten_user_is_gone_from_versions_and_the_population()
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
    [InlineData("rollback", "latest", "'latest' is no version")]
    [InlineData("lookup", "u1", "holds no versions of a daily run")]
    [InlineData("forget", "--store", "Nobody is named")]
    [InlineData("worker", "--stage", "--plan")]
    public void What_cannot_be_done_is_said_with_the_next_step(string command, string argument, string expected)
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
