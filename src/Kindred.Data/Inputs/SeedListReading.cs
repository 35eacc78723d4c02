using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>What reading seed lists to the end found, bad rows included.</summary>
public sealed record SeedListReading
{
    /// <summary>The lists of the rows that could be read, in ordinal order of their ids. A list all of whose rows are bad has no users.</summary>
    public required IReadOnlyList<SeedList> Lists { get; init; }

    /// <summary>Rows of each file.</summary>
    public required IReadOnlyList<SeedFileRows> Files { get; init; }

    /// <summary>Rows that could not be used.</summary>
    public required RejectedRows Rejected { get; init; }

    /// <summary>For each of <see cref="Lists"/>, the columns beside it that hold numbers.</summary>
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
    /// <summary>Where there is no column of lists, so that the file is one list: its columns but that of users, one of which may name lists.</summary>
    public IReadOnlyList<string> OtherColumns { get; init; } = [];
}
