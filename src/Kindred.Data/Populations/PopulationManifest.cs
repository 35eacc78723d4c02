using System.Text.Json.Nodes;
using Kindred.Data.Folders;
using Kindred.Populations;

namespace Kindred.Data.Populations;

/// <summary>The contents of a population's manifest.</summary>
/// <param name="Version">A hash of the contents.</param>
/// <param name="Dimension">The length of an embedding.</param>
/// <param name="Users">The number of users.</param>
/// <param name="ActiveUsers">The number of active users.</param>
/// <param name="Countries">Countries in ordinal order.</param>
/// <param name="Items">The number of known items.</param>
/// <param name="HasFeatures">True if the items of each user are kept.</param>
/// <param name="Activity">The mean and deviation of the activity.</param>
/// <param name="Recipe">The settings that made the embeddings.</param>
/// <param name="Shards">Shards by ascending range of hashes.</param>
public sealed record PopulationManifest(
    string Version,
    int Dimension,
    long Users,
    long ActiveUsers,
    IReadOnlyList<PopulationCountry> Countries,
    int Items,
    bool HasFeatures,
    ActivityScale Activity,
    IReadOnlyDictionary<string, string> Recipe,
    IReadOnlyList<PopulationShardEntry> Shards)
{
    internal JsonObject ToJson() => new()
    {
        ["dimension"] = Dimension,
        ["users"] = Users,
        ["activeUsers"] = ActiveUsers,
        ["countries"] = new JsonArray([.. Countries.Select(country => new JsonObject
        {
            ["name"] = country.Name,
            ["users"] = country.Users,
            ["activeUsers"] = country.ActiveUsers,
        })]),
        ["items"] = Items,
        ["features"] = HasFeatures,
        // Written in the shortest form that reads back as the same bits.
        ["activity"] = new JsonObject { ["mean"] = Activity.Mean, ["deviation"] = Activity.Deviation },
        ["recipe"] = new JsonObject(Recipe.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["shards"] = new JsonArray([.. Shards.Select(shard => new JsonObject
        {
            ["folder"] = shard.Folder,
            ["users"] = shard.Users,
            ["countryStarts"] = new JsonArray([.. shard.CountryStarts.Select(start => (JsonNode)start)]),
        })]),
    };

    internal static PopulationManifest From(FolderManifest manifest, string folder)
    {
        var json = manifest.Content;
        try
        {
            return new PopulationManifest(
                manifest.Version,
                json["dimension"]!.GetValue<int>(),
                json["users"]!.GetValue<long>(),
                json["activeUsers"]!.GetValue<long>(),
                [.. json["countries"]!.AsArray().Select(country => new PopulationCountry(
                    country!["name"]!.GetValue<string>(), country["users"]!.GetValue<long>(), country["activeUsers"]!.GetValue<long>()))],
                json["items"]!.GetValue<int>(),
                json["features"]!.GetValue<bool>(),
                new ActivityScale(json["activity"]!["mean"]!.GetValue<double>(), json["activity"]!["deviation"]!.GetValue<double>()),
                json["recipe"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>(), StringComparer.Ordinal),
                [.. json["shards"]!.AsArray().Select(shard => new PopulationShardEntry(
                    shard!["folder"]!.GetValue<string>(), shard["users"]!.GetValue<int>(),
                    [.. shard["countryStarts"]!.AsArray().Select(start => start!.GetValue<int>())]))]);
        }
        catch (Exception error) when (error is NullReferenceException or InvalidOperationException or FormatException)
        {
            throw FolderErrors.DamagedManifest(PopulationFormat.Name, folder, PopulationFormat.Remedy, error);
        }
    }
}
