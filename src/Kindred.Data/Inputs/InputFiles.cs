using Kindred.Data.Tables;

namespace Kindred.Data.Inputs;

/// <summary>Goes through several files as if they were one.</summary>
internal static class InputFiles
{
    private const int RowsBetweenReports = 1 << 16;

    /// <summary>Calls <paramref name="open"/> once a file, and what it returns once a row.</summary>
    /// <returns>Rows read.</returns>
    public static long ReadRows(
        IReadOnlyList<string> files, string what, Func<TableReader, int, Action> open,
        IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        ReadRows(files, what, TableReader.Open, open, progress, cancellationToken);

    /// <summary>The same of files that are opened in a way of their own.</summary>
    public static long ReadRows(
        IReadOnlyList<string> files, string what, Func<string, TableReader> reader, Func<TableReader, int, Action> open,
        IProgress<ReadProgress>? progress, CancellationToken cancellationToken)
    {
        if (files.Count == 0) throw new KindredException(ErrorKind.Usage, $"No file of {what} was given. Give at least one CSV or Parquet file.");
        var rows = 0L;
        for (var i = 0; i < files.Count; i++)
        {
            using var table = reader(files[i]);
            var read = open(table, i);
            while (table.Read())
            {
                read();
                if (++rows % RowsBetweenReports != 0) continue;
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(new ReadProgress(rows, (i + table.Progress) / files.Count));
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(new ReadProgress(rows, 1));
        return rows > 0 ? rows : throw Errors.BadFile(string.Join(", ", files.Take(3)),
            $"line 2: the header is there, but no rows of {what}", "Check the export that wrote the file");
    }
}
