using System.Text.Json.Nodes;
using Kindred.Pipeline.Embedding;

namespace Kindred.Reports.Populations;

/// <summary>A population that was embedded, as JSON.</summary>
public static class EmbedJson
{
    /// <summary>The population of a folder, with counts of what was read.</summary>
    public static JsonObject Of(EmbedResult result, string folder) => new()
    {
        ["population"] = folder,
        ["version"] = result.Population.Version,
        ["users"] = result.Population.Users,
        ["active_users"] = result.Population.ActiveUsers,
        ["users_without_interactions"] = result.UsersWithoutInteractions,
        ["items"] = result.Population.Items,
        ["pairs"] = result.PairCount,
        ["dimension"] = result.Population.Dimension,
        ["shards"] = result.Population.Shards.Count,
        ["rows"] = result.Interactions.Rows,
        ["rows_of_unknown_users"] = result.Interactions.UnknownUserRows,
        ["rows_merged"] = result.Interactions.MergedRows,
        ["rows_of_zero_or_negative_weight"] = result.Interactions.NonPositiveRows,
        ["pairs_dropped"] = result.Interactions.DroppedPairs,
    };
}
