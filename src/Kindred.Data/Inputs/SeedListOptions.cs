using Kindred.Data.Values;
using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>The names of the columns of a file of seed lists.</summary>
public sealed class SeedListOptions
{
    /// <summary>The column of the lists' ids. A file without it is one list.</summary>
    /// <value>Default "seed_list_id".</value>
    public string ListColumn { get; init; } = "seed_list_id";

    /// <summary>True if every file must have the column of lists.</summary>
    /// <value>Default: no.</value>
    public bool RequiresListColumn { get; init; }

    /// <summary>The column of user ids.</summary>
    /// <value>Default "user_id".</value>
    public string UserColumn { get; init; } = "user_id";

    /// <summary>The metric columns to read; each must be in every file, with numbers of zero or more or empty cells.</summary>
    /// <value>Default: none.</value>
    public IReadOnlySet<string>? MetricColumns { get; init; }

    /// <summary>The hash function of the user ids, which are hexadecimal digits or Base64 and are read as lower-case hexadecimal
    /// digits.</summary>
    /// <value>Default: null, ids are not hashed.</value>
    public IdHashFunction? Hash { get; init; }

    /// <summary>How the values are written.</summary>
    public TableRules Rules { get; init; } = TableRules.Usual;
}
