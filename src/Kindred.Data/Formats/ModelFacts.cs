using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Data.Formats;

/// <summary>The facts about a folder of models.</summary>
internal static class ModelFacts
{
    public static JsonObject Of(string folder, FolderManifest manifest)
    {
        var json = manifest.Content;
        var models = json["models"] as JsonArray ?? [];
        var sizes = models.Select(model => model?["seeds"]?.GetValue<long>() ?? 0).ToArray();
        return new JsonObject
        {
            ["method"] = json["method"]?.DeepClone(),
            ["models"] = models.Count,
            // The first version of the format had only networks and did not name them.
            ["scorers"] = ManifestFacts.Counts(models.Select(model => model?["scorer"]?["kind"]?.ToString() ?? "network")),
            ["seeds_in_all"] = sizes.Sum(),
            ["largest_list"] = sizes.DefaultIfEmpty(0).Max(),
            ["country"] = json["country"]?.DeepClone() ?? "all",
            ["population_version"] = json["populationVersion"]?.DeepClone(),
            ["embedding_space"] = json["embeddingSpace"]?.DeepClone(),
            ["made_by"] = ManifestFacts.Settings(json["settings"]),
        };
    }
}
