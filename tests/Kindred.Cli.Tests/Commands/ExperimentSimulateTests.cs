using System.Globalization;
using System.Text.Json.Nodes;
using Kindred.Cli.Shell;
using Kindred.Data.Tables;
using Kindred.Experiments;
using Kindred.Pipeline.Experiments;

namespace Kindred.Cli.Tests.Commands;

/// <summary><c>kindred experiment simulate</c>, from a world to a log that an analysis reads.</summary>
public sealed class ExperimentSimulateTests : IDisposable
{
    private static readonly string[] _small = ["--users", "3000", "--seed-lists", "4", "--size", "10%", "--days", "4", "--pre-days", "2"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("combined-vs-blended", "blended", "combined")]
    [InlineData("weights", "unweighted", "weighted")]
    public void The_log_matches_the_truth_and_its_settings(string comparison, string control, string treatment)
    {
        var json = Simulate(comparison, "one").Json;
        Assert.Equal([control, treatment], json["arms"]!.AsArray().Select(arm => arm!["arm"]!.GetValue<string>()));
        var settings = ExperimentSettings.Read(json["settings"]!.GetValue<string>());
        Assert.Equal([control, treatment], settings.ArmsControlFirst!);
        Assert.Equal((2, 4 * 86_400_000L), (settings.PreDays, settings.End!.Value - settings.Start!.Value));
        Assert.Equal([json["log"]!.GetValue<string>()], settings.Log!.Files.Select(file => Path.GetRelativePath(Environment.CurrentDirectory, file)).Select(Path.GetFullPath).ToArray());
        Assert.Superset(AdMetrics.All.Select(metric => metric.Name).ToHashSet(), settings.Metrics.Select(metric => metric.Name).ToHashSet());

        var rows = Read(json["log"]!.GetValue<string>());
        Assert.Equal(json["rows"]!.GetValue<int>(), rows.Count);
        var assignment = settings.Assignment.Create();
        Assert.All(rows, row => Assert.Equal(row.Arm, assignment.ArmOf(row.User)));
        foreach (var arm in json["arms"]!.AsArray())
        {
            var test = arm!["test"]!["counts"]!;
            var during = rows.Where(row => row.Arm == arm["arm"]!.GetValue<string>() && row.Time >= settings.Start).ToArray();
            int Count(string kind) => during.Count(row => row.Event == kind);
            Assert.Equal(test["users"]!.GetValue<int>(), Count("exposure"));
            Assert.Equal(test["impressions"]!.GetValue<int>(), Count("impression"));
            Assert.Equal(test["clicks"]!.GetValue<int>(), Count("click"));
            Assert.Equal(test["hides"]!.GetValue<int>(), Count("hide"));
            Assert.Equal(test["users_reached"]!.GetValue<int>(), during.Where(row => row.Event == "impression").Select(row => row.User).Distinct().Count());
            Assert.Equal(test["revenue"]!.GetValue<double>(), during.Where(row => row.Event == "impression").Sum(row => row.Value!.Value), 1e-6);
            Assert.All(test["spent"]!.AsArray().Zip(test["budgets"]!.AsArray()), pair => Assert.True(pair.First!.GetValue<double>() <= pair.Second!.GetValue<double>() * (1 + 1e-12)));
        }

        Assert.All(rows.Where(row => row.Event == "exposure"), row => Assert.Equal(settings.Start, row.Time));
        Assert.Contains(rows, row => row.Time < settings.Start);
        Assert.Equal(rows.Select(row => row.User).Distinct().Count(), rows.Count(row => row.Event == "exposure"));
        Assert.Equal("", Invocation.Good("verify", _folder["one"]).Error);
    }

    [Fact]
    public void A_simulation_has_the_same_bytes_with_any_threads_and_a_different_log_with_another_seed()
    {
        Simulate("combined-vs-blended", "one", "--threads", "1");
        Simulate("combined-vs-blended", "two", "--threads", "3");
        FolderContents.AssertSame(_folder["one"], _folder["two"]);
        Simulate("combined-vs-blended", "market", "--market-seed", "2");
        Assert.NotEqual(File.ReadAllBytes(Path.Combine(_folder["one"], "log.parquet")), File.ReadAllBytes(Path.Combine(_folder["market"], "log.parquet")));
        FolderContents.AssertSame(Path.Combine(_folder["one"], "population"), Path.Combine(_folder["market"], "population"));
    }

    [Fact]
    public void A_system_tested_against_itself_has_equal_audiences_and_no_effect()
    {
        var json = Simulate("aa", "aa").Json;
        Assert.Equal(["blended", "blended"], json["arms"]!.AsArray().Select(arm => arm!["system"]!.GetValue<string>()));
        Assert.All(json["effects"]!.AsObject(), effect => Assert.Equal(0, effect.Value?.GetValue<double>() ?? 0));
        var arms = json["arms"]!.AsArray().Select(arm => arm!["launched_to_everybody"]!.ToJsonString()).ToArray();
        Assert.Equal(arms[0], arms[1]);
        var truth = JsonNode.Parse(File.ReadAllText(json["truth"]!.GetValue<string>()))!;
        Assert.All(truth["advertisers"]!.AsArray(), advertiser => Assert.True(advertiser!["blended"]!["users"]!.GetValue<int>() > 200));
    }

    [Theory]
    [InlineData("--users 10", "--users is 10", "from 1,000 to")]
    [InlineData("--days 0", "--days is 0", "from 1 to 365")]
    [InlineData("--pre-days -1", "--pre-days is -1", "from 0 to")]
    [InlineData("--size 0%", "'0%' is not an audience size", "--size 1%")]
    [InlineData("--comparison bogus", "'bogus'", "combined-vs-blended")]
    [InlineData("--market-seed x", "--market-seed is 'x'", "as in 2")]
    [InlineData("--users 1000 --seed-lists 2 --size 5 --days 1 --pre-days 0 --comparison weights", "has no audience of 5", "Ask for another --size")]
    [InlineData("--users 1000 --seed-lists 2 --size 100% --days 1 --pre-days 0", "100%", "--size")]
    public void Impossible_simulations_are_refused_by_name_and_leave_nothing(string options, params string[] words)
    {
        var run = Invocation.Of(["experiment", "simulate", "--out", _folder["out"], .. options.Split(' ')]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.All(words, word => Assert.Contains(word, run.Error, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void A_stopped_simulation_leaves_nothing()
    {
        var run = Invocation.StoppedAt("4/5", ["experiment", "simulate", "--out", _folder["out"], .. _small]);
        Assert.Equal(ExitCode.Cancelled, run.Code);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    private Invocation Simulate(string comparison, string name, params string[] more) =>
        Invocation.Good(["experiment", "simulate", "--comparison", comparison, "--out", _folder[name], "--output", "json", .. _small, .. more]);

    private static List<Row> Read(string file)
    {
        using var table = TableReader.Open(file);
        int user = table.RequireIds("user_id"), time = table.Require("time"), arm = table.Require("arm"), kind = table.Require("event"), value = table.Require("value");
        var rows = new List<Row>();
        while (table.Read())
        {
            var text = Text(value);
            rows.Add(new Row(Text(user), long.Parse(Text(time), CultureInfo.InvariantCulture), Text(arm), Text(kind), text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture)));
        }

        return rows;

        string Text(int column) => System.Text.Encoding.UTF8.GetString(table.Utf8(column));
    }

    private sealed record Row(string User, long Time, string Arm, string Event, double? Value);
}
