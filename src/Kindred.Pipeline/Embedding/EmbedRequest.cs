using Kindred.Data.Inputs;
using Kindred.Embeddings;

namespace Kindred.Pipeline.Embedding;

/// <summary>Interactions and users, and the population that is made from them.</summary>
public sealed record EmbedRequest
{
    /// <summary>Files of interactions: CSV, JSON lines or Parquet.</summary>
    public required IReadOnlyList<string> Interactions { get; init; }

    /// <summary>Files of the whole population's users; none for the users of the interactions.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Names of the files' columns.</summary>
    public ColumnNames Columns { get; init; } = new();

    /// <summary>A population whose item embeddings are kept, or null to train new ones.</summary>
    public string? Update { get; init; }

    /// <summary>The folder that the population is written to.</summary>
    public required string Out { get; init; }

    /// <summary>Whether a population that is there already is replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>Whether each user's items are kept, which updates and methods that read items need.</summary>
    public bool KeepFeatures { get; init; } = true;

    /// <summary>Where no column says who is active: the days before the newest interaction in which an interaction makes a user active.</summary>
    public int ActiveDays { get; init; } = UserTables.DefaultActiveDays;

    /// <summary>Shards that the users are cut into; 0 for one per started million.</summary>
    public int Shards { get; init; }

    /// <summary>How embeddings are trained.</summary>
    public IalsOptions Ials { get; init; } = new();
}
