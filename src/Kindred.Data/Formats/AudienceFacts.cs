using System.Text.Json.Nodes;
using Kindred.Data.Folders;

namespace Kindred.Data.Formats;

/// <summary>The facts about a folder of audiences.</summary>
internal static class AudienceFacts
{
    public static JsonObject Of(string folder, FolderManifest manifest)
    {
        var json = manifest.Content;
        var audiences = json["audiences"] as JsonArray ?? [];
        var sizes = audiences.SelectMany(audience => audience?["sizes"] as JsonArray ?? []);
        return new JsonObject
        {
            ["method"] = json["method"]?.DeepClone(),
            ["audiences"] = audiences.Count,
            ["users_in_all"] = audiences.Sum(LargestSize),
            ["sizes"] = ManifestFacts.Counts(sizes.Select(size => size?["size"]?.ToString() ?? "")),
            ["country"] = json["country"]?.DeepClone() ?? "all",
            ["seeds_included"] = json["seedsIncluded"]?.DeepClone(),
            ["excluded_users"] = json["excludedUsers"]?.DeepClone(),
            ["population_version"] = json["populationVersion"]?.DeepClone(),
            ["models_version"] = json["modelsVersion"]?.DeepClone(),
            ["made_by"] = ManifestFacts.Settings(json["settings"]),
        };
    }

    private static long LargestSize(JsonNode? audience) =>
        (audience?["sizes"] as JsonArray ?? []).Select(size => size?["users"]?.GetValue<long>() ?? 0).DefaultIfEmpty(0).Max();
}
