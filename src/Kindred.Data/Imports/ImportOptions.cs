namespace Kindred.Data.Imports;

/// <summary>Where embeddings that were trained elsewhere are, and which columns hold what.</summary>
public sealed record ImportOptions
{
    /// <summary>Tables (CSV, gzip CSV, Parquet) that are read one after the other, or one NumPy array [users × dimension].</summary>
    public required IReadOnlyList<string> Embeddings { get; init; }

    /// <summary>Whose rows those of a NumPy array are, in its order: a table with a column of ids, or a text of one id a line.</summary>
    public string? Ids { get; init; }

    /// <summary>The column of user ids in all files.</summary>
    /// <value>Default "user_id".</value>
    public string UserColumn { get; init; } = "user_id";

    /// <summary>The column of countries. Default: "country" if there is one.</summary>
    public string? CountryColumn { get; init; }

    /// <summary>The column that says who is active. Default: "active" if there is one.</summary>
    public string? ActiveColumn { get; init; }

    /// <summary>A column of counts of what each user did, in the embeddings' table or beside the ids; null for none.</summary>
    public string? CountColumn { get; init; }

    /// <summary>Columns that hold the embedding: one of lists, or one a number; FIRST..LAST stands for these and all between them in the
    /// header. Empty for the table's only column of lists, or of texts such as [0.1, 0.2], or else all columns that hold nothing else.</summary>
    public IReadOnlyList<string> EmbeddingColumns { get; init; } = [];

    /// <summary>Whether countries and who is active are read here; not where a file of users says it.</summary>
    public bool ReadsUsers { get; init; } = true;
}
