using System.Text.Json.Nodes;
using Kindred.Cli.Shell;
using Kindred.Pipeline.Forgetting;
using Kindred.Pipeline.Settings;
using Kindred.Pipeline.Store;

namespace Kindred.NewMethod.Tests;

/// <summary>Tests that a method added by one line works everywhere. (<c>MethodContractTests</c> tests its contract.)</summary>
public sealed class NewMethodTests : IDisposable
{
    // A Wednesday and the following Thursday.
    private const string Due = "2026-11-25", NotDue = "2026-11-26";

    private readonly TestRun _run = new(lists: 2);

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("train")]
    [InlineData("expand")]
    [InlineData("evaluate")]
    [InlineData("compare")]
    [InlineData("reach")]
    [InlineData("inspect")]
    public void Every_command_that_takes_a_method_lists_its_options_in_the_help(string command)
    {
        var help = string.Join(' ', Invocation.Good(command, "--help").Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("The power to which cosines are raised.", help, StringComparison.Ordinal);
        Assert.All(["--sharpness", "--most-compared", "--only-alike", "--total"],
            option => Assert.Contains(option, help, StringComparison.Ordinal));
        Assert.Matches(@"\btoy\b", help);
        Assert.Contains("[default: 3]", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_models_survive_a_round_trip_with_their_settings()
    {
        Invocation.Good("train", "--population", _run.Population, "--seeds", _run.Seeds, "--method", "toy", "--sharpness", "5",
            "--only-alike", "--total", "sum", "--out", _run["models"]);
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(_run["models"], "manifest.json")))!;
        Assert.Equal("toy", manifest["method"]!.GetValue<string>());
        var settings = manifest["settings"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>());
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["minimum_seeds"] = "25",
                ["seed"] = "1",
                ["sharpness"] = "5",
                ["most_compared"] = "500",
                ["only_alike"] = "true",
                ["total"] = "sum",
            },
            settings);
        Assert.Equal("toy", manifest["models"]![0]!["scorer"]!["kind"]!.GetValue<string>());

        string[] expand = ["expand", "--population", _run.Population, "--size", "5%", "--format", "csv"];
        Invocation.Good([.. expand, "--models", _run["models"], "--out", _run["stored"]]);
        Invocation.Good([.. expand, "--seeds", _run.Seeds, "--method", "toy", "--sharpness", "5", "--only-alike", "--total", "sum", "--out",
            _run["fresh"]]);
        Invocation.Good([.. expand, "--seeds", _run.Seeds, "--method", "toy", "--out", _run["other"]]);
        Assert.Equal(Audiences("stored"), Audiences("fresh"));
        Assert.NotEqual(Audiences("stored"), Audiences("other"));
    }

    [Theory]
    [InlineData("--sharpness is 10; it must be from 1 to 9", "--method", "toy", "--sharpness", "10")]
    [InlineData("--most-compared is '1.5'; a whole number is needed", "--method", "toy", "--most-compared", "1.5")]
    [InlineData("--total is 'all'; it must be mean or sum", "--method", "toy", "--total", "all")]
    [InlineData("--sharpness has no effect here: method 'mlp' has no such setting", "--method", "mlp", "--sharpness", "5")]
    [InlineData("--epochs has no effect here: method 'toy' has no such setting", "--method", "toy", "--epochs", "5")]
    public void Its_options_are_checked(string problem, params string[] options)
    {
        var run = Invocation.Of(["train", "--population", _run.Population, "--seeds", _run.Seeds, "--out", _run["models"], .. options]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_includes_it()
    {
        var run = Invocation.Good(
            "compare", "--population", _run.Population, "--seeds", _run.Seeds, "--methods", "toy,centroid,random", "--baseline", "random",
            "--sharpness", "2", "--out", _run["comparison"]);
        Assert.Matches(@"(?m)^toy +0\.\d{4} ± ", run.Output);
    }

    [Fact]
    public void Settings_files_accept_its_options()
    {
        _run.Settings("sizes: [2%]\nmethod: toy\ntraining: {sharpness: 5, only_alike: true, total: sum}");
        Assert.Equal(
            new Dictionary<string, string> { ["sharpness"] = "5", ["only_alike"] = "true", ["total"] = "sum" },
            SettingsReader.Read(_run.SettingsFile).Training);
        Assert.Equal("toy", Assert.Single(_run.Run(day: Due).Version.Units.Select(unit => unit.Method).Distinct()));
        var keys = Keys(_run.Open());

        _run.Settings("sizes: [2%]\nmethod: toy\ntraining: {sharpness: 7, only_alike: true, total: sum}");
        _run.Run(day: NotDue);
        Assert.Empty(Keys(_run.Open()).Intersect(keys));
    }

    [Theory]
    [InlineData("sharpness: 10", "'training.sharpness' is 10; it must be from 1 to 9")]
    [InlineData("total: all", "'training.total' is 'all'; it must be one of mean, sum")]
    [InlineData("only_alike: maybe", "'training.only_alike' is 'maybe'; it must be true or false")]
    [InlineData("sharpnes: 2", "there is no setting 'training.sharpnes'. Did you mean 'sharpness'?")]
    public void Settings_files_are_checked(string training, string problem)
    {
        _run.Settings($"sizes: [2%]\nmethod: toy\ntraining: {{{training}}}");
        Assert.Contains(problem, Assert.Throws<KindredException>(() => SettingsReader.Read(_run.SettingsFile)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("toy", true)]
    [InlineData("nearest", true)]
    [InlineData("centroid", false)]
    public void After_a_deletion_models_that_hold_seeds_are_trained_again(string method, bool trainedAgain)
    {
        _run.Settings($"sizes: [2%]\nmethod: {method}\nschedule: wed");
        _run.Run(day: Due);
        var store = _run.Open();
        var before = Outputs(store);
        _run.Run(day: NotDue);
        Assert.Equal(before, Outputs(store));

        UserDeletion.Run(store, [_run.Lists[0].Seeds[0]], [], "somebody", TimeProvider.System);
        _run.Run(day: NotDue);
        Assert.Equal(!trainedAgain, before.SequenceEqual(Outputs(store)));
    }

    private static string[] Keys(RunStore store) => [.. RunVersion.Read(store, store.Current!.Value).Units.Select(unit => unit.ModelKey)];

    private static OutputPart?[] Outputs(RunStore store) =>
        [.. RunVersion.Read(store, store.Current!.Value).Units.Select(unit => unit.Model)];

    private Dictionary<string, string> Audiences(string folder) =>
        Directory.EnumerateFiles(_run[folder], "*.csv", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(_run[folder], file), File.ReadAllText);
}
