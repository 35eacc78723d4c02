using Kindred.Data.Forgotten;
using Kindred.Data.Inputs;
using Kindred.Embeddings;

namespace Kindred.Pipeline.Embedding;

/// <summary>Interactions and users, and the population to make from them.</summary>
public sealed record EmbedRequest
{
    /// <summary>Files of interactions: CSV, JSON lines or Parquet.</summary>
    public required IReadOnlyList<string> Interactions { get; init; }

    /// <summary>Files of the whole population's users; empty to take the users of the interactions.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Names of the files' columns.</summary>
    public ColumnNames Columns { get; init; } = new();

    /// <summary>A population to update, which keeps its item embeddings; null to train new ones.</summary>
    public string? Update { get; init; }

    /// <summary>Users who were deleted permanently: their rows are left out.</summary>
    public Tombstones Forgotten { get; init; } = Tombstones.Empty;

    /// <summary>The output folder of the population.</summary>
    public required string Out { get; init; }

    /// <summary>Allows an existing population to be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>Keeps each user's items, which updates and methods that read items need.</summary>
    public bool KeepFeatures { get; init; } = true;

    /// <summary>The days before the newest interaction in which an interaction makes a user active; unused if a column marks active users.</summary>
    public int ActiveDays { get; init; } = UserTables.DefaultActiveDays;

    /// <summary>The number of shards; 0 for one per million users or part of it.</summary>
    public int Shards { get; init; }

    /// <summary>The options of training embeddings.</summary>
    public IalsOptions Ials { get; init; } = new();
}
