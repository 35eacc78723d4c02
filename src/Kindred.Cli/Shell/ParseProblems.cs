using System.CommandLine;
using System.CommandLine.Parsing;

namespace Kindred.Cli.Shell;

/// <summary>What is wrong with a command line, in sentences; a word that nobody knows comes with the one that was probably meant.</summary>
internal static class ParseProblems
{
    /// <summary>The sentences, none for a command line that can be run.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = CommandTree.PathOf(command);
        if (UnknownCommand(parsed) is { } word)
        {
            // What follows belongs to the command that was meant, so that it cannot be judged.
            return [NoCommand(word, command)];
        }

        var names = CommandTree.OptionNamesOf(command).ToArray();
        var unknown = UnknownOptions(parsed);
        var problems = unknown.Select(option => $"There is no option '{option}' of `{path}`.{Spelling.DidYouMean(option, names)}").ToList();

        // What stands behind an unknown option is most likely its value.
        if (unknown.Count == 0) problems.AddRange(parsed.UnmatchedTokens.Select(token => $"'{token}' is not expected: it is no option of `{path}`, and the value of none."));
        var meant = unknown.Select(option => Spelling.Nearest(option, names)).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(parsed.Errors.Where(error => !IsOfUnknown(error, parsed, unknown.Count > 0) && !IsMissing(error, meant)).Select(error => error.Message));
        return [.. problems.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>That a word is no command below another.</summary>
    public static string NoCommand(string word, Command above)
    {
        var of = above.Parents.Any() ? $" of `{CommandTree.PathOf(above)}`" : "";
        return $"There is no command '{word}'{of}.{Spelling.DidYouMean(word, CommandTree.CommandsOf(above).Select(below => below.Name))}";
    }

    private static string? UnknownCommand(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (!CommandTree.CommandsOf(command).Any() || command.Arguments.Count > 0) return null;
        return parsed.UnmatchedTokens is [var first, ..] && first[0] != '-' ? first : null;
    }

    /// <summary>Words that look like options and are none of the command, even where an option or argument has taken them for a value.</summary>
    private static IReadOnlyList<string> UnknownOptions(ParseResult parsed)
    {
        var unmatched = parsed.UnmatchedTokens.Where(token => token.Length > 1 && token[0] == '-');
        var taken = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Where(token => token.Type == TokenType.Argument && token.Value.Length > 2 && token.Value.StartsWith("--", StringComparison.Ordinal)).Select(token => token.Value);
        return [.. taken.Concat(unmatched).Select(word => word.Split('=')[0]).Distinct(StringComparer.Ordinal)];
    }

    // What the parser says about words that were told of already.
    private static bool IsOfUnknown(ParseError error, ParseResult parsed, bool unknownOptions) =>
        parsed.UnmatchedTokens.Any(token => error.Message == $"Unrecognized command or argument '{token}'.") ||
        (unknownOptions && error.Message == "Required command was not provided.");

    private static bool IsMissing(ParseError error, HashSet<string?> meant) => meant.Any(option => option is not null && error.Message == $"Option '{option}' is required.");
}
