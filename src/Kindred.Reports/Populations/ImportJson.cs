using System.Text.Json.Nodes;
using Kindred.App.Populations;
using Kindred.App.Tuning;

namespace Kindred.Reports.Populations;

/// <summary>A population that was imported, as JSON.</summary>
public static class ImportJson
{
    /// <summary>The population of a folder, with counts of what was read.</summary>
    public static JsonObject Of(ImportResult result, string folder) => new()
    {
        ["population"] = folder,
        ["version"] = result.Population.Version,
        ["users"] = result.Population.Users,
        ["active_users"] = result.Population.ActiveUsers,
        ["users_without_embedding"] = result.Users.WithoutEmbedding,
        ["embeddings_of_unknown_users"] = result.Users.Unknown,
        ["activity_known"] = result.Users.Counts is not null,
        ["dimension"] = result.Population.Dimension,
        ["shards"] = result.Population.Shards.Count,
        ["embedding_space"] = EmbeddingSpace.Of(result.Population),
    };
}
