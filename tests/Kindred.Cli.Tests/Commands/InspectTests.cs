using System.Globalization;
using System.Text.Json.Nodes;

namespace Kindred.Cli.Tests.Commands;

/// <summary><c>kindred inspect</c>, from the seed file to the page.</summary>
public sealed class InspectTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lists_of_similar_users_are_good_and_random_or_tiny_lists_are_not()
    {
        var seeds = Seeds();
        var json = Invocation.Good("inspect", "--population", world.Population, "--seeds", seeds, "--output", "json").Json;
        var verdicts = json["lists"]!.AsArray().ToDictionary(list => (string)list!["seed_list_id"]!, list => (string)list!["verdict"]!);
        Assert.Equal("too_mixed", verdicts["random"]);
        Assert.Equal("too_few_to_judge", verdicts["few"]);
        var large = world.SeedsOf.Where(list => list.Value.Count >= 150).ToArray();
        Assert.NotEmpty(large);
        Assert.All(large, list => Assert.Equal("fine", verdicts[list.Key]));

        var text = Invocation.Good("inspect", "--population", world.Population, "--seeds", seeds).Output;
        Assert.Matches(@"(?m)^random +600 +600 +too mixed ", text);
        Assert.Matches(@"(?m)^few +12 +12 +too few to judge +– +– ", text);
    }

    [Fact]
    public void Items_topics_and_countries_set_lists_apart_with_shares_from_the_files()
    {
        // A list of users of one country who all have the same item.
        var fans = Csv.Read(world.Interactions).GroupBy(row => row["item_id"], row => row["user_id"], StringComparer.Ordinal)
            .Select(item => (Item: item.Key, Users: item.Distinct().ToArray())).OrderByDescending(item => item.Users.Length).First();
        var german = world.People.Where(person => person.Country == "DE").Select(person => person.Id).ToHashSet();
        var seeds = _folder.Text("seeds.csv", "seed_list_id,user_id\n" + string.Concat(fans.Users.Where(german.Contains).Select(user => $"fans,{user}\n")));
        var items = _folder.Text("items.csv", $"item_id,name,topic\n{fans.Item},Hit,music\n");
        var json = Invocation.Good("inspect", "--population", world.Population, "--seeds", seeds, "--items", items, "--output", "json").Json;
        var features = json["lists"]![0]!["features"]!.AsArray().ToDictionary(feature => (string)feature!["kind"]! + " " + (string)feature["name"]!, feature => feature!);
        foreach (var name in new[] { "item Hit", "topic music" })
        {
            Assert.Equal(1, (double)features[name]["share"]!, 0.011);
            var active = world.People.Where(person => person.Active).Select(person => person.Id).ToHashSet();
            Assert.Equal((double)fans.Users.Count(active.Contains) / active.Count, (double)features[name]["other_share"]!, 0.01);
        }

        Assert.Equal(1, (double)features["attribute country = DE"]["share"]!, 0.011);
    }

    [Fact]
    public void Outliers_are_written_only_on_request_and_belong_to_the_list()
    {
        var seeds = Seeds();
        Invocation.Good("inspect", "--population", world.Population, "--seeds", seeds, "--out", _folder["plain"]);
        Assert.Equal(["figures.json", "manifest.json", "report.html"], FolderContents.Of(_folder["plain"]).Keys);
        Assert.DoesNotContain(world.People[0].Id[..4], File.ReadAllText(Path.Combine(_folder["plain"], "figures.json")), StringComparison.Ordinal);
        Assert.DoesNotContain(world.People[0].Id[..4], File.ReadAllText(Path.Combine(_folder["plain"], "report.html")), StringComparison.Ordinal);

        Invocation.Good("inspect", "--population", world.Population, "--seeds", seeds, "--list-outliers", "--out", _folder["asked"]);
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder["asked"], "figures.json")))!;
        var outliers = Csv.Read(Path.Combine(_folder["asked"], "outliers.csv")).ToLookup(row => row["seed_list_id"], row => row["user_id"]);
        var given = Csv.Read(seeds).ToLookup(row => row["seed_list_id"], row => row["user_id"]);
        Assert.NotEmpty(outliers["random"]);
        Assert.All(json["lists"]!.AsArray(), list =>
        {
            var id = (string)list!["seed_list_id"]!;
            var far = outliers[id].Count() / (double)(int)list["matched"]!;
            if ((double?)list["far"] is { } shown) Assert.Equal(far, shown, 0.0051);
            else Assert.InRange(outliers[id].Count(), 0, 20);
            Assert.Subset(given[id].ToHashSet(), outliers[id].ToHashSet());
        });
    }

    [Fact]
    public void The_page_has_every_list_and_on_request_its_reach_curve()
    {
        Invocation.Good("inspect", "--population", world.Population, "--seeds", Seeds(), "--reach", "--method", "foldin", "--out", _folder["page"]);
        var page = File.ReadAllText(Path.Combine(_folder["page"], "report.html"));
        Assert.All(world.SeedsOf.Keys.Append("random").Append("few"), list => Assert.Contains($"<h2>{list}</h2>", page, StringComparison.Ordinal));
        Assert.Contains("Too mixed.", page, StringComparison.Ordinal);
        Assert.Contains("Too few to judge. It has 12 users", page, StringComparison.Ordinal);
        Assert.Contains("What to expect of advertiser-06", page, StringComparison.Ordinal);
        Assert.DoesNotContain("What to expect of few", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_output_is_the_same_text_with_any_threads_and_shards()
    {
        string Inspect(string population, string threads) => Invocation.Good(
            "inspect", "--population", population, "--seeds", world.Seeds, "--reach", "--method", "linear", "--threads", threads, "--output", "json").Output;
        string Embed(string shards)
        {
            Invocation.Good("embed", "--interactions", world.Interactions, "--users", world.Users, "--dimension", "16", "--iterations", "2", "--shards", shards, "--out", _folder[shards]);
            return _folder[shards];
        }

        // A population's version hashes its files, which depend on the number of shards.
        static string WithoutVersion(string text) => string.Join('\n', text.Split('\n').Where(line => !line.Contains("population_version", StringComparison.Ordinal)));
        var (one, five) = (Embed("1"), Embed("5"));
        var expected = Inspect(one, "1");
        Assert.Equal(expected, Inspect(one, "3"));
        Assert.Equal(WithoutVersion(expected), WithoutVersion(Inspect(five, "2")));
    }

    // The world's lists, a list of random users, and a list of few users.
    private string Seeds()
    {
        var random = world.People.Where((_, i) => i * 0.15 % 1 < 0.15 - 1e-9).Take(600).Select(person => $"random,{person.Id}\n");
        return _folder.Text("seeds.csv", "seed_list_id,user_id\n" + string.Concat(world.SeedsOf.SelectMany(list => list.Value.Select(user => $"{list.Key},{user}\n")))
            + string.Concat(random) + string.Concat(world.People.Take(12).Select(person => string.Create(CultureInfo.InvariantCulture, $"few,{person.Id}\n"))));
    }
}
