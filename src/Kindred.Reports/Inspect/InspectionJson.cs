using System.Text.Json.Nodes;
using Kindred.App.Inspection;
using Kindred.Insight;
using Kindred.Reports.Reach;

namespace Kindred.Reports.Inspect;

/// <summary>Inspections as JSON.</summary>
public static class InspectionJson
{
    /// <summary>The documented JSON of an inspection.</summary>
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
                var json = Of(list, result.MinimumCount);
                if (reach?.TryGetValue(list.SeedListId, out var curve) == true) json["reach"] = ReachJson.Of(curve);
                return json;
            })]),
        };
    }

    private static JsonObject Of(SeedInspection list, int minimum) => new()
    {
        ["seed_list_id"] = list.SeedListId,
        ["users"] = list.Given,
        ["matched"] = list.Matched,
        ["without_embedding"] = list.WithoutEmbedding >= minimum ? list.WithoutEmbedding : null,
        ["without_embedding_under"] = list.WithoutEmbedding >= minimum ? null : minimum,
        ["verdict"] =
            list.Verdict switch
            {
                SeedVerdict.Fine => "fine",
                SeedVerdict.TooMixed => "too_mixed",
                SeedVerdict.CannotBeTold => "cannot_be_told",
                _ => "too_few_to_judge"
            },
        ["near"] = JsonText.Number(InspectionWords.Near(list, minimum)?.Share ?? double.NaN),
        ["near_under"] = JsonText.Number(InspectionWords.Near(list, minimum)?.Under ?? double.NaN),
        ["far"] = JsonText.Number(InspectionWords.Far(list, minimum)?.Share ?? double.NaN),
        ["far_under"] = JsonText.Number(InspectionWords.Far(list, minimum)?.Under ?? double.NaN),
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
        ["other_share"] = JsonText.Number(feature.OtherShare ?? double.NaN),
        ["other_share_under"] = JsonText.Number(feature.OtherShareUnder ?? double.NaN),
        ["lift"] = JsonText.Number(feature.Lift),
        ["information_value"] = JsonText.Number(feature.InformationValue),
    })]);
}
