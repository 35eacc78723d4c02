using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>Which columns hold what in a file of seed lists.</summary>
public sealed class SeedListOptions
{
    /// <summary>The column of the lists' ids. A file without it is one list.</summary>
    /// <value>Default "seed_list_id".</value>
    public string ListColumn { get; init; } = "seed_list_id";

    /// <summary>Whether every file must have the column of lists.</summary>
    /// <value>Default: no.</value>
    public bool RequiresListColumn { get; init; }

    /// <summary>The column of user ids.</summary>
    /// <value>Default "user_id".</value>
    public string UserColumn { get; init; } = "user_id";

    /// <summary>The metric columns to read; each must be in every file, with numbers of zero or more or empty cells.</summary>
    /// <value>Default: none.</value>
    public IReadOnlySet<string>? MetricColumns { get; init; }

    /// <summary>The function that user ids are hashes of, as hexadecimal digits or Base64; they are read as lower-case hexadecimal digits.</summary>
    /// <value>Default: null, ids are what they are.</value>
    public IdHashFunction? Hash { get; init; }
}
