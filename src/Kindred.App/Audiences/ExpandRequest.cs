using Kindred.App.Training;
using Kindred.Audiences;
using Kindred.Data.Inputs;
using Kindred.SeedLists;

namespace Kindred.App.Audiences;

/// <summary>Request of an expansion.</summary>
public sealed record ExpandRequest
{
    /// <summary>The folder of the population.</summary>
    public required string Population { get; init; }

    /// <summary>Trained models; or null to train on the seeds of <see cref="Training"/> now.</summary>
    public string? Models { get; init; }

    /// <summary>How to train where there are no models.</summary>
    public TrainRequest? Training { get; init; }

    /// <summary>The folder of audiences to write, or null for none.</summary>
    public string? Out { get; init; }

    /// <summary>Where members are written as rows of CSV (seed_list_id, user_id, score, rank) without a folder; null for nowhere.</summary>
    public TextWriter? Rows { get; init; }

    /// <summary>Whether an output of the same kind may be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>Files of users who are in no audience.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The same whose ids are hashes by <see cref="ExcludeHash"/>.</summary>
    public IReadOnlyList<string> ExcludeHashed { get; init; } = [];

    /// <summary>How the ids of <see cref="ExcludeHashed"/> were hashed; null where there are none.</summary>
    public IdHash? ExcludeHash { get; init; }

    /// <summary>The column of user ids in the files of users to exclude.</summary>
    public string UserColumn { get; init; } = new ColumnNames().User;

    /// <summary>csv, csv.gz or parquet.</summary>
    public string Format { get; init; } = "csv";

    /// <summary>Sizes, country, and whether seeds may be in their own audience.</summary>
    public ExpansionOptions Expansion { get; init; } = new();
}
