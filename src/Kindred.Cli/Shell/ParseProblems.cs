using System.CommandLine;
using System.CommandLine.Parsing;

namespace Kindred.Cli.Shell;

/// <summary>Describes what is wrong with a command line. An unknown word comes with the nearest known one.</summary>
internal static class ParseProblems
{
    /// <summary>The problems as sentences; empty for a valid command line.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = CommandTree.PathOf(command);
        if (UnknownCommand(parsed) is { } word)
        {
            // The rest belongs to the intended command, so it cannot be validated.
            return [NoCommand(word, command)];
        }

        var names = CommandTree.OptionNamesOf(command).ToArray();
        var unknown = UnknownOptions(parsed);
        var problems = unknown.Select(option => $"There is no option '{option}' of `{path}`.{Spelling.DidYouMean(option, names)}").ToList();

        // The word after an unknown option is most likely its value.
        if (unknown.Count == 0)
        {
            problems.AddRange(
                parsed.UnmatchedTokens.Select(token =>
                    $"'{token}' is unexpected: it is neither an option of `{path}` nor the value of one."));
        }

        var meant = unknown.Select(option => Spelling.Synonym(option, names) ?? Spelling.Nearest(option, names)).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(parsed.Errors.Where(error => !IsOfUnknown(error, parsed, unknown.Count > 0) && !IsMissing(error, meant))
            .Select(error => error.Message));
        return [.. problems.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The message for an unknown command.</summary>
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

    /// <summary>Finds words that look like options but are not options of the command, even if another option took them as a
    /// value.</summary>
    private static IReadOnlyList<string> UnknownOptions(ParseResult parsed)
    {
        var unmatched = parsed.UnmatchedTokens.Where(token => token.Length > 1 && token[0] == '-');
        var taken = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Where(token => token.Type == TokenType.Argument && token.Value.Length > 2
                && token.Value.StartsWith("--", StringComparison.Ordinal)).Select(token => token.Value);
        return [.. taken.Concat(unmatched).Select(word => word.Split('=')[0]).Distinct(StringComparer.Ordinal)];
    }

    // The parser's errors about words that are already reported.
    private static bool IsOfUnknown(ParseError error, ParseResult parsed, bool unknownOptions) =>
        parsed.UnmatchedTokens.Any(token => error.Message == $"Unrecognized command or argument '{token}'.") ||
        (unknownOptions && error.Message == "Required command was not provided.");

    private static bool IsMissing(ParseError error, HashSet<string?> meant) =>
        meant.Any(option => option is not null && error.Message == $"Option '{option}' is required.");
}
