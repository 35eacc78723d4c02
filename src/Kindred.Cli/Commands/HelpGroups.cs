using System.CommandLine;
using System.Text;
using Kindred.Cli.Shell;

namespace Kindred.Cli.Commands;

/// <summary>Groups the options in the help of a command with many: first what it requires and its own, then those of its input, of methods, and common
/// ones.</summary>
internal static class HelpGroups
{
    private const string Heading = "Options:";
    private const string Required = "(REQUIRED)";

    // Fewer options need no order.
    private const int Few = 12;

    private static readonly Lazy<(string Heading, HashSet<string> Names)[]> _groups = new(() =>
    [
        ("Input:", NamesOf(
        [
            .. CommonOptions.OfSeeds, ColumnOptions.User, .. ColumnOptions.OfInteractions, .. ColumnOptions.OfUsers, .. TableOptions.OfIds,
            TableOptions.TimestampFormat, TableOptions.DecimalComma,
        ])),
        ("Method:", NamesOf(CommonOptions.OfMethod)),
        ("Common:", NamesOf(
        [
            SettingsOption.Settings, CommonOptions.Seed, CommonOptions.Threads, CommonOptions.Replace, CommonOptions.Output,
            CommonOptions.Quiet, new Option<bool>("--help"),
        ])),
    ]);

    /// <summary>Puts the options in the help of a command into groups.</summary>
    public static string Apply(string help)
    {
        var lines = help.Split('\n');
        var start = Array.FindIndex(lines, line => line.TrimEnd() == Heading);
        if (start < 0) return help;
        var end = Array.FindIndex(lines, start, line => line.Trim().Length == 0);
        if (end < 0) end = lines.Length;
        var entries = Entries(lines[(start + 1)..end]);
        if (entries.Count <= Few) return help;
        var grouped = new StringBuilder().AppendJoin('\n', lines[..start]).Append('\n');
        var left = entries.Where(entry => !entry.Text.Contains(Required, StringComparison.Ordinal)).ToArray();
        var own = left.Where(entry => _groups.Value.All(group => !group.Names.Contains(entry.Name)));
        Write(Heading, entries.Except(left).Concat(own), grouped);
        foreach (var (heading, names) in _groups.Value) Write(heading, left.Where(entry => names.Contains(entry.Name)), grouped);
        return grouped.AppendJoin('\n', lines[(end + 1)..]).ToString();
    }

    private static void Write(string heading, IEnumerable<(string Name, string Text)> entries, StringBuilder help)
    {
        var texts = entries.Select(entry => entry.Text).ToArray();
        if (texts.Length > 0) help.Append(heading).Append('\n').AppendJoin('\n', texts).Append("\n\n");
    }

    private static List<(string Name, string Text)> Entries(string[] lines)
    {
        var entries = new List<(string Name, string Text)>();
        foreach (var line in lines)
        {
            if (line.StartsWith("  -", StringComparison.Ordinal))
            {
                entries.Add((line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).First(word => word.StartsWith("--", StringComparison.Ordinal)), line));
            }
            else if (entries.Count > 0)
            {
                entries[^1] = (entries[^1].Name, $"{entries[^1].Text}\n{line}");
            }
        }

        return entries;
    }

    private static HashSet<string> NamesOf(IEnumerable<Option> options) =>
        options.Select(option => option.Name).ToHashSet(StringComparer.Ordinal);
}
