using System.CommandLine;
using System.CommandLine.Completions;

namespace Kindred.Cli.Shell;

/// <summary>Completions for the end of a command line.</summary>
/// <param name="Kind">The kind of completion: words, or file or folder names, which the shell finds itself.</param>
/// <param name="Words">The words with their meanings; empty for files and folders.</param>
internal sealed record CompletionWords(ValueKind Kind, IReadOnlyList<(string Word, string Meaning)> Words)
{
    /// <summary>Completes the last word typed after <c>kindred</c>, which may be empty.</summary>
    public static CompletionWords Of(Command root, IReadOnlyList<string> typed)
    {
        // A shell may split --output=json into three words.
        var current = typed.Count > 0 && typed[^1] != "=" ? typed[^1] : "";
        var (command, asked, onlyArguments) = Follow(root, [.. typed.SkipLast(1)]);
        if (current.StartsWith("--", StringComparison.Ordinal) && current.IndexOf('=') is > 0 and var sign && !onlyArguments)
        {
            var option = Find(command, current[..sign]);
            return option is null ? None : Values(option, current[(sign + 1)..], current[..(sign + 1)]);
        }

        var optionsToo = current.StartsWith('-') && !onlyArguments;
        if (asked is not null && !(optionsToo && asked.AllowMultipleArgumentsPerToken)) return Values(asked, current, "");
        if (optionsToo) return Options(command, current);

        // "help" is followed by the names of commands.
        var explained = command.Name == CommandTree.Help;
        if (explained) command = Follow(root, [.. typed.SkipLast(1).Where((_, i) => i > 0)]).Command;
        var below = CommandTree.CommandsOf(command).Select(next => (next.Name, FirstSentence(next.Description)));
        if (explained) return Matching(below, current);
        if (command.Arguments is [var argument, ..])
        {
            var kind = CommandTree.KindOf(argument.HelpName ?? argument.Name);
            return kind == ValueKind.Word
                ? Matching(below.Concat(Known(argument.GetCompletions(CompletionContext.Empty))), current)
                : new CompletionWords(kind, []);
        }

        return CommandTree.CommandsOf(command).Any() || onlyArguments ? Matching(below, current) : Options(command, current);
    }

    private static readonly CompletionWords None = new(ValueKind.Word, []);

    /// <summary>The command that the words name, and the option whose value comes next.</summary>
    private static (Command Command, Option? Asked, bool OnlyArguments) Follow(Command command, IReadOnlyList<string> words)
    {
        Option? asked = null;
        foreach (var word in words)
        {
            if (word == "=" && asked is not null) continue;
            if (word == "--") return (command, null, true);
            if (Find(command, word.Split('=')[0]) is { } option)
            {
                asked = CommandTree.TakesValue(option) && !word.Contains('=') ? option : null;
            }
            else if (asked is null or { AllowMultipleArgumentsPerToken: true } && command.Subcommands.FirstOrDefault(below => below.Name == word) is { } next)
            {
                (command, asked) = (next, null);
            }
            else if (asked is { AllowMultipleArgumentsPerToken: false })
            {
                asked = null;
            }
        }

        return (command, asked, false);
    }

    private static Option? Find(Command command, string word) =>
        CommandTree.OptionsOf(command).FirstOrDefault(option => option.Name == word || option.Aliases.Contains(word));

    private static CompletionWords Options(Command command, string current) =>
        Matching(CommandTree.OptionsOf(command).Select(option => (option.Name, FirstSentence(option.Description))), current);

    private static CompletionWords Values(Option option, string current, string before)
    {
        if (CommandTree.KindOf(option.HelpName) is var kind && kind != ValueKind.Word) return new CompletionWords(kind, []);

        // Comma-separated names are completed one by one.
        if (option.AllowMultipleArgumentsPerToken && current.LastIndexOf(',') is >= 0 and var comma)
        {
            (before, current) = (before + current[..(comma + 1)], current[(comma + 1)..]);
        }

        var found = Matching(Known(option.GetCompletions(CompletionContext.Empty)), current);
        return found with { Words = [.. found.Words.Select(word => (before + word.Word, word.Meaning))] };
    }

    private static IEnumerable<(string, string)> Known(IEnumerable<CompletionItem> items) =>
        items.Select(item => (item.InsertText ?? item.Label, ""));

    private static CompletionWords Matching(IEnumerable<(string Word, string Meaning)> words, string current) =>
        new(ValueKind.Word, [.. words.Where(word => word.Word.StartsWith(current, StringComparison.Ordinal))]);

    private static string FirstSentence(string? description)
    {
        var line = (description ?? "").Split('\n')[0];
        var end = line.IndexOfAny([';', ':', '.']);
        return end > 0 ? line[..end] : line;
    }
}
