using System.Text.Json.Nodes;
using Kindred.Pipeline.Store;

namespace Kindred.Reports.DailyRuns;

/// <summary>A published version as JSON.</summary>
public static class VersionJson
{
    /// <summary>The audiences of some lists of a version, with the counts that the reader may see.</summary>
    public static JsonObject Of(RunVersion version, UnitResult[] units, ShownCounts counts) => new()
    {
        ["version"] = version.Number,
        ["previous"] = version.Previous,
        ["population_version"] = version.PopulationVersion,
        ["countries"] = new JsonArray([.. version.Countries.Select(country =>
            new JsonObject { ["country"] = country.Country, ["users"] = counts.Json(country.Users),
                ["active"] = counts.Json(country.Active) })]),
        ["lists"] = new JsonArray([.. units.Select(unit => new JsonObject
        {
            ["list"] = unit.List,
            ["owner"] = unit.Owner,
            ["method"] = unit.Method,
            ["learnt_from"] = unit.TrainingCountry,
            ["given"] = unit.Given,
            ["matched"] = counts.Json(unit.Matched),
            ["seeds"] = counts.Json(unit.Seeds),
            ["kept"] = unit.NotDue,
            ["rejected"] = counts.Reason(unit),
            ["targets"] = new JsonArray([.. unit.Targets.Select(target => new JsonObject
            {
                ["country"] = target.Country,
                ["candidates"] = counts.Json(target.Candidates),
                ["rejected"] = counts.Reason(target),
                ["withheld"] = counts.Withheld(target),
                ["sizes"] = new JsonArray([.. target.Sizes.Select(size => new JsonObject
                {
                    ["size"] = size.Size,
                    ["users"] = counts.Json(size.Users),
                    ["threshold_score"] = JsonText.Number(size.Score),
                    ["last_user_id"] = counts.ForOwner ? null : size.LastUserId,
                    ["standard_error"] = size.StandardError,
                    ["low"] = size.Low,
                    ["high"] = size.High,
                })]),
            })]),
        })]),
    };
}
