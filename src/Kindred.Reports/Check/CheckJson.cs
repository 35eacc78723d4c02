using System.Text.Json;
using System.Text.Json.Nodes;
using Kindred.App.Checking;
using Kindred.App.Seeds;
using Kindred.Data.Inputs;
using Kindred.Ids;
using Kindred.SeedLists;
using Kindred.SeedLists.Checks;

namespace Kindred.Reports.Check;

/// <summary>A check as JSON, documented in docs/reference/check.md.</summary>
public static class CheckJson
{
    /// <summary>The documented JSON of a check.</summary>
    public static JsonObject Of(CheckResult result) => new()
    {
        ["good"] = result.IsGood,
        ["usable"] = result.Usable,
        ["population_version"] = result.PopulationVersion,
        ["country"] = result.Request.Check.Country,
        ["users"] = result.Check.Users,
        ["rows"] = result.Reading.Rows,
        ["rejected"] = result.Reading.Rejected.Count,
        ["files"] = new JsonArray([.. result.Reading.Files.Select(file =>
            new JsonObject { ["file"] = file.File, ["rows"] = file.Rows, ["rejected"] = file.Rejected })]),
        ["rejected_rows"] = new JsonArray([.. result.Reading.Rejected.Problems.Select(problem => new JsonObject
        {
            ["problem"] = Name(problem.Problem),
            ["rows"] = problem.Count,
            ["what"] = CheckWords.Of(problem.Problem),
            ["places"] = new JsonArray([.. problem.Places.Select(place =>
                new JsonObject { ["file"] = place.File, ["line"] = place.Line, ["column"] = place.Column })]),
            ["places_left_out"] = problem.Count - problem.Places.Count,
        })]),
        ["lists"] = new JsonArray([.. result.Check.Lists.Select((list, i) => Of(list, result.Metrics[i], result.Countries))]),
        ["overlaps"] = new JsonArray([.. result.Check.Pairs.Select(pair => new JsonObject
        {
            ["first"] = result.Check.Lists[pair.First].SeedListId,
            ["second"] = result.Check.Lists[pair.Second].SeedListId,
            ["shared"] = pair.Shared,
            ["share_of_smaller"] = pair.ShareOfSmaller,
            ["lift"] = pair.Lift,
        })]),
        ["overlap_sample"] = result.Check.OverlapSample,
    };

    private static JsonObject Of(ListCheck list, IReadOnlyList<MetricRange> metrics, IReadOnlyList<string> countries)
    {
        var json = new JsonObject
        {
            ["seed_list_id"] = list.SeedListId,
            ["verdict"] = Name(list.Verdict),
            ["users"] = list.Given,
            ["repeated_rows"] = list.Duplicates,
            ["matched"] = list.Matched,
            ["unmatched"] = list.Unmatched,
            ["matched_by_country"] = new JsonObject(countries.Zip(list.ByCountry).Where(country => country.First.Length > 0)
                .Select(country => KeyValuePair.Create(country.First, (JsonNode?)country.Second))),
            ["seeds"] = list.Seeds,
            ["inactive"] = list.Inactive,
            ["share_of_population"] = JsonText.Number(list.ShareOfPopulation),
            ["same_users_as"] = list.SameAs,
            ["metrics"] = new JsonArray([.. metrics.Select(metric => new JsonObject
            {
                ["column"] = metric.Column,
                ["kind"] = metric.Scale == WeightScale.Rate ? "rate" : "count",
                ["values"] = metric.Values,
                ["missing"] = metric.Missing,
                ["bad"] = metric.Bad,
                ["least"] = metric.Least,
                ["most"] = metric.Most,
            })]),
        };
        if (list.Diagnosis is not { } diagnosis) return json;
        json["likely_cause"] = new JsonObject
        {
            ["cause"] = Name(diagnosis.Cause),
            ["tried"] = diagnosis.Tried,
            ["explained"] = diagnosis.Explained,
            ["normalize_ids"] = diagnosis.Normalization == IdForms.None ? null : new IdNormalization(diagnosis.Normalization).ToString(),
            ["list_ids_look_like"] = diagnosis.ListShape,
            ["population_ids_look_like"] = diagnosis.PopulationShape,
            ["what"] = SeedWords.Cause(diagnosis),
        };
        return json;
    }

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
