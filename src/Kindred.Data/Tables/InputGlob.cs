
namespace Kindred.Data.Tables;

/// <summary>Finds named input files: paths, folders (all tables in them) and paths with * and ?.</summary>
public static class InputGlob
{
    /// <summary>The endings of the files that a folder stands for; those in its folders of the form key=value too.</summary>
    public const string Endings = ".csv, .csv.gz, .jsonl, .jsonl.gz, .ndjson, .ndjson.gz or .parquet";

    private static readonly string[] _endings = [".csv", ".csv.gz", ".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz", ".parquet"];

    /// <summary>The files, each once, in ordinal order within each given path.</summary>
    /// <param name="paths">Relative to a folder.</param>
    /// <param name="folder">That folder.</param>
    /// <param name="error">Makes an error of a problem.</param>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> paths, string folder, Func<string, KindredException> error)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            var full = Path.GetFullPath(path, folder);
            var found = Find(full);
            if (found.Count == 0) throw error($"'{path}' names no file: {full} {NothingFound(full)}");
            files.AddRange(found);
        }

        return Once(files);
    }

    /// <summary>Removes repeated files, such as a path that a folder or pattern also matches: read twice, their rows would count
    /// twice.</summary>
    public static IReadOnlyList<string> Once(IEnumerable<string> files) =>
        [.. files.DistinctBy(file => file.Length == 0 ? file : Path.GetFullPath(file))];

    /// <summary>The files that a path stands for, in ordinal order; none if there is no such file or no table in the folder.</summary>
    /// <remarks>A file that exists is taken literally, even if its name looks like a pattern. Hidden files match only a pattern that begins
    /// with a point.</remarks>
    public static IReadOnlyList<string> Find(string path)
    {
        if (File.Exists(path)) return [path];
        if (Directory.Exists(path)) return TableFormats.Of(path) is null ? Tables(path) : [path];
        return IsPattern(path) ? [.. Matching(path, folders: false).Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Tells whether a path has a * or ?.</summary>
    public static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?');

    /// <summary>The problem of a path for which <see cref="Find"/> finds nothing, as the end of a sentence.</summary>
    public static string NothingFound(string path)
    {
        if (Directory.Exists(path)) return $"holds no {Endings} file";
        if (!IsPattern(path)) return "does not exist";
        var folder = Path.GetDirectoryName(path) is { Length: > 0 } above ? above : ".";
        return Directory.Exists(folder)
            ? FormattableString.Invariant($"matches none of the {Directory.EnumerateFiles(folder).Count():N0} files of {folder}")
            : IsPattern(folder) ? "matches no file" : $"matches no file: there is no folder {folder}";
    }

    // Folders called key=value belong to the table, as Hive and Spark write it.
    private static string[] Tables(string folder) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Where(file => _endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)) && Path.GetFileName(file)[0] != '.')
            .Concat(Directory.EnumerateDirectories(folder).Where(Partition.Is).SelectMany(Tables))
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Matching(string path, bool folders)
    {
        var (above, name) = (Path.GetDirectoryName(path) ?? "", Path.GetFileName(path));
        var within = IsPattern(above) ? Matching(above, folders: true) : above.Length == 0 || Directory.Exists(above) ? [above] : [];
        return within.SelectMany(folder => In(folder, name, folders));
    }

    private static IEnumerable<string> In(string folder, string name, bool folders)
    {
        if (!IsPattern(name)) return Exists(Path.Combine(folder, name), folders) ? [Path.Combine(folder, name)] : [];
        // A * alone means the tables, as the folder does.
        if (name == "*" && !folders)
        {
            return Tables(folder.Length == 0 ? "." : folder).Select(file => Path.Combine(folder, Path.GetFileName(file)));
        }
        var options = new EnumerationOptions { MatchType = MatchType.Simple, AttributesToSkip = 0 };
        var found = folders ? Directory.EnumerateDirectories(folder.Length == 0 ? "." : folder, name, options)
            : Directory.EnumerateFiles(folder.Length == 0 ? "." : folder, name, options);
        return found.Select(at => Path.GetFileName(at)!).Where(found => name[0] == '.' || found[0] != '.')
            .Select(found => Path.Combine(folder, found));
    }

    private static bool Exists(string path, bool folder) => folder ? Directory.Exists(path) : File.Exists(path);
}
