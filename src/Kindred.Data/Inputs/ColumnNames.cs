using Kindred.Data.Tables;
using Kindred.Data.Values;
using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>The names of the columns of input files, and how their values are written.</summary>
public sealed record ColumnNames
{
    /// <summary>The default name of the column of seed list ids.</summary>
    public const string DefaultSeedList = UsualColumns.SeedList;

    /// <summary>The default name of the column of times.</summary>
    public const string DefaultTimestamp = UsualColumns.Timestamp;

    /// <summary>The default name of the column that marks active users.</summary>
    public const string DefaultActive = UsualColumns.Active;

    /// <summary>The default name of the column of countries.</summary>
    public const string DefaultCountry = UsualColumns.Country;

    /// <summary>The column of user ids.</summary>
    /// <value>Default "user_id".</value>
    public string User { get; init; } = UsualColumns.User;

    /// <summary>The column of item ids.</summary>
    /// <value>Default "item_id".</value>
    public string Item { get; init; } = UsualColumns.Item;

    /// <summary>The column of seed list ids; a named column must exist.</summary>
    /// <value>Default: "seed_list_id" if there is one.</value>
    public string? SeedList { get; init; }

    /// <summary>The column of countries; a named column must exist.</summary>
    /// <value>Default: "country" if there is one.</value>
    public string? Country { get; init; }

    /// <summary>The column that marks active users; a named column must exist.</summary>
    /// <value>Default: "active" if there is one.</value>
    public string? Active { get; init; }

    /// <summary>The column of interaction weights; a named column must exist.</summary>
    /// <value>Default: "weight" if there is one.</value>
    public string? Weight { get; init; }

    /// <summary>The column of times; a named column must exist.</summary>
    /// <value>Default: "timestamp" if there is one.</value>
    public string? Timestamp { get; init; }

    /// <summary>How the values are written.</summary>
    public TableRules Rules { get; init; } = TableRules.Usual;

    /// <summary>The same columns with remarks about files that go to <paramref name="progress"/>.</summary>
    public ColumnNames Noting(IProgressReporter progress) => this with { Rules = Rules.Noting(progress) };

    /// <summary>The options for reading seed lists with these columns.</summary>
    /// <param name="metrics">Metric columns.</param>
    /// <param name="hash">The hash function of the user ids; null if they are not hashed.</param>
    public SeedListOptions OfSeedLists(IEnumerable<string> metrics, IdHashFunction? hash) => new()
    {
        UserColumn = User,
        ListColumn = SeedList ?? DefaultSeedList,
        RequiresListColumn = SeedList is not null,
        MetricColumns = metrics.ToHashSet(),
        Hash = hash,
        Rules = Rules,
    };
}
