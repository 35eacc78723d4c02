using System.Text.Json.Nodes;
using Kindred.Cli.Shell;
using Kindred.Data.Models;
using Kindred.Data.Tuning;

namespace Kindred.Cli.Tests.Commands;

/// <summary><c>kindred tune</c> and <c>--method auto</c>.</summary>
public sealed class TuneTests : IDisposable
{
    private readonly SmallWorld _world;
    private readonly TemporaryFolder _folder = new();

    public TuneTests(SmallWorld world)
    {
        _world = world;
        Invocation.Good("embed", "--interactions", world.Interactions, "--users", world.Users, "--dimension", "16", "--copies", "1", "--out", Population);
    }

    private string Population => _folder["population"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Auto_uses_the_populations_tuning_and_explains_its_choice()
    {
        var tuned = Tune("--output", "json").Json;
        Assert.Equal("pseudo_lists", (string?)tuned["source"]);
        Assert.NotNull(TuningFolder.Find(Population));

        var trained = Invocation.Good("train", "--population", Population, "--seeds", _world.Seeds, "--method", "auto", "--out", _folder["models"]);
        Assert.DoesNotContain("has not been tuned", trained.Error, StringComparison.Ordinal);
        Assert.Contains("best single method", trained.Output, StringComparison.Ordinal);
        var models = ModelFolder.Open(_folder["models"]);
        Assert.All(models.Models, model => Assert.Contains("chosen on", model.Reason, StringComparison.Ordinal));

        // Stored models select the same users as expanding from seeds.
        Invocation.Good("expand", "--population", Population, "--models", _folder["models"], "--size", "2%", "--out", _folder["a"]);
        Invocation.Good("expand", "--population", Population, "--seeds", _world.Seeds, "--method", "auto", "--size", "2%", "--out", _folder["b"]);
        Assert.Equal(AudienceFiles.Read(_folder["a"]).SelectMany(list => list.Value), AudienceFiles.Read(_folder["b"]).SelectMany(list => list.Value));
    }

    [Fact]
    public void The_choice_of_auto_is_in_the_audiences_manifest_and_all_JSON_output()
    {
        Tune();
        string[] Of(string command, string name, params string[] more) =>
            [command, "--population", Population, "--seeds", _world.Seeds, "--out", _folder[name], "--output", "json", .. more];
        var trained = Invocation.Good(Of("train", "models", "--method", "auto")).Json["lists"]!.AsArray();
        string?[] reasons = [.. ModelFolder.Open(_folder["models"]).Models.Select(model => model.Reason)];
        Assert.All(reasons, reason => Assert.Contains("chosen on", reason, StringComparison.Ordinal));
        Assert.Equal(reasons, trained.Select(list => (string?)list!["reason"]));

        var expanded = Invocation.Good(Of("expand", "audiences", "--method", "auto", "--size", "2%")).Json["lists"]!.AsArray();
        Assert.Equal(reasons, expanded.Select(list => (string?)list!["reason"]));
        Assert.Equal(reasons, Manifest("audiences").Select(list => (string?)list!["reason"]));

        var plain = Invocation.Good(Of("expand", "plain", "--method", "ridge", "--size", "2%")).Json["lists"]!.AsArray();
        Assert.All(plain.Concat(Manifest("plain")), list => Assert.False(list!.AsObject().ContainsKey("reason")));

        JsonArray Manifest(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(_folder[name], "manifest.json")))!["audiences"]!.AsArray();
    }

    [Fact]
    public void An_untuned_population_is_tuned_once_with_a_note()
    {
        var first = Evaluate("auto");
        Assert.Contains("has not been tuned", first.Error, StringComparison.Ordinal);
        var second = Evaluate("auto");
        Assert.DoesNotContain("has not been tuned", second.Error, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
        Assert.True((double)second.Json["average_recall"]! > 2 * (double)second.Json["baselines"]![1]!["average_recall"]!);
    }

    [Fact]
    public void Servable_models_read_no_items_and_respect_the_maximum_cost()
    {
        Tune();
        Invocation.Good("train", "--population", Population, "--seeds", _world.Seeds, "--method", "auto", "--servable", "--out", _folder["models"]);
        Assert.All(ModelFolder.Open(_folder["models"]).Models, model => Assert.False(model.Scorer.Reads.HasFlag(Scoring.UserInputs.Items)));
        Invocation.Good("train", "--population", Population, "--seeds", _world.Seeds, "--method", "auto", "--max-cost", "60", "--replace", "--out", _folder["models"]);
        Assert.All(ModelFolder.Open(_folder["models"]).Models, model => Assert.True(model.Scorer.CostPerPair <= 60));
        var run = Invocation.Of("train", "--population", Population, "--seeds", _world.Seeds, "--method", "auto", "--max-cost", "1", "--out", _folder["none"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("the cheapest costs", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["none"]));
    }

    [Fact]
    public void Updates_keep_a_tuning_and_other_embeddings_discard_it()
    {
        Tune();
        Assert.Equal(ExitCode.Output, Invocation.Of("tune", "--population", Population).Code);
        Invocation.Good("embed", "--update", Population, "--interactions", _world.Interactions, "--out", _folder["updated"]);
        Assert.NotNull(TuningFolder.Find(_folder["updated"]));
        var kept = TuningFolder.ToJson(TuningFolder.Find(Population)!).ToJsonString();

        Invocation.Good("embed", "--interactions", _world.Interactions, "--users", _world.Users, "--dimension", "24", "--copies", "1", "--replace", "--out", Population);
        Assert.Null(TuningFolder.Find(Population));
        TuningFolder.Write(TuningFolder.PathIn(Population), TuningFolder.Find(_folder["updated"])!);
        var run = Evaluate("auto");
        Assert.Contains("belongs to other embeddings and is not used", run.Error, StringComparison.Ordinal);
        Assert.NotEqual(kept, TuningFolder.ToJson(TuningFolder.Find(Population)!).ToJsonString());
    }

    [Fact]
    public void Without_items_auto_chooses_on_the_lists_and_tune_names_the_remedy()
    {
        Invocation.Good("embed", "--interactions", _world.Interactions, "--users", _world.Users, "--dimension", "16", "--no-features", "--replace", "--out", Population);
        var run = Invocation.Of("tune", "--population", Population);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("--method auto", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(TuningFolder.PathIn(Population)));
        Assert.Contains("no items for pseudo seed lists", Evaluate("auto").Error, StringComparison.Ordinal);
    }

    private Invocation Tune(params string[] options) => Invocation.Good([
        "tune", "--population", Population, "--seeds", _world.Seeds, "--lists", "10", "--folds", "2", .. options]);

    private Invocation Evaluate(string method) => Invocation.Good(
        "evaluate", "--population", Population, "--seeds", _world.Seeds, "--method", method, "--output", "json");
}
