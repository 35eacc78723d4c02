using System.CommandLine;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred completion</c>, and the hidden <c>kindred complete</c> that its scripts call.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> ShellName = OfShells();
    private static readonly Argument<string[]> Typed =
        new("word") { Description = "The words typed after kindred; the last one is completed.", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create()
    {
        var command = new Command("completion",
            "Prints a completion script for your shell: commands, options, choices, files and folders.\n\n" +
            "Add the line that loads it to ~/.bashrc, or to ~/.zshrc after compinit.\n\n" +
            "Examples:\n  source <(kindred completion bash)\n  source <(kindred completion zsh)\n  kindred completion bash > " +
                "~/.local/share/bash-completion/completions/kindred")
        {
            ShellName,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            run.Data.WriteLine(CompletionScripts.Of(parsed.GetValue(ShellName)!).ReplaceLineEndings("\n"));
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Answers a completion script: the kind of completion, then one word per line with its meaning after a tab.</summary>
    public static Command CreateAsked()
    {
        var command = new Command("complete", "Lists completions for a command line.") { Typed };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var answer = CompletionWords.Of(parsed.RootCommandResult.Command, parsed.GetValue(Typed)!);
            run.Data.WriteLine(answer.Kind switch { ValueKind.File => "files", ValueKind.Folder => "folders", _ => "words" });
            foreach (var (word, meaning) in answer.Words) run.Data.WriteLine($"{word}\t{meaning}");
            return ExitCode.Success;
        });
        return command;
    }

    private static Argument<string> OfShells()
    {
        var argument =
            new Argument<string>("shell")
            {
                Description = "The shell: bash or zsh.",
                HelpName = string.Join('|', CompletionScripts.Shells)
            };
        argument.CompletionSources.Add(CompletionScripts.Shells);
        argument.Validators.Add(result => CommonOptions.RequireKnown(result, "The shell", CompletionScripts.Shells));
        return argument;
    }
}
