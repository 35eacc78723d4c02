using System.CommandLine;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Commands;

/// <summary><c>kindred completion</c>, and the hidden <c>kindred complete</c> that its scripts ask.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> ShellName = OfShells();
    private static readonly Argument<string[]> Typed = new("word") { Description = "The words typed behind kindred, the last of which is completed.", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create()
    {
        var command = new Command("completion", "Prints a script that makes a shell complete commands, options, their choices, files and folders.\n\n" +
            "Put the line that loads it into ~/.bashrc or ~/.zshrc (there behind compinit).\n\n" +
            "Examples:\n  source <(kindred completion bash)\n  source <(kindred completion zsh)\n  kindred completion bash > ~/.local/share/bash-completion/completions/kindred")
        {
            ShellName,
        };
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            run.Output.WriteLine(CompletionScripts.Of(parsed.GetValue(ShellName)!).ReplaceLineEndings("\n"));
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Answers a script: what the shell is to complete, then the words, each with what it means behind a tabulator.</summary>
    public static Command CreateAsked()
    {
        var command = new Command("complete", "Says what may stand at the end of a command line.") { Typed };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var run = CommandRun.Of(parsed);
            var answer = CompletionWords.Of(parsed.RootCommandResult.Command, parsed.GetValue(Typed)!);
            run.Output.WriteLine(answer.Kind switch { ValueKind.File => "files", ValueKind.Folder => "folders", _ => "words" });
            foreach (var (word, meaning) in answer.Words) run.Output.WriteLine($"{word}\t{meaning}");
            return ExitCode.Success;
        });
        return command;
    }

    private static Argument<string> OfShells()
    {
        var argument = new Argument<string>("shell") { Description = "The shell: bash or zsh.", HelpName = string.Join('|', CompletionScripts.Shells) };
        argument.CompletionSources.Add(CompletionScripts.Shells);
        argument.Validators.Add(result => CommonOptions.RequireKnown(result, "The shell", CompletionScripts.Shells));
        return argument;
    }
}
