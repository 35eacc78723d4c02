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
        ReadRows(files, what, TableReader.Open, open, null, progress, cancellationToken);

    /// <summary>The same of files that are opened in a way of their own.</summary>
    public static long ReadRows(
        IReadOnlyList<string> files, string what, Func<string, TableReader> reader, Func<TableReader, int, Action> open,
        IProgress<ReadProgress>? progress, CancellationToken cancellationToken) =>
        ReadRows(files, what, reader, open, null, progress, cancellationToken);

    /// <summary>The same where a bad row need not be the end: it goes to <paramref name="rejected"/>, and it is no error that there are no rows.</summary>
    public static long ReadRows(
        IReadOnlyList<string> files, string what, Func<string, TableReader> reader, Func<TableReader, int, Action> open,
        Action<RowException>? rejected, IProgress<ReadProgress>? progress, CancellationToken cancellationToken)
    {
        if (files.Count == 0) throw new KindredException(ErrorKind.Usage, $"No file of {what} was given. Give at least one CSV, JSON lines or Parquet file.");
        var rows = 0L;
        for (var i = 0; i < files.Count; i++)
        {
            using var table = files[i] == StandardInput.Name ? StandardInput.Open(ids: null, cancellationToken) : reader(files[i]);
            var read = open(table, i);
            while (Next(table, read, rejected))
            {
                if (++rows % RowsBetweenReports != 0) continue;
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(new ReadProgress(rows, (i + table.Progress) / files.Count));
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(new ReadProgress(rows, 1));
        return rows > 0 || rejected is not null ? rows : throw Errors.BadFile(string.Join(", ", files.Take(3)),
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
