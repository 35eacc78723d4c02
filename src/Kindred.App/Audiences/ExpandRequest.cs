using Kindred.App.Training;
using Kindred.Audiences;
using Kindred.Data.Forgotten;
using Kindred.Data.Inputs;
using Kindred.SeedLists;

namespace Kindred.App.Audiences;

/// <summary>Request of an expansion.</summary>
public sealed record ExpandRequest
{
    /// <summary>The folder of the population.</summary>
    public required string Population { get; init; }

    /// <summary>The folder of trained models; null to train on the seeds of <see cref="Training"/> now.</summary>
    public string? Models { get; init; }

    /// <summary>The training request, used when <see cref="Models"/> is null.</summary>
    public TrainRequest? Training { get; init; }

    /// <summary>The folder of audiences to write, or null for none.</summary>
    public string? Out { get; init; }

    /// <summary>The writer that receives members as rows of CSV (seed_list_id, user_id, score, rank) if no folder is written; null for
    /// none.</summary>
    public TextWriter? Rows { get; init; }

    /// <summary>Allows an output of the same kind to be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>Files with the ids of users to exclude from all audiences.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Files with hashed ids of users to exclude; <see cref="ExcludeHash"/> tells how they were hashed.</summary>
    public IReadOnlyList<string> ExcludeHashed { get; init; } = [];

    /// <summary>The hash of the ids in <see cref="ExcludeHashed"/>; null if there are none.</summary>
    public IdHash? ExcludeHash { get; init; }

    /// <summary>Users who were deleted permanently: they are in no audience, even if the population still has them.</summary>
    public Tombstones Forgotten { get; init; } = Tombstones.Empty;

    /// <summary>The column of user ids in the files of users to exclude, and how ids are written.</summary>
    public ColumnNames Columns { get; init; } = new();

    /// <summary>csv, csv.gz or parquet.</summary>
    public string Format { get; init; } = "csv";

    /// <summary>Writes ids in CSV so that no spreadsheet runs one as a formula (<see cref="Kindred.Data.Audiences.SpreadsheetText"/>).
    /// It changes these ids.</summary>
    public bool SpreadsheetSafe { get; init; }

    /// <summary>Sizes, country, and whether seeds may be in their own audience.</summary>
    public ExpansionOptions Expansion { get; init; } = new();
}
