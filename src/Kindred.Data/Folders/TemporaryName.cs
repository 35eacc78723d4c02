using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Kindred.Data.Folders;

/// <summary>Names under which outputs are written until they are whole: a dot, the output's name, and <c>.tmp-PROCESS-RANDOM</c>.</summary>
internal static partial class TemporaryName
{
    /// <summary>What <see cref="AtomicRename.Exchange"/> adds while it swaps two folders by several renames.</summary>
    public const string AsideSuffix = "-old";

    /// <summary>A new name in the same folder as <paramref name="path"/>, so that renaming is one step.</summary>
    /// <remarks>Only the name is random, never what is written.</remarks>
    public static string Of(string path) => Path.Combine(Path.GetDirectoryName(path)!,
        $".{Path.GetFileName(path)}.tmp-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");

    /// <summary>Finds files and folders beside a path that have a temporary name of it, in ordinal order.</summary>
    public static IReadOnlyList<string> Beside(string path)
    {
        var (folder, name) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        return [.. In(folder).Where(entry => OutputOf(entry.Path) == name).Select(entry => entry.Path)];
    }

    /// <summary>Finds everything with a temporary name in a folder and the process that made it, in ordinal order.</summary>
    public static IReadOnlyList<(string Path, int Process)> In(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        return
        [
            .. Directory.EnumerateFileSystemEntries(folder, ".*").Select(entry => (Path: entry, Process: ProcessOf(entry)))
                .Where(entry => entry.Process > 0).OrderBy(entry => entry.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>The name of the output that a temporary name is of.</summary>
    public static string OutputOf(string temporary) => Pattern().Match(Path.GetFileName(temporary)) is { Success: true } match
        ? match.Groups["name"].Value
        : OldPattern().Match(Path.GetFileName(temporary)).Groups["name"].Value;

    /// <summary>The full path of an output, without a slash at its end.</summary>
    public static string Normalise(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new KindredException(ErrorKind.Usage, "empty_output_name", "The name of the output is empty.",
                "Give a path, for example population.");
        }

        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.GetDirectoryName(full) is not null ? full : throw new KindredException(ErrorKind.Output, "output_is_root",
            $"'{path}' is the root of a file system and cannot be an output.", "Choose a folder inside it.");
    }

    private static int ProcessOf(string entry)
    {
        var name = Path.GetFileName(entry);
        var match = Pattern().Match(name) is { Success: true } now ? now : OldPattern().Match(name);
        return match.Success && int.TryParse(match.Groups["process"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture,
            out var process) ? process : 0;
    }

    [GeneratedRegex(@"^\.(?<name>.+)\.tmp-(?<process>[0-9]+)-[0-9a-f]{8}(-old|\.vectors)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    // The names of files in earlier versions.
    [GeneratedRegex(@"^\.tmp-(?<process>[0-9]+)-[0-9a-f]{8}\.(?<name>.+)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex OldPattern();
}
