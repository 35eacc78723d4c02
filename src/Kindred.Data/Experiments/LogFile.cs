using System.Globalization;
using Kindred.Data.Tables;

namespace Kindred.Data.Experiments;

/// <summary>One file of a log, as described by its header.</summary>
/// <param name="Path">The file.</param>
/// <param name="Role">The kind of its rows.</param>
/// <param name="Columns">Names of its columns.</param>
/// <param name="Parts">Number of parts that can be read in parallel.</param>
/// <param name="LineName">The unit of a row's place: "line" or "row".</param>
internal sealed record LogFile(string Path, LogFileRole Role, IReadOnlyList<string> Columns, int Parts, string LineName)
{
    /// <summary>Reads the headers of all files of a log, in the order that numbers them.</summary>
    public static IReadOnlyList<LogFile> OpenAll(ExperimentLogOptions options)
    {
        LogFile[] files =
        [
            .. OpenAll(options.Files, LogFileRole.Log, options),
            .. OpenAll(options.Assignments, LogFileRole.Assignment, options),
            .. OpenAll(options.Excluded, LogFileRole.Exclusion, options),
        ];
        return files;
    }

    /// <summary>Opens the file for reading.</summary>
    /// <param name="unit">The column of units; a list of units may have no header.</param>
    public TableReader Open(string? unit) => Open(Path, Role, unit);

    /// <summary>The readable place of a row.</summary>
    public string PlaceOf(long line) => $"{Path}, {LineName} {line.ToString(CultureInfo.InvariantCulture)}";

    private static IEnumerable<LogFile> OpenAll(IReadOnlyList<string> files, LogFileRole role, ExperimentLogOptions options) =>
        EmptyFiles.Without(files, options.Rules).Select(i => Open(files[i], role, options));

    private static LogFile Open(string path, LogFileRole role, ExperimentLogOptions options)
    {
        using var table = Open(path, role, options.Unit);
        return new LogFile(path, role, table.Columns, table.Parts, table.LineName);
    }

    private static TableReader Open(string path, LogFileRole role, string? unit) =>
        role == LogFileRole.Exclusion ? TableReader.OpenIds(path, unit!) : TableReader.Open(path);
}
