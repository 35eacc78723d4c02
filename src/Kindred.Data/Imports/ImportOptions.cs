using Kindred.Data.Values;

namespace Kindred.Data.Imports;

/// <summary>The files and columns of embeddings that were trained elsewhere.</summary>
public sealed record ImportOptions
{
    /// <summary>Tables (CSV, gzip CSV, Parquet) that are read one after the other, or one NumPy array [users × dimension].</summary>
    public required IReadOnlyList<string> Embeddings { get; init; }

    /// <summary>The users of the rows of a NumPy array, in its order: a table with a column of ids, or a text of one id per line.</summary>
    public string? Ids { get; init; }

    /// <summary>The column of user ids in all files.</summary>
    /// <value>Default "user_id".</value>
    public string UserColumn { get; init; } = "user_id";

    /// <summary>The column of countries. Default: "country" if there is one.</summary>
    public string? CountryColumn { get; init; }

    /// <summary>The column that marks active users. Default: "active" if there is one.</summary>
    public string? ActiveColumn { get; init; }

    /// <summary>A column of activity counts, in the embeddings' table or beside the ids; null for none.</summary>
    public string? CountColumn { get; init; }

    /// <summary>The columns of the embedding: one of lists, or one per number; FIRST..LAST means these and all between them in the
    /// header. Empty for the table's only column of lists, or of texts such as [0.1, 0.2], or else all columns with no other
    /// meaning.</summary>
    public IReadOnlyList<string> EmbeddingColumns { get; init; } = [];

    /// <summary>True if countries and active users are read from these files, and not from a file of users.</summary>
    public bool ReadsUsers { get; init; } = true;

    /// <summary>How the values are written.</summary>
    public TableRules Rules { get; init; } = TableRules.Usual;
}
