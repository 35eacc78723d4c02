using Kindred.Data.Tables;
using Kindred.Data.Values;

namespace Kindred.Data.Inputs;

/// <summary>Reads several files as if they were one.</summary>
internal static class InputFiles
{
    private const int RowsBetweenReports = 1 << 16;

    /// <summary>Calls <paramref name="open"/> once per file, and the action that it returns once per row.</summary>
    /// <param name="files">The files; empty ones beside others are passed over.</param>
    /// <param name="what">Their rows, for errors.</param>
    /// <param name="header">Whether they may be lists of ids without a header.</param>
    /// <param name="rules">How their values are written.</param>
    /// <param name="open">Gets a table and the number of its file.</param>
    /// <param name="rejected">Receives bad rows, and reading goes on; then files without rows are allowed too. Null: they are
    /// errors.</param>
    /// <param name="progress">Receives progress; may be null.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The number of rows.</returns>
    public static long ReadRows(
        IReadOnlyList<string> files, string what, HeaderRule header, TableRules rules, Func<TableReader, int, Action> open,
        Action<RowException>? rejected, IProgress<ReadProgress>? progress, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            throw new KindredException(ErrorKind.Usage, "no_input_files", $"No file of {what} was given.",
                "Give at least one CSV, JSON lines or Parquet file.");
        }

        var (rows, skipped) = (0L, 0L);
        foreach (var i in EmptyFiles.Without(files, rules))
        {
            using var table = TableReader.Open(files[i], header, rules, cancellationToken);
            var read = open(table, i);
            while (Next(table, read, rejected, ref skipped))
            {
                // Not per batch: rows may be a million letters long.
                cancellationToken.ThrowIfCancellationRequested();
                if (++rows % RowsBetweenReports != 0) continue;
                progress?.Report(new ReadProgress(rows, (i + table.Progress) / files.Count));
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(new ReadProgress(rows, 1));
        if (skipped > 0) rules.Note?.Invoke($"Left out {skipped:N0} {(skipped == 1 ? "row" : "rows")} of {what} without an id.");
        return rows > skipped || rejected is not null ? rows - skipped
            : throw Errors.BadFile("no_rows", string.Join(", ", files.Take(3)),
                $"line 2: the header is there, but no rows of {what}{(skipped > 0 ? " that have an id" : "")}",
                "Check the export that wrote the file");
    }

    private static bool Next(TableReader table, Action read, Action<RowException>? rejected, ref long skipped)
    {
        try
        {
            if (!table.Read()) return false;
            if (table.IsSkipped) skipped++;
            else read();
        }
        catch (RowException row) when (rejected is not null)
        {
            rejected(row);
        }

        return true;
    }
}
