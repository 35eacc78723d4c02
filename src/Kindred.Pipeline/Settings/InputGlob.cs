namespace Kindred.Pipeline.Settings;

/// <summary>Files that a setting names: paths, folders (all tables in them) and names with * and ?.</summary>
internal static class InputGlob
{
    private static readonly string[] _endings = [".csv", ".csv.gz", ".parquet"];

    /// <summary>The files, in ordinal order within each path that is given.</summary>
    /// <param name="paths">Relative to the folder of the settings.</param>
    /// <param name="folder">That folder.</param>
    /// <param name="error">Makes an error of a problem.</param>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> paths, string folder, Func<string, KindredException> error)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            var full = SettingsReader.At(folder, path);
            var found = Directory.Exists(full) ? Tables(full, "*")
                : path.Contains('*') || path.Contains('?') ? Tables(Path.GetDirectoryName(full)!, Path.GetFileName(full))
                : File.Exists(full) ? [full] : [];
            if (found.Length == 0) throw error($"'{path}' names no file: {full} {(Directory.Exists(full) ? "holds no .csv, .csv.gz or .parquet file" : "does not exist")}");
            files.AddRange(found);
        }

        return files;
    }

    private static string[] Tables(string folder, string pattern) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, pattern)
            .Where(file => pattern != "*" || (_endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)) && Path.GetFileName(file)[0] != '.'))
            .Order(StringComparer.Ordinal),
    ];
}
