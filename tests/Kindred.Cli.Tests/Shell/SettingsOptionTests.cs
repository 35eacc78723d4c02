using Kindred.Cli.Shell;

namespace Kindred.Cli.Tests.Shell;

/// <summary>Tests that a settings file stands for options.</summary>
public sealed class SettingsOptionTests(SmallWorld world) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_gives_the_same_bytes_as_its_options_and_the_command_line_comes_first()
    {
        Invocation.Good("train", "--population", world.Population, "--seeds", world.Seeds, "--method", "linear", "--seed", "7", "--weight-by", "clicks", "--literal-weights", "--out", _folder["by-options"], "-q");
        var file = Settings($"population: {world.Population}\nseeds: [{world.Seeds}]\nmethod: mlp\nseed: 7\nweight_by: [clicks]\nliteral_weights: true\nskip_small: false\nout: by-file\n");
        Invocation.Good("train", "--settings", file, "--method", "linear", "-q");
        FolderContents.AssertSame(_folder["by-options"], _folder["by-file"]);
        Invocation.Good("train", $"--settings={file}", "--method=linear", "--out", _folder["again"], "-q");
        FolderContents.AssertSame(_folder["by-options"], _folder["again"]);
    }

    [Theory]
    [InlineData("dimenson: 16", "line 1", "'dimenson'", "'dimension'")]
    [InlineData("zzz: 16", "line 1", "'zzz'", "see")]
    [InlineData("dimension: 16\nreplace: maybe", "line 2", "'maybe'", "true or false")]
    [InlineData("dimension: {a: 1}", "line 1", "'dimension'", "text or a list")]
    [InlineData("dimension: many", "--dimension", "'many'", "number")]
    public void A_wrong_setting_is_named_with_its_place(string text, params string[] says)
    {
        var run = Invocation.Of("embed", "--settings", Settings(text), "--interactions", "x.csv", "--out", _folder["out"]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.All(says, part => Assert.Contains(part, run.Error, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("embed")]
    [InlineData("train")]
    [InlineData("expand")]
    [InlineData("compare")]
    public void Help_has_groups_and_every_option_once(string command)
    {
        var help = Invocation.Good(command, "--help").Output;
        int[] places = [.. new[] { "\nOptions:", "\nInput:", "\nCommon:" }.Select(heading => help.IndexOf(heading, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.InRange(help.IndexOf("--quiet", StringComparison.Ordinal), places[2], help.Length);
        var names = help[places[0]..].Split('\n').Where(line => line.StartsWith("  -", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]).ToArray();
        Assert.Equal(names.Distinct(), names);
        Assert.Contains("--settings", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train --force", "--replace")]
    [InlineData("train --jobs 2", "--threads")]
    [InlineData("expand --top-k 5", "--size")]
    [InlineData("embed --dim 5", "--dimension")]
    [InlineData("run a.yaml --overwrite", null)]
    public void A_name_of_other_programs_is_understood_where_there_is_such_an_option(string command, string? meant)
    {
        var error = Invocation.Of(command.Split(' ')).Error;
        if (meant is null) Assert.DoesNotContain("Did you mean", error, StringComparison.Ordinal);
        else Assert.Contains($"Did you mean '{meant}'?", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_plans_and_an_unknown_key_is_named_before_a_missing_one()
    {
        Assert.Contains("--dry-run", Invocation.Good("run", "--help").Output, StringComparison.Ordinal);
        Assert.Contains("'seeds'", Invocation.Of("run", Settings("sees: [a.csv]\npopulation: p")).Error, StringComparison.Ordinal);
        Assert.Contains("there is no setting 'sees'", Invocation.Of("run", Settings("sees: [a.csv]\npopulation: p")).Error, StringComparison.Ordinal);
        Assert.Contains("there is no setting 'nam'", Invocation.Of("experiment", "analyze", "--settings", Settings("nam: checkout")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_seed_list_of_a_file_can_be_trained()
    {
        var list = world.SeedsOf.Keys.Order(StringComparer.Ordinal).First();
        Assert.Equal(list, (string?)Invocation.Good("train", "--population", world.Population, "--seeds", world.Seeds, "--seed-list", list, "--method", "linear", "--out", _folder["one"], "--output", "json", "-q").Json["lists"]!.AsArray().Single()!["seed_list_id"]);
    }

    [Fact]
    public void Interactions_that_are_given_as_seeds_and_files_of_different_shape_are_noticed()
    {
        var interactions = _folder.Text("interactions.csv", "user_id,item_id\n" + string.Concat(world.People.Take(100).Select(person => $"{person.Id},i\n")));
        var single = _folder.Text("single.csv", "user_id\n" + string.Concat(world.People.Take(50).Select(person => $"{person.Id}\n")));
        Assert.Contains("it looks like interactions", Invocation.Of("check", "--population", world.Population, "--seeds", interactions).Error, StringComparison.Ordinal);
        var error = Invocation.Of("check", "--population", world.Population, "--seeds", world.Seeds, single).Error;
        Assert.Contains($"{single} has no column 'seed_list_id', so it is one list called after the file", error, StringComparison.Ordinal);
        Assert.DoesNotContain("it looks like", Invocation.Of("check", "--population", world.Population, "--seeds", world.Seeds).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_of_all_methods_leaves_the_slow_one_out_unless_it_is_asked_for()
    {
        // A population of its own, because auto stores its tuning there.
        DailyRuns.DailyWorld.CopyFolder(world.Population, _folder["population"]);
        string[] compare = ["compare", "--population", _folder["population"], "--seeds", world.Seeds, "--output", "json"];
        var usual = Invocation.Good([.. compare, "--out", _folder["usual"]]);
        Assert.Contains("takes many times as long as the others: nearest", usual.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"nearest\"", usual.Output, StringComparison.Ordinal);
        Assert.Contains("\"nearest\"", Invocation.Good([.. compare, "--methods", "nearest,centroid", "--out", _folder["named"]]).Output, StringComparison.Ordinal);
    }

    private string Settings(string text) => _folder.Text($"{Guid.NewGuid():N}.yaml", text);
}
