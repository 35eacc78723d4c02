using System.CommandLine;
using Kindred.Data.Tables;
using Kindred.Pipeline.Settings;

namespace Kindred.Cli.Shell;

/// <summary>The option for a file of a command's other options, one key each: <c>seed_sizes: [50, 200]</c> for
/// <c>--seed-sizes 50 200</c>.</summary>
internal static class SettingsOption
{
    private const string Guide = "docs/reference/shell.md";

    public static readonly Option<string?> Settings = new("--settings")
    {
        Description = "A YAML or JSON file with options of this command, as in `dimension: 64`. Options of the command line come before it.",
        HelpName = "FILE",
    };

    /// <summary>Adds the options of a settings file to a command line, except those that it has itself.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="root">The root of all commands.</param>
    /// <exception cref="KindredException">The file cannot be read, or a key is no option of the command.</exception>
    public static string[] Expand(string[] arguments, Command root)
    {
        var command = root;
        foreach (var word in arguments)
        {
            if (command.Subcommands.FirstOrDefault(below => below.Name == word) is not { } below) break;
            command = below;
        }

        if (!command.Options.Contains(Settings) || FileOf(arguments) is not { } file) return arguments;
        var given = arguments.TakeWhile(word => word != "--").Select(word => word.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        var options = command.Options.Where(option => option != Settings).ToArray();
        var added = OptionSetting.Read(file, Guide).SelectMany(setting => WordsOf(setting, options, given, Path.GetDirectoryName(file) ?? ""));
        return [.. arguments, .. added];
    }

    private static string? FileOf(string[] arguments)
    {
        var at = Array.FindIndex(arguments, word => word.Split('=')[0] == Settings.Name);
        if (at < 0) return null;
        return arguments[at].Contains('=', StringComparison.Ordinal) ? arguments[at][(Settings.Name.Length + 1)..]
            : at + 1 < arguments.Length ? arguments[at + 1] : null;
    }

    private static IEnumerable<string> WordsOf(OptionSetting setting, Option[] options, HashSet<string> given, string folder)
    {
        var name = "--" + setting.Key.Replace('_', '-');
        if (options.FirstOrDefault(option => option.Name == name) is not { } option)
        {
            var names = options.Select(known => known.Name[2..].Replace('-', '_'));
            var meant = Spelling.Nearest(setting.Key, names) is { } near ? $"; did you mean '{near}'?" : "";
            throw setting.Error($"there is no setting '{setting.Key}' of this command{meant}".TrimEnd('?'));
        }

        if (given.Contains(name) || option.Aliases.Any(given.Contains)) return [];
        if (CommandTree.TakesValue(option)) return setting.Values.Select(value => At(option, value, folder)).Prepend(name);
        return setting.Values is ["true"] ? [name]
            : setting.Values is ["false"] ? []
            : throw setting.Error($"'{setting.Key}' is '{string.Join(", ", setting.Values)}'; it must be true or false");
    }

    // Paths in a settings file begin at its folder.
    private static string At(Option option, string value, string folder) =>
        CommandTree.KindOf(option.HelpName) == ValueKind.Word || value == StandardInput.Name ? value : Path.Combine(folder, value);
}
