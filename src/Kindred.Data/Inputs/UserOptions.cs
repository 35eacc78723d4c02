using Kindred.Data.Forgotten;
using Kindred.Data.Values;

namespace Kindred.Data.Inputs;

/// <summary>The names of the columns of a file of users. Other columns are kept as attributes.</summary>
public sealed class UserOptions
{
    /// <summary>The column of user ids.</summary>
    /// <value>Default "user_id".</value>
    public string UserColumn { get; init; } = "user_id";

    /// <summary>The column of countries, which must then be there.</summary>
    /// <value>Default: "country" if there is such a column.</value>
    public string? CountryColumn { get; init; }

    /// <summary>The column that marks active users (1, 0, true or false), which must then be there.</summary>
    /// <value>Default: "active" if there is such a column.</value>
    public string? ActiveColumn { get; init; }

    /// <summary>A column of activity counts, read if there is such a column.</summary>
    /// <value>Default: none.</value>
    public string? CountColumn { get; init; }

    /// <summary>True if other columns are kept as attributes.</summary>
    /// <value>Default true.</value>
    public bool KeepAttributes { get; init; } = true;

    /// <summary>Users who are left out, as if they were not in the files.</summary>
    /// <value>Default: none.</value>
    public Tombstones Forgotten { get; init; } = Tombstones.Empty;

    /// <summary>How the values are written.</summary>
    public TableRules Rules { get; init; } = TableRules.Usual;
}
