namespace Kindred.Data.Populations;

/// <summary>Names in the folder of a population snapshot.</summary>
internal static class PopulationFormat
{
    public const string Name = "kindred-population";
    public const int Version = 1;
    public const string Remedy = "Make the population again: embed the interactions, or import the embeddings from elsewhere";
    public const int UsersPerShard = 1_000_000;

    public const string ItemsFolder = "items";
    public const string Embeddings = "embeddings.npy";
    public const string Activity = "activity.npy";
    public const string Active = "active.npy";
    public const string UserIds = "user_ids.npy";
    public const string UserIdOffsets = "user_id_offsets.npy";
    public const string RowsById = "rows_by_id.npy";
    public const string FeatureStarts = "feature_starts.npy";
    public const string FeatureItems = "feature_items.npy";
    public const string FeatureWeights = "feature_weights.npy";
    public const string UsersTable = "users.parquet";
    public const string ItemIds = "item_ids.npy";
    public const string ItemIdOffsets = "item_id_offsets.npy";
    public const string ItemUsers = "users.npy";
    public const string ItemsTable = "items.parquet";

    public static string ShardFolder(int shard) => $"shard-{shard:D5}";
}
