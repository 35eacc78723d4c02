using System.Text.RegularExpressions;

namespace Kindred.Cli.Tests.Commands;

public sealed partial class HelpTests
{
    [Theory]
    [InlineData("demo", "--out --users --seed-lists --seed --threads --output --quiet")]
    [InlineData("generate", "--users --seed-lists --min-seeds --max-seeds --items --topics --countries --mean-interactions --format --out --seed --threads --replace --output --quiet")]
    [InlineData("embed", "--interactions --users --out --update --dimension --copies --unobserved-weight --regularization --iterations --no-features --active-days --shards --seed --threads --replace --output --quiet")]
    [InlineData("tune", "--population --seeds --lists --folds --minimum-seeds --seed --threads --replace --output --quiet")]
    [InlineData("train", "--population --seeds --out --method --servable --max-cost --country --weight-by --rate --count --literal-weights --regularization-per-dimension --hidden-units --epochs --minimum-seeds --seed --threads --replace --output --quiet")]
    [InlineData("expand", "--population --seeds --models --method --size --country --exclude --include-seed --format --out --weight-by --hidden-units --seed --threads --replace --output --quiet")]
    [InlineData("evaluate", "--population --seeds --holdout --holdout-share --repeats --lists --part --method --country --weight-by --hidden-units --seed --threads --output --quiet")]
    [InlineData("reach", "--population --seeds --seed-list --out --folds --method --country --weight-by --hidden-units --seed --threads --replace --output --quiet")]
    [InlineData("inspect", "--population --seeds --seed-list --items --out --minimum-count --list-outliers --reach --folds --method --country --seed --threads --replace --output --quiet")]
    [InlineData("bench", "--quick --only --rounds --seed --threads --output")]
    [InlineData("compare", "--population --seeds --holdout --holdout-share --repeats --lists --part --methods --baseline --seed-sizes --resume --out --country --weight-by --hidden-units --seed --threads --replace --output --quiet")]
    public void Every_command_explains_each_option_with_its_default_and_shows_an_example(string command, string options)
    {
        var run = Invocation.Good(command, "--help");
        Assert.Equal("", run.Error);
        Assert.Contains($"  kindred {command}", run.Output, StringComparison.Ordinal);
        Assert.Contains($"kindred {command} [options]", run.Output, StringComparison.Ordinal);
        var entries = run.Output.Split('\n').Where(line => OptionLine().IsMatch(line)).ToDictionary(line => OptionLine().Match(line).Value.Trim(), StringComparer.Ordinal);
        Assert.Superset(options.Split(' ').ToHashSet(), entries.Keys.ToHashSet());
        Assert.All(entries.Values, line => Assert.True(line.Contains("REQUIRED", StringComparison.Ordinal) || Description().Match(line).Value.Trim().Length > 15, line));

        // A number that can be left out says what it is then; and says it once.
        Assert.All(entries.Values.Where(line => line.Contains("<N>", StringComparison.Ordinal)), line =>
            Assert.Equal(1, Regex.Count(line, @"\[default: |Default: ")));
        Assert.Contains(entries.Values, line => line.Contains("--seed ", StringComparison.Ordinal) && line.Contains("[default: 1]", StringComparison.Ordinal));
    }

    [Fact]
    public void Import_explains_each_option_and_shows_examples()
    {
        var run = Invocation.Good("import", "--help");
        Assert.Equal("", run.Error);
        Assert.Contains("  kindred import --embeddings vectors.npy --ids ids.txt", run.Output, StringComparison.Ordinal);
        foreach (var option in "--embeddings --ids --users --out --embedding-columns --user-column --country-column --active-column --activity --space --shards --threads --replace --output --quiet".Split(' '))
        {
            Assert.Matches($@"(?m)^  (-q, )?{option}\b.{{20,}}", run.Output);
        }
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("show")]
    public void A_command_on_folders_explains_itself_and_shows_an_example(string command)
    {
        var run = Invocation.Good(command, "--help");
        Assert.Equal("", run.Error);
        Assert.Contains($"  kindred {command} population", run.Output, StringComparison.Ordinal);
        Assert.Contains($"kindred {command} <FOLDER>... [options]", run.Output, StringComparison.Ordinal);
        Assert.Contains("populations, models, audiences", run.Output, StringComparison.Ordinal);
        Assert.Contains("--output", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    public void The_help_lists_every_command_under_the_name_that_people_type(string option)
    {
        var run = Invocation.Good(option);
        foreach (var command in new[] { "demo", "generate", "embed", "import", "tune", "train", "expand", "evaluate", "compare", "reach", "inspect", "verify", "show", "bench" })
        {
            Assert.Matches($@"(?m)^  {command}( <FOLDER>)?  ", run.Output);
        }

        Assert.Contains("kindred [command] [options]", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Kindred.Cli", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_one_line_of_name_and_number()
    {
        var run = Invocation.Good("--version");
        Assert.Matches(@"\Akindred \d+\.\d+\.\d+\r?\n\z", run.Output);
        Assert.Equal("", run.Error);
    }

    [GeneratedRegex(@"(?<=^  (-q, )?)--[a-z-]+")]
    private static partial Regex OptionLine();

    [GeneratedRegex(@"(?<=  )\S.*$")]
    private static partial Regex Description();
}
