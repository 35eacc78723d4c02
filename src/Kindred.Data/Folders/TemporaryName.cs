using System.Security.Cryptography;

namespace Kindred.Data.Folders;

/// <summary>Names under which outputs are written until they are whole.</summary>
internal static class TemporaryName
{
    private const string FilePrefix = ".tmp-";

    /// <summary>A new name in the same folder as <paramref name="path"/>, so that renaming is one step.</summary>
    /// <remarks>Only the name is random, never what is written.</remarks>
    public static string OfFolder(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.tmp-{Unique()}");

    /// <summary>The same for a file; the name keeps its ending, which decides the format.</summary>
    public static string OfFile(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $"{FilePrefix}{Unique()}.{Path.GetFileName(path)}");

    /// <summary>Finds files and folders beside a path that have a temporary name of it, in ordinal order.</summary>
    public static IReadOnlyList<string> Beside(string path)
    {
        var (folder, name) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.EnumerateFileSystemEntries(folder).Where(entry =>
            IsOf(Path.GetFileName(entry), name)).Order(StringComparer.Ordinal)];
    }

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

    private static bool IsOf(string entry, string name)
    {
        if (entry.StartsWith($".{name}.tmp-", StringComparison.Ordinal)) return true;
        // The unique part of a name has no dot.
        return entry.StartsWith(FilePrefix, StringComparison.Ordinal) && entry.IndexOf('.', FilePrefix.Length) is > 0 and var dot
            && entry[(dot + 1)..] == name;
    }

    private static string Unique() => $"{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
}
