using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>Reads seed lists: user_id, seed_list_id if there are several in a file, and the metric columns that are asked for.</summary>
public static class SeedListReader
{
    /// <summary>Reads all files; a list may be spread over several.</summary>
    /// <param name="files">CSV, gzip CSV or Parquet.</param>
    /// <param name="options">Names of columns.</param>
    /// <param name="progress">Told about every 65,536 rows.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The lists in ordinal order of their ids.</returns>
    /// <exception cref="KindredException">A file or a row is wrong, or two files without a column of lists have the same name.</exception>
    public static IReadOnlyList<SeedList> Read(
        IReadOnlyList<string> files,
        SeedListOptions? options = null,
        IProgress<ReadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var rows = new SeedListRows(options ?? new SeedListOptions());
        InputFiles.ReadRows(files, "seed lists", rows.Open, progress, cancellationToken);
        return rows.Build();
    }
}
