using System.CommandLine;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred help</c>: the same as <c>--help</c>.</summary>
internal static class HelpCommand
{
    private static readonly Argument<string[]> Words = new("command")
    {
        Description = "The command to explain, as in experiment plan. Default: lists all commands.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create()
    {
        var command =
            new Command(CommandTree.Help,
                "Explains a command, like --help.\n\nExamples:\n  kindred help train\n  kindred help experiment plan")
        {
            Words,
        };
        command.SetAction(parsed =>
        {
            var (run, words) = (CommandRun.Of(parsed), parsed.GetValue(Words)!);
            Require(parsed.RootCommandResult.Command, words);
            return run.Again([.. words, "--help"]);
        });
        return command;
    }

    private static void Require(Command command, IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            command = CommandTree.CommandsOf(command).FirstOrDefault(below => below.Name == word)
                ?? throw new UsageException(ParseProblems.NoCommand(word, command));
        }
    }
}
