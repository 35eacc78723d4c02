
namespace Kindred.Data.Tables;

/// <summary>The usual names of the columns of input files.</summary>
internal static class UsualColumns
{
    /// <summary>The column of user ids.</summary>
    public const string User = "user_id";

    /// <summary>The column of item ids.</summary>
    public const string Item = "item_id";

    /// <summary>The column of seed list ids.</summary>
    public const string SeedList = "seed_list_id";

    /// <summary>The column of interaction weights.</summary>
    public const string Weight = "weight";

    /// <summary>The column of times.</summary>
    public const string Timestamp = "timestamp";

    /// <summary>The column of countries.</summary>
    public const string Country = "country";

    /// <summary>The column that marks active users.</summary>
    public const string Active = "active";
}
