using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Data.Populations;

namespace Kindred.Data.Formats;

/// <summary>The facts about a population.</summary>
internal static class PopulationFacts
{
    public static JsonObject Of(string folder, FolderManifest written)
    {
        var manifest = PopulationManifest.From(written, folder);
        var hasActivity = written.Files.Any(file => file.Path.EndsWith("/" + PopulationFormat.Activity, StringComparison.Ordinal)
            && file.Bytes > 128);
        return new JsonObject
        {
            ["users"] = manifest.Users,
            ["active_users"] = manifest.ActiveUsers,
            ["countries"] = new JsonObject(manifest.Countries.Where(country => manifest.Countries.Count > 1 || country.Name.Length > 0)
                .Select(country => KeyValuePair.Create(country.Name.Length > 0 ? country.Name : "none", (JsonNode?)country.Users))),
            ["dimension"] = manifest.Dimension,
            ["shards"] = manifest.Shards.Count,
            ["items"] = manifest.Items,
            ["items_of_users_kept"] = manifest.HasFeatures,
            ["activity_known"] = hasActivity,
            ["made_by"] = ManifestFacts.Settings(manifest.Recipe),
        };
    }
}
