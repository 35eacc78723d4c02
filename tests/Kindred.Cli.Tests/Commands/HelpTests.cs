using System.CommandLine;
using System.Text.RegularExpressions;
using Kindred.Cli.Commands;
using Kindred.Cli.Shell;
using Kindred.Cli.Tests.DailyRuns;

namespace Kindred.Cli.Tests.Commands;

public sealed partial class HelpTests
{
    // Their examples work without inputs, so the test would run them.
    private static readonly string[] NeedNothing = ["kindred demo", "kindred generate", "kindred bench", "kindred completion", "kindred experiment simulate"];

    public static TheoryData<string> Commands => [.. CommandTree.Walk(CommandLine.Root).Select(CommandTree.PathOf)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_describes_itself_and_its_options_and_arguments(string path)
    {
        var command = Find(path);
        var run = Invocation.Good([.. Words(path), "--help"]);
        Assert.Equal("", run.Error);
        Assert.Contains(path, run.Output, StringComparison.Ordinal);
        Assert.InRange(command.Description!.Split('\n')[0].Length, 20, 250);
        Assert.EndsWith(".", command.Description.Split('\n')[0], StringComparison.Ordinal);
        var lines = run.Output.Split('\n');
        foreach (var option in CommandTree.OptionsOf(command))
        {
            var line = Assert.Single(lines, line => OptionLine().Match(line) is { Success: true } found && found.Value == option.Name);
            Assert.True(option.Description?.Length > 15, $"{option.Name} of {path} explains nothing");
            Assert.Contains(option.Description!, line, StringComparison.Ordinal);
            Assert.True(!CommandTree.TakesValue(option) || line.Contains('<', StringComparison.Ordinal), $"{option.Name} of {path} does not say what it takes");

            // An optional number states its default exactly once.
            if (line.Contains("<N>", StringComparison.Ordinal) && !option.Required) Assert.Equal(1, Regex.Count(line, @"\[default: |Default: "));
        }

        Assert.All(command.Arguments, argument => Assert.True(argument.Description?.Length > 5, $"<{argument.Name}> of {path} explains nothing"));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_shows_valid_examples(string path)
    {
        var parsed = ExamplesOf(path).Select(words => (Words: words, Result: CommandLine.Root.Parse(words, CommandLine.Parser))).ToArray();
        Assert.All(parsed, example => Assert.True(ParseProblems.Of(example.Result).Count == 0, $"kindred {string.Join(' ', example.Words)}: {string.Join(' ', ParseProblems.Of(example.Result))}"));

        // A command group shows examples of its subcommands.
        var group = Find(path).Action is null;
        Assert.Contains(parsed, example => CommandTree.PathOf(example.Result.CommandResult.Command) is var shown && (shown == path || (group && shown.StartsWith(path + " ", StringComparison.Ordinal))));
    }

    [Fact]
    public void No_example_is_a_usage_error()
    {
        using var folder = new TemporaryFolder();
        var examples = CommandTree.Walk(CommandLine.Root).SelectMany(command => ExamplesOf(CommandTree.PathOf(command)))
            .Where(words => !NeedNothing.Contains(CommandTree.PathOf(CommandLine.Root.Parse(words, CommandLine.Parser).CommandResult.Command))).DistinctBy(words => string.Join(' ', words)).ToArray();
        Assert.InRange(examples.Length, 20, 1000);
        foreach (var words in examples)
        {
            // The files that examples name do not exist; some examples need none.
            var run = KindredProcess.In(folder.Path, words);
            Assert.True(run.Code is ExitCode.BadInput or ExitCode.Success, $"kindred {string.Join(' ', words)} ended with {run.Code}: {run.Error}");
        }
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    public void The_help_lists_every_command_by_name_one_per_line(string option)
    {
        var run = Invocation.Good(option);
        var list = Repository.Between(run.Output, "Commands:\n", "\n\n")!.Split('\n');
        Assert.Equal(CommandTree.CommandsOf(CommandLine.Root).Select(command => command.Name), list.Select(line => line.TrimStart().Split(' ')[0]));
        Assert.Contains("kindred [command] [options]", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Kindred.Cli", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help train", "train --help")]
    [InlineData("help experiment", "experiment --help")]
    [InlineData("help experiment plan", "experiment plan --help")]
    [InlineData("help help", "help --help")]
    [InlineData("-v", "--version")]
    public void Common_spellings_of_help_and_version_work(string words, string option) =>
        Assert.Equal(Invocation.Good(option.Split(' ')), Invocation.Good(words.Split(' ')));

    [Theory]
    [InlineData("help trian", "There is no command 'trian'. Did you mean 'train'?")]
    [InlineData("help kubernetes", "There is no command 'kubernetes'.")]
    [InlineData("help experiment plam", "There is no command 'plam' of `kindred experiment`. Did you mean 'plan'?")]
    [InlineData("help train now", "There is no command 'now' of `kindred train`.")]
    [InlineData("help complete", "There is no command 'complete'.")]
    public void Help_for_an_unknown_command_suggests_the_nearest(string words, string says)
    {
        var run = Invocation.Of(words.Split(' '));
        Assert.Equal((ExitCode.Usage, "", $"kindred: {says}"), (run.Code, run.Output, run.Error.TrimEnd()));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Descriptions_are_near_option_names_and_required_options_come_first(string path)
    {
        var lines = Invocation.Good([.. Words(path), "--help"]).Output.Split('\n');
        var options = CommandTree.OptionsOf(Find(path)).ToArray();
        Assert.All(options, option => Assert.InRange(lines.Single(line => OptionLine().Match(line).Value == option.Name).IndexOf(option.Description!, StringComparison.Ordinal), 1, 44));
        var shown = lines.Where(line => OptionLine().IsMatch(line)).Select(line => line.Contains("(REQUIRED)", StringComparison.Ordinal)).ToArray();
        Assert.Equal(shown.OrderByDescending(required => required), shown);
        Assert.Equal(options.Count(option => option.Required), shown.Count(required => required));
    }

    [Fact]
    public void The_help_of_a_command_lists_its_subcommands_one_per_line()
    {
        var list = Repository.Between(Invocation.Good("runs", "--help").Output + "\n", "Commands:\n", "\n\n")!;
        Assert.Matches(@"\A  show <version>  [^\n]+\z", list);
    }

    [Fact]
    public void The_version_is_one_line_with_name_and_number()
    {
        var run = Invocation.Good("--version");
        Assert.Matches(@"\Akindred \d+\.\d+\.\d+\r?\n\z", run.Output);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void Command_lines_do_not_accumulate_in_shared_options()
    {
        // An option keeps references to all its commands. Creating new commands per line would slow down each next line and keep its
        // writers alive.
        var before = CommonOptions.Quiet.Parents.Count();
        for (var i = 0; i < 3; i++) Invocation.Good("train", "--help");

        Assert.Equal(before, CommonOptions.Quiet.Parents.Count());
    }

    [Fact]
    public void A_list_of_commands_does_not_change_their_own_help()
    {
        var own = Invocation.Good("train", "--help").Output;
        Invocation.Good("--help");

        Assert.Equal(own, Invocation.Good("train", "--help").Output);
    }

    private static Command Find(string path) => CommandTree.Walk(CommandLine.Root).Single(command => CommandTree.PathOf(command) == path);

    private static string[] Words(string path) => path.Split(' ')[1..];

    /// <summary>The arguments of kindred in a command's examples, one entry per call in a pipe.</summary>
    private static IEnumerable<string[]> ExamplesOf(string path)
    {
        var lines = Find(path).Description!.Split('\n').SkipWhile(line => line is not ("Examples:" or "Example:")).Skip(1).ToArray();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches("^  .*kindred ", line));
        return lines.SelectMany(line => PartOfShell().Split(line)).Select(part => Setting().Replace(part.Trim(), ""))
            .Where(part => part.StartsWith("kindred ", StringComparison.Ordinal)).Select(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]);
    }

    [GeneratedRegex(@"(?<=^  (-\S, )*)--[a-z-]+")]
    private static partial Regex OptionLine();

    [GeneratedRegex(@"[|&<>()]+")]
    private static partial Regex PartOfShell();

    [GeneratedRegex(@"^([A-Z_]+=\S+ )+")]
    private static partial Regex Setting();
}
