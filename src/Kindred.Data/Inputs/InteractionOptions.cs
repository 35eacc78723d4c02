using Kindred.Data.Forgotten;
using Kindred.Data.Values;

namespace Kindred.Data.Inputs;

/// <summary>The names of the columns of a file of interactions.</summary>
public sealed class InteractionOptions
{
    /// <summary>The column of user ids.</summary>
    /// <value>Default "user_id".</value>
    public string UserColumn { get; init; } = "user_id";

    /// <summary>The column of item ids.</summary>
    /// <value>Default "item_id".</value>
    public string ItemColumn { get; init; } = "item_id";

    /// <summary>The column of weights, which must then be there.</summary>
    /// <value>Default: "weight" if there is such a column; without one each row weighs 1.</value>
    public string? WeightColumn { get; init; }

    /// <summary>The column of points in time, which must then be there.</summary>
    /// <value>Default: "timestamp" if there is such a column.</value>
    public string? TimestampColumn { get; init; }

    /// <summary>Keeps pairs that sum to zero or less, because an update will add them to others.</summary>
    /// <value>Default: no.</value>
    public bool KeepNonPositive { get; init; }

    /// <summary>Users whose rows are left out, as if they were not in the files.</summary>
    /// <value>Default: none.</value>
    public Tombstones Forgotten { get; init; } = Tombstones.Empty;

    /// <summary>How the values are written.</summary>
    public TableRules Rules { get; init; } = TableRules.Usual;
}
