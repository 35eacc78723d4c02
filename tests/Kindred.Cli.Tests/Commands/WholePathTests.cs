using System.Text.Json.Nodes;

namespace Kindred.Cli.Tests.Commands;

/// <summary>The whole path from a world to audiences and figures, as people and programs call it.</summary>
public sealed class WholePathTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_command_writes_the_next_ones_input_and_reports_it_in_JSON()
    {
        string In(string name) => _folder[name];
        var generated = Invocation.Good("generate", "--users", "2000", "--seed-lists", "3", "--min-seeds", "40", "--out", In("world"), "--output", "json").Json;
        AssertKeys(generated, "world", "users", "items", "interactions", "seed_lists", "seeds");
        Assert.Equal((2000, 3), ((int)generated["users"]!, (int)generated["seed_lists"]!));
        AssertFiles(In("world"), "interactions.csv.gz", "manifest.json", "run.yaml", "seeds.csv.gz", "truth.csv.gz", "users.csv.gz");

        var embedded = Invocation.Good("embed", "--interactions", In("world/interactions.csv.gz"), "--users", In("world/users.csv.gz"), "--dimension", "16", "--out", In("population"), "--output", "json").Json;
        AssertKeys(embedded, "population", "version", "users", "active_users", "users_without_interactions", "items", "pairs", "dimension");
        Assert.Equal((2000, 32), ((int)embedded["users"]!, (int)embedded["dimension"]!));
        Assert.Equal((int)generated["interactions"]!, (int)embedded["pairs"]!);

        var trained = Invocation.Good("train", "--population", In("population"), "--seeds", In("world/seeds.csv.gz"), "--out", In("models"), "--output", "json").Json;
        AssertKeys(trained, "models", "version", "method", "population_version", "lists");
        Assert.Equal((string)embedded["version"]!, (string)trained["population_version"]!);
        AssertFiles(In("models"), "manifest.json", "models.safetensors", "seeds.parquet");

        var expanded = Invocation.Good("expand", "--population", In("population"), "--models", In("models"), "--size", "2%", "--out", In("audiences"), "--output", "json").Json;
        AssertKeys(expanded, "audiences", "lists");
        AssertFiles(In("audiences"), "advertiser-01.csv", "advertiser-02.csv", "advertiser-03.csv", "manifest.json");
        var manifest = AudienceFiles.Manifest(In("audiences"));
        Assert.Equal((string)trained["version"]!, (string)manifest["modelsVersion"]!);
        Assert.Equal((string)embedded["version"]!, (string)manifest["populationVersion"]!);
        var users = (int)Math.Round(0.02 * (int)embedded["active_users"]!, MidpointRounding.AwayFromZero);
        Assert.All(AudienceFiles.Read(In("audiences")).Values, rows => Assert.Equal(users, rows.Count));
    }

    [Fact]
    public void Evaluate_prints_only_the_documented_object_on_standard_output()
    {
        var run = Invocation.Good("evaluate", "--population", world.Population, "--seeds", world.Seeds, "--output", "json");
        var json = run.Json;
        AssertKeys(json, "method", "k", "average_recall", "average_recall_se", "average_precision", "lists", "baselines");
        Assert.Equal("mlp", (string)json["method"]!);
        Assert.Equal([0.01, 0.02, 0.05, 0.1], Numbers(json["k"]!));
        var lists = json["lists"]!.AsArray();
        Assert.Equal(world.SeedsOf.Keys.Order(StringComparer.Ordinal), lists.Select(list => (string)list!["seed_list_id"]!));
        Assert.All(lists, list =>
        {
            AssertKeys(list!.AsObject(), "seed_list_id", "users", "average_recall", "recall", "precision");
            Assert.Equal(world.SeedsOf[(string)list["seed_list_id"]!].Count, (int)list["users"]!);
            var recall = Numbers(list["recall"]!);
            Assert.Equal(4, recall.Length);
            Assert.Equal(recall.Order(), recall);
            Assert.Equal(recall.Average(), (double)list["average_recall"]!, 12);
            Assert.All([.. recall, .. Numbers(list["precision"]!)], figure => Assert.InRange(figure, 0, 1));
        });

        // The overall figures follow from the figures of the lists.
        var recalls = lists.Select(list => (double)list!["average_recall"]!).ToArray();
        Assert.Equal(recalls.Average(), (double)json["average_recall"]!, 12);
        Assert.Equal(lists.Average(list => Numbers(list!["precision"]!).Average()), (double)json["average_precision"]!, 12);
        var variance = recalls.Sum(recall => Math.Pow(recall - recalls.Average(), 2)) / (recalls.Length - 1);
        Assert.Equal(Math.Sqrt(variance / recalls.Length), (double)json["average_recall_se"]!, 12);

        Assert.Equal(["activity", "random"], json["baselines"]!.AsArray().Select(baseline => (string)baseline!["method"]!));
        Assert.All(json["baselines"]!.AsArray(), baseline => Assert.True((double)baseline!["average_recall"]! < recalls.Average()));
        Assert.Contains("6 seed lists of 1,891 seeds", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_hold_out_is_held_out_exactly()
    {
        var held = world.SeedsOf.SelectMany(list => list.Value.Order(StringComparer.Ordinal).Take(7).Select(user => $"{list.Key},{user}\n"));
        var file = _folder.Text("holdout.csv", "seed_list_id,user_id\n" + string.Concat(held));
        var json = Invocation.Good("evaluate", "--population", world.Population, "--seeds", world.Seeds, "--holdout", file, "--output", "json").Json;
        Assert.All(json["lists"]!.AsArray(), list =>
        {
            var seeds = world.SeedsOf[(string)list!["seed_list_id"]!].Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(seeds.Length - 7, (int)list["training"]!);
            var active = world.People.Where(person => person.Active).Select(person => person.Id).ToHashSet();
            Assert.Equal(seeds.Take(7).Count(active.Contains), (int)list["held_out"]!);
        });
    }

    [Theory]
    [InlineData("random", "--repeats", "3")]
    [InlineData("activity", "--repeats", "1")]
    public void Baselines_requested_by_name_equal_themselves(string method, params string[] options)
    {
        var json = Invocation.Good(["evaluate", "--population", world.Population, "--seeds", world.Seeds, "--method", method, "--output", "json", .. options]).Json;
        var same = json["baselines"]!.AsArray().Single(baseline => (string)baseline!["method"]! == method)!;
        Assert.Equal((double)same["average_recall"]!, (double)json["average_recall"]!);
        Assert.Equal(0, (double)same["method_ahead"]!);
        Assert.Equal(int.Parse(options[1], System.Globalization.CultureInfo.InvariantCulture), (int)json["repeats"]!);
    }

    [Theory]
    [InlineData("lsh")]
    [InlineData("centroid")]
    [InlineData("nearest")]
    [InlineData("blend")]
    public void Similarity_methods_beat_chance_on_a_world_of_topics(string method)
    {
        var json = Invocation.Good("evaluate", "--population", world.Population, "--seeds", world.Seeds, "--method", method, "--output", "json").Json;
        Assert.Equal(method, (string)json["method"]!);
        var chance = json["baselines"]!.AsArray().Single(baseline => (string)baseline!["method"]! == "random")!;
        Assert.True((double)json["average_recall"]! > 2 * (double)chance["average_recall"]!, json.ToJsonString());
    }

    [Theory]
    [InlineData("lsh")]
    [InlineData("nearest")]
    public void Stored_similarity_models_select_audiences(string method)
    {
        using var folder = new TemporaryFolder();
        Invocation.Good("train", "--population", world.Population, "--seeds", world.Seeds, "--method", method, "--out", folder["models"]);
        Invocation.Good("expand", "--population", world.Population, "--models", folder["models"], "--size", "50", "--out", folder["audiences"]);
        Assert.Equal(6, Directory.GetFiles(folder["audiences"], "*.csv").Count(file => Csv.Read(file).Count() == 50));
    }

    [Fact]
    public void Notes_go_to_standard_error_and_quiet_suppresses_them()
    {
        string[] command = ["evaluate", "--population", world.Population, "--seeds", world.Seeds, "--method", "random"];
        var noted = Invocation.Good(command);
        var quiet = Invocation.Good([.. command, "--quiet"]);
        Assert.Equal("", quiet.Error);
        Assert.Equal(noted.Output, quiet.Output);
        Assert.Contains("in the population", noted.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("in the population", noted.Output, StringComparison.Ordinal);
        Assert.Contains("recall@1%", noted.Output, StringComparison.Ordinal);

        var expanded = Invocation.Good("expand", "--population", world.Population, "--models", world.Models, "--size", "10", "--out", _folder["quiet"], "-q", "--output", "json");
        Assert.Equal("", expanded.Error);
        Assert.Equal(6, expanded.Json["lists"]!.AsArray().Count);
    }

    [Fact]
    public void The_demo_writes_population_models_audiences_and_a_page_and_replaces_its_own_output_if_asked()
    {
        string[] command = ["demo", "--users", "3000", "--seed-lists", "4", "--out", _folder["demo"], "--output", "json"];
        var run = Invocation.Good(command);
        AssertKeys(run.Json, "method", "k", "average_recall", "average_recall_se", "average_precision", "lists");
        AssertFiles(_folder["demo"], "audiences", "manifest.json", "models", "population", "report.html", "world");
        Assert.Contains($"{_folder["demo"]}/report.html", run.Error, StringComparison.Ordinal);
        Assert.Equal(4, AudienceFiles.Read(_folder["demo/audiences"]).Count);
        var page = File.ReadAllText(_folder["demo/report.html"]);
        Assert.Contains("From 4 seed lists over 3,000 users", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);

        // Other commands can use the demo's output.
        Invocation.Good("expand", "--population", _folder["demo/population"], "--models", _folder["demo/models"], "--size", "5", "--out", _folder["more"]);

        var first = FolderContents.Of(_folder["demo"]);
        Assert.Contains("--replace", Invocation.Of(command).Error, StringComparison.Ordinal);
        Assert.Equal(first, FolderContents.Of(_folder["demo"]));
        Assert.Equal(run.Output, Invocation.Good([.. command, "--replace"]).Output);
        Assert.Equal(first, FolderContents.Of(_folder["demo"]));
    }

    [Fact]
    public void Replace_switches_to_the_new_folder_and_leaves_nothing_else()
    {
        string[] Expand(string size, params string[] more) =>
            ["expand", "--population", world.Population, "--models", world.Models, "--size", size, "--out", _folder["audiences"], .. more];
        Invocation.Good(Expand("10"));
        Invocation.Good(Expand("20", "--replace"));
        Assert.All(AudienceFiles.Read(_folder["audiences"]).Values, rows => Assert.Equal(20, rows.Count));
        AssertFiles(_folder.Path, "audiences");
    }

    [Fact]
    public void A_seed_file_with_only_user_ids_is_one_list_named_after_the_file()
    {
        var list = world.SeedsOf["advertiser-04"];
        var file = _folder.Text("customers.csv", "user_id\n" + string.Join("\n", list) + "\n");
        Invocation.Good("train", "--population", world.Population, "--seeds", file, "--out", _folder["models"]);
        Invocation.Good("expand", "--population", world.Population, "--models", _folder["models"], "--size", "50", "--out", _folder["audiences"]);
        var rows = Assert.Single(AudienceFiles.Read(_folder["audiences"]));
        Assert.Equal("customers", rows.Key);
        Assert.DoesNotContain(rows.Value, row => list.Contains(row.UserId));
    }

    [Fact]
    public void Weights_by_metrics_change_the_models_and_are_recorded()
    {
        Invocation.Good("train", "--population", world.Population, "--seeds", world.Seeds, "--weight-by", "impressions,ctr", "--out", _folder["weighted"]);
        Invocation.Good("train", "--population", world.Population, "--seeds", world.Seeds, "--weight-by", "impressions", "--weight-by", "ctr", "--out", _folder["again"]);
        Invocation.Good("train", "--population", world.Population, "--seeds", world.Seeds, "--weight-by", "ctr", "--count", "ctr", "--literal-weights", "--out", _folder["literal"]);
        FolderContents.AssertSame(_folder["weighted"], _folder["again"]);
        Assert.Contains("models.safetensors", FolderContents.Differences(world.Models, _folder["weighted"]));
        Assert.Contains("models.safetensors", FolderContents.Differences(_folder["literal"], _folder["weighted"]));
        var (weighted, literal) = (AudienceFiles.Manifest(_folder["weighted"])["settings"]!, AudienceFiles.Manifest(_folder["literal"])["settings"]!);
        Assert.Equal(("impressions,ctr", "false"), ((string)weighted["weight_by"]!, (string)weighted["weight_literal"]!));
        Assert.Equal(("ctr", "true", "count"), ((string)literal["weight_by"]!, (string)literal["weight_literal"]!, (string)literal["weight_kind/ctr"]!));
    }

    private static double[] Numbers(JsonNode array) => [.. array.AsArray().Select(number => (double)number!)];

    private static void AssertKeys(JsonObject json, params string[] keys) => Assert.Superset(keys.ToHashSet(), json.Select(pair => pair.Key).ToHashSet());

    private static void AssertFiles(string folder, params string[] names) =>
        Assert.Equal(names, Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
}
