namespace Kindred.Data.Tables;

/// <summary>The usual names of the columns of files that people bring.</summary>
internal static class UsualColumns
{
    /// <summary>User ids.</summary>
    public const string User = "user_id";

    /// <summary>Item ids.</summary>
    public const string Item = "item_id";

    /// <summary>Ids of seed lists.</summary>
    public const string SeedList = "seed_list_id";

    /// <summary>Weights of interactions.</summary>
    public const string Weight = "weight";

    /// <summary>Points in time.</summary>
    public const string Timestamp = "timestamp";

    /// <summary>Countries.</summary>
    public const string Country = "country";

    /// <summary>The column that says who is active.</summary>
    public const string Active = "active";
}
