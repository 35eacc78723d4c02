using Kindred.Data.Tables;

namespace Kindred.Data.Inputs;

/// <summary>Reads several files as if they were one.</summary>
internal static class InputFiles
{
    private const int RowsBetweenReports = 1 << 16;

    /// <summary>Calls <paramref name="open"/> once per file, and the action that it returns once per row.</summary>
    /// <returns>The number of rows.</returns>
    public static long ReadRows(
        IReadOnlyList<string> files, string what, Func<TableReader, int, Action> open,
        IProgress<ReadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        ReadRows(files, what, HeaderRule.Always, open, null, progress, cancellationToken);

    /// <summary>Reads files that may be lists of ids without a header.</summary>
    public static long ReadRows(
        IReadOnlyList<string> files, string what, HeaderRule header, Func<TableReader, int, Action> open,
        IProgress<ReadProgress>? progress, CancellationToken cancellationToken) =>
        ReadRows(files, what, header, open, null, progress, cancellationToken);

    /// <summary>Reads on after a bad row, which goes to <paramref name="rejected"/> unless that is null; then files without rows are
    /// allowed too.</summary>
    public static long ReadRows(
        IReadOnlyList<string> files, string what, HeaderRule header, Func<TableReader, int, Action> open,
        Action<RowException>? rejected, IProgress<ReadProgress>? progress, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            throw new KindredException(ErrorKind.Usage, "no_input_files", $"No file of {what} was given.",
                "Give at least one CSV, JSON lines or Parquet file.");
        }

        var rows = 0L;
        for (var i = 0; i < files.Count; i++)
        {
            using var table = TableReader.Open(files[i], header, cancellationToken);
            var read = open(table, i);
            while (Next(table, read, rejected))
            {
                // Not per batch: rows may be a million letters long.
                cancellationToken.ThrowIfCancellationRequested();
                if (++rows % RowsBetweenReports != 0) continue;
                progress?.Report(new ReadProgress(rows, (i + table.Progress) / files.Count));
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(new ReadProgress(rows, 1));
        return rows > 0 || rejected is not null ? rows : throw Errors.BadFile("no_rows", string.Join(", ", files.Take(3)),
            $"line 2: the header is there, but no rows of {what}", "Check the export that wrote the file");
    }

    private static bool Next(TableReader table, Action read, Action<RowException>? rejected)
    {
        try
        {
            if (!table.Read()) return false;
            read();
        }
        catch (RowException row) when (rejected is not null)
        {
            rejected(row);
        }

        return true;
    }
}
