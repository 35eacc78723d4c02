using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.DailyRuns;

/// <summary>The exit code of a run that published a version without all requested audiences.</summary>
public sealed class MissingAudienceTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_without_a_requested_audience_publishes_and_says_so_on_standard_error()
    {
        var settings = Settings("lists: { advertiser-01: { countries: [DE, XX] } }");
        var run = Invocation.Of("run", settings, "--quiet");
        Assert.Equal(ExitCode.MissingAudience, run.Code);
        Assert.StartsWith("Version 000001: 6 audiences of 6 seed lists; ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("XX", run.Output, StringComparison.Ordinal);
        var lines = run.Error.Split('\n');
        Assert.Equal("kindred: version 000001 is published, but 1 list or country lacks a requested audience:", lines[0]);
        Assert.StartsWith("  advertiser-01 in XX: ", lines[1], StringComparison.Ordinal);
        Assert.Equal("If that is intended, --allow-missing accepts it.", lines[2]);

        // Nothing has changed, and the audience is still missing.
        Assert.Equal(ExitCode.MissingAudience, Invocation.Of("run", settings).Code);
        var json = Invocation.Of("run", settings, "--output", "json");
        Assert.Equal((ExitCode.MissingAudience, 1, false), (json.Code, (int)json.Json["missing"]!, (bool)json.Json["new"]!));

        var allowed = Invocation.Good("run", settings, "--allow-missing");
        Assert.Contains("Version 000001 is published, but 1 list or country lacks a requested audience:\n  advertiser-01 in XX", allowed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("XX", Invocation.Good("run", settings, "--allow-missing", "--quiet").Error, StringComparison.Ordinal);

        // One of several settings files is enough, and an error comes first.
        var good = Settings("", "good");
        Assert.Equal(ExitCode.MissingAudience, Invocation.Of("run", settings, good).Code);
        Assert.Equal(ExitCode.BadInput, Invocation.Of("run", settings, _folder["none.yaml"]).Code);
    }

    [Fact]
    public void Only_a_few_missing_audiences_are_named_and_the_others_counted()
    {
        var run = Invocation.Of("run", Settings("countries: [DE, U1, U2, U3]"), "--quiet");
        Assert.Equal(ExitCode.MissingAudience, run.Code);
        Assert.Contains(" 18 lists or countries lack a requested audience:", run.Error, StringComparison.Ordinal);
        Assert.Equal(10, run.Error.Split('\n').Count(line => line.StartsWith("  advertiser-", StringComparison.Ordinal)));
        Assert.Contains("  … and 8 more.\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Paused_lists_and_lists_that_are_not_due_are_not_missing()
    {
        var settings = Settings("lists: { advertiser-01: { schedule: paused }, advertiser-02: { schedule: mon } }");
        Assert.Equal(0, (int)Invocation.Good("run", settings, "--date", "2026-08-03", "--output", "json").Json["missing"]!);
        var rows = File.ReadAllLines(_folder["seeds.csv"]);
        File.WriteAllLines(_folder["seeds.csv"], rows.Where((row, i) => i % 5 != 1));
        Assert.Equal((2, 0), Invocation.Good("run", settings, "--date", "2026-08-04", "--output", "json").Json is var json ? ((int)json["version"]!, (int)json["missing"]!) : default);
    }

    [Fact]
    public void A_changed_size_is_one_row_of_the_comparison()
    {
        var settings = Settings("sizes: [2%]");
        Invocation.Good("run", settings);
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("2%", "3%", StringComparison.Ordinal));
        Invocation.Good("run", settings);
        var text = Invocation.Good("diff", "1", "2", "--store", _folder["runs"]).Output;
        Assert.Contains("6 of 6 audiences have changed members", text, StringComparison.Ordinal);
        Assert.Equal(6, text.Split('\n').Count(line => line.Contains("2% → 3%", StringComparison.Ordinal)));
        Assert.All(Invocation.Good("diff", "1", "2", "--store", _folder["runs"], "--output", "json").Json["audiences"]!.AsArray(), audience =>
        {
            Assert.Equal(("2%", "3%", "3%"), ((string?)audience!["size_before"], (string?)audience["size_after"], (string?)audience["size"]));
            Assert.Equal((int)audience["users_after"]!, (int)audience["users_before"]! - (int)audience["lost"]! + (int)audience["gained"]!);
        });
    }

    private string Settings(string lines, string name = "run")
    {
        if (!File.Exists(_folder["seeds.csv"])) File.Copy(world.Seeds, _folder["seeds.csv"]);
        var store = name == "run" ? "runs" : name + "-runs";
        return _folder.Text($"{name}.yaml", $"population: {world.Population}\nseeds: seeds.csv\nstore: {store}\n{(lines.StartsWith("sizes", StringComparison.Ordinal) ? "" : "sizes: [100]\n")}{lines}\n");
    }
}
