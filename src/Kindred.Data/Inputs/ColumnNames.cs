using Kindred.Data.Tables;
using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>What the columns of the files that people bring are called.</summary>
public sealed record ColumnNames
{
    /// <summary>The column of seed lists' ids, where it has no other name.</summary>
    public const string DefaultSeedList = UsualColumns.SeedList;

    /// <summary>The column of points in time, where it has no other name.</summary>
    public const string DefaultTimestamp = UsualColumns.Timestamp;

    /// <summary>The column that says who is active, where it has no other name.</summary>
    public const string DefaultActive = UsualColumns.Active;

    /// <summary>The column of countries, where it has no other name.</summary>
    public const string DefaultCountry = UsualColumns.Country;

    /// <summary>User ids.</summary>
    /// <value>Default "user_id".</value>
    public string User { get; init; } = UsualColumns.User;

    /// <summary>Item ids.</summary>
    /// <value>Default "item_id".</value>
    public string Item { get; init; } = UsualColumns.Item;

    /// <summary>Ids of seed lists; if named it must be there.</summary>
    /// <value>Default: "seed_list_id" where there is one.</value>
    public string? SeedList { get; init; }

    /// <summary>Countries; if named it must be there.</summary>
    /// <value>Default: "country" where there is one.</value>
    public string? Country { get; init; }

    /// <summary>Who is active; if named it must be there.</summary>
    /// <value>Default: "active" where there is one.</value>
    public string? Active { get; init; }

    /// <summary>Weights of interactions; if named it must be there.</summary>
    /// <value>Default: "weight" where there is one.</value>
    public string? Weight { get; init; }

    /// <summary>Points in time; if named it must be there.</summary>
    /// <value>Default: "timestamp" where there is one.</value>
    public string? Timestamp { get; init; }

    /// <summary>How seed lists with these columns are read.</summary>
    /// <param name="metrics">Metric columns.</param>
    /// <param name="hash">The function that user ids are hashes of; null where they are what they are.</param>
    public SeedListOptions OfSeedLists(IEnumerable<string> metrics, IdHashFunction? hash) => new()
    {
        UserColumn = User,
        ListColumn = SeedList ?? DefaultSeedList,
        RequiresListColumn = SeedList is not null,
        MetricColumns = metrics.ToHashSet(),
        Hash = hash,
    };
}
