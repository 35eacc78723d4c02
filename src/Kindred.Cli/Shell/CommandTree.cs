using System.CommandLine;

namespace Kindred.Cli.Shell;

/// <summary>The tree of commands, options and the values they take.</summary>
internal static class CommandTree
{
    /// <summary>The name of the command that explains commands.</summary>
    public const string Help = "help";

    /// <summary>The full name of a command, as in <c>kindred runs show</c>.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;

    /// <summary>The options of a command that its help shows.</summary>
    public static IEnumerable<Option> OptionsOf(Command command)
    {
        var above = command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive);
        return command.Options.Concat(above).Where(option => !option.Hidden).Distinct();
    }

    /// <summary>All option names, longest first, for finding what a mistyped name meant.</summary>
    public static IEnumerable<string> OptionNamesOf(Command command)
    {
        var options = OptionsOf(command).ToArray();
        return options.Select(option => option.Name).Concat(options.SelectMany(option => option.Aliases));
    }

    /// <summary>The subcommands that a command's help shows.</summary>
    public static IEnumerable<Command> CommandsOf(Command command) => command.Subcommands.Where(below => !below.Hidden);

    /// <summary>A command and all its visible subcommands.</summary>
    public static IEnumerable<Command> Walk(Command command) => CommandsOf(command).SelectMany(Walk).Prepend(command);

    /// <summary>Puts required options first, in a command and all its subcommands: help shows this order.</summary>
    public static Command WithRequiredFirst(Command command)
    {
        Option[] options = [.. command.Options.OrderByDescending(option => option.Required)];
        for (var i = 0; i < options.Length; i++) command.Options[i] = options[i];
        foreach (var below in command.Subcommands) WithRequiredFirst(below);
        return command;
    }

    /// <summary>Returns true if an option takes a value.</summary>
    public static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);

    /// <summary>The kind of an option's or argument's values, derived from the placeholder that help shows.</summary>
    public static ValueKind KindOf(string? shownAs) => shownAs switch
    {
        _ when shownAs is null => ValueKind.Word,
        _ when shownAs.StartsWith("FILE", StringComparison.Ordinal) => ValueKind.File,
        _ when shownAs.StartsWith("DIR", StringComparison.Ordinal)
            || shownAs.StartsWith("FOLDER", StringComparison.Ordinal) => ValueKind.Folder,
        _ => ValueKind.Word,
    };
}
