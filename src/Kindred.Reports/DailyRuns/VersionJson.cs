using System.Text.Json.Nodes;
using Kindred.Pipeline.Store;

namespace Kindred.Reports.DailyRuns;

/// <summary>A published version as JSON.</summary>
public static class VersionJson
{
    /// <summary>The audiences of some lists of a version, with the counts that the reader may see.</summary>
    /// <param name="version">The version.</param>
    /// <param name="units">Its lists to include.</param>
    /// <param name="counts">The counts as their reader may see them.</param>
    /// <param name="withIds">True for the id of each size's last user too, which no owner of lists may see.</param>
    public static JsonObject Of(RunVersion version, UnitResult[] units, ShownCounts counts, bool withIds) => new()
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
                ["sizes"] = new JsonArray([.. target.Sizes.Select(size => Of(size, counts, withIds))]),
            })]),
        })]),
    };

    private static JsonObject Of(SizeResult size, ShownCounts counts, bool withId)
    {
        var json = new JsonObject
        {
            ["size"] = size.Size,
            ["users"] = counts.Json(size.Users),
            ["threshold_score"] = JsonText.Number(size.Score),
            ["standard_error"] = size.StandardError,
            ["low"] = size.Low,
            ["high"] = size.High,
        };
        if (withId) json["last_user_id"] = size.LastUserId;
        return json;
    }
}
