using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>Seed lists that were read to the end, bad rows included.</summary>
public sealed record SeedListReading
{
    /// <summary>The lists of the good rows, in ordinal order of their ids. A list with only bad rows has no users.</summary>
    public required IReadOnlyList<SeedList> Lists { get; init; }

    /// <summary>Rows of each file.</summary>
    public required IReadOnlyList<SeedFileRows> Files { get; init; }

    /// <summary>Rows that could not be used.</summary>
    public required RejectedRows Rejected { get; init; }

    /// <summary>For each of <see cref="Lists"/>, the ranges of its other columns that hold numbers.</summary>
    public required IReadOnlyList<IReadOnlyList<MetricRange>> Metrics { get; init; }

    /// <summary>Rows read, good and bad.</summary>
    public long Rows => Files.Sum(file => file.Rows);
}

/// <summary>Rows of one file of seed lists.</summary>
/// <param name="File">The file, as it was named by the caller.</param>
/// <param name="Rows">Rows, good and bad.</param>
/// <param name="Rejected">Rows that could not be used.</param>
public sealed record SeedFileRows(string File, long Rows, long Rejected)
{
    /// <summary>The other columns of a file without a column of lists; one of them may name lists.</summary>
    public IReadOnlyList<string> OtherColumns { get; init; } = [];
}
