using Kindred.Data.Tables;
using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>Reads seed lists: user_id, seed_list_id if a file has several lists, and the requested metric columns.</summary>
public static class SeedListReader
{
    /// <summary>Reads all files; a list may be spread over several.</summary>
    /// <param name="files">CSV, gzip CSV or Parquet.</param>
    /// <param name="options">Names of columns.</param>
    /// <param name="progress">Receives progress every 65,536 rows.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The lists in ordinal order of their ids.</returns>
    /// <exception cref="KindredException">A file or a row is wrong, or two files without a column of lists have the same name.</exception>
    public static IReadOnlyList<SeedList> Read(
        IReadOnlyList<string> files,
        SeedListOptions? options = null,
        IProgress<ReadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new SeedListOptions();
        var rows = new SeedListRows(options);
        InputFiles.ReadRows(files, "seed lists", HeaderOf(options), options.Rules, rows.Open, null, progress, cancellationToken);
        return rows.Build();
    }

    /// <summary>Reads all files to their ends, counting bad rows instead of stopping at them.</summary>
    /// <param name="files">CSV, gzip CSV or Parquet.</param>
    /// <param name="options">Names of columns.</param>
    /// <param name="progress">Receives progress every 65,536 rows.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The lists and the rejected rows.</returns>
    /// <exception cref="KindredException">A file cannot be read, is damaged, or lacks a column.</exception>
    public static SeedListReading ReadAll(
        IReadOnlyList<string> files,
        SeedListOptions? options = null,
        IProgress<ReadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new SeedListOptions();
        var rows = new SeedListRows(options, tally: true);
        var rejected = new RejectedRows();
        var others = new IReadOnlyList<string>[files.Count];
        Array.Fill(others, []);
        var (good, bad, at) = (new long[files.Count], new long[files.Count], 0);
        InputFiles.ReadRows(files, "seed lists", HeaderOf(options), options.Rules, Open, Reject, progress, cancellationToken);
        return new SeedListReading
        {
            Lists = rows.Build(),
            Files = [.. files.Select((file, i) => new SeedFileRows(file, good[i] + bad[i], bad[i]) { OtherColumns = others[i] })],
            Rejected = rejected,
            Metrics = rows.Ranges(),
        };

        void Reject(RowException row)
        {
            rejected.Add(row);
            bad[at]++;
        }

        Action Open(TableReader table, int file)
        {
            at = file;
            var read = rows.Open(table, file);
            others[file] = table.Columns.Contains(options.ListColumn) ? [] : [.. table.Columns.Where(name => name != options.UserColumn)];
            return () =>
            {
                read();
                good[file]++;
            };
        }
    }

    // A list of one column needs no header; if other columns are requested, there must be names.
    private static HeaderRule HeaderOf(SeedListOptions options) =>
        options.RequiresListColumn || options.MetricColumns is { Count: > 0 } ? HeaderRule.Always
            : HeaderRule.UnlessLikeData(options.UserColumn, options.Hash);
}
