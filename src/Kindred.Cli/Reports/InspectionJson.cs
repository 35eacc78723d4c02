using System.Text.Json.Nodes;
using Kindred.Cli.Jobs;
using Kindred.Cli.Terminal;
using Kindred.Insight;

namespace Kindred.Cli.Reports;

/// <summary>Inspections for programs.</summary>
internal static class InspectionJson
{
    public static JsonObject Of(InspectResult result)
    {
        var reach = result.Reach?.Curves.ToDictionary(curve => curve.SeedListId, StringComparer.Ordinal);
        return new JsonObject
        {
            ["country"] = result.Country,
            ["population_version"] = result.PopulationVersion,
            ["minimum_count"] = result.MinimumCount,
            ["fewest_seeds"] = VerdictRule.FewestSeeds,
            ["least_near"] = VerdictRule.LeastNear,
            ["method"] = result.Reach?.Method,
            ["folds"] = result.Reach?.Folds,
            ["lists"] = new JsonArray([.. result.Lists.Select(list =>
            {
                var json = Of(list);
                if (reach?.TryGetValue(list.SeedListId, out var curve) == true) json["reach"] = ReachJson.Of(curve);
                return json;
            })]),
        };
    }

    private static JsonObject Of(SeedInspection list) => new()
    {
        ["seed_list_id"] = list.SeedListId,
        ["users"] = list.Given,
        ["matched"] = list.Matched,
        ["without_embedding"] = list.WithoutEmbedding,
        ["verdict"] = list.Verdict switch { SeedVerdict.Fine => "fine", SeedVerdict.TooMixed => "too_mixed", _ => "too_small" },
        ["near"] = JsonText.Number(list.Cohesion?.Near ?? double.NaN),
        ["far"] = JsonText.Number(list.Cohesion?.Far ?? double.NaN),
        ["mean_cosine"] = JsonText.Number(list.Cohesion?.MeanCosine ?? double.NaN),
        ["features"] = Of(list.Features),
        ["groups"] = new JsonArray([.. list.Clusters.Select(cluster => new JsonObject
        {
            ["share"] = JsonText.Number(cluster.Share),
            ["features"] = Of(cluster.Features),
        })]),
    };

    private static JsonArray Of(IEnumerable<FeatureContrast> features) => new([.. features.Select(feature => new JsonObject
    {
        ["kind"] = InspectionWords.Kind(feature.Kind),
        ["name"] = feature.Name,
        ["share"] = JsonText.Number(feature.Share),
        ["other_share"] = JsonText.Number(feature.OtherShare),
        ["lift"] = JsonText.Number(feature.Lift),
        ["information_value"] = JsonText.Number(feature.InformationValue),
    })]);
}
