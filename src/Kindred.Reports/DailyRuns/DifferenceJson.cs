using System.Text.Json.Nodes;
using Kindred.Pipeline.Comparing;

namespace Kindred.Reports.DailyRuns;

/// <summary>The difference between two versions as JSON.</summary>
public static class DifferenceJson
{
    /// <summary>Members gained and lost, and lists that need attention, with the counts that the reader may see.</summary>
    public static JsonObject Of(VersionDifference difference, ShownCounts counts) => new()
    {
        ["from"] = difference.From.Number,
        ["to"] = difference.To.Number,
        ["same_population"] = difference.From.PopulationVersion == difference.To.PopulationVersion,
        ["users_gained"] = counts.Json(difference.UsersGained),
        ["users_lost"] = counts.Json(difference.UsersLost),
        ["audiences"] = new JsonArray([.. difference.Audiences.Select(audience => new JsonObject
        {
            ["list"] = audience.List,
            ["country"] = audience.Country,
            ["size"] = audience.SizeAfter ?? audience.SizeBefore,
            ["size_before"] = audience.SizeBefore,
            ["size_after"] = audience.SizeAfter,
            ["users_before"] = audience.Before is { } before ? counts.Json(before) : null,
            ["users_after"] = audience.After is { } after ? counts.Json(after) : null,
            ["gained"] = counts.Json(audience.Gained),
            ["lost"] = counts.Json(audience.Lost),
        })]),
        ["attention"] = new JsonArray([.. difference.Attention.Select(list =>
            new JsonObject { ["list"] = list.List, ["country"] = list.Country, ["reason"] = list.Reason })]),
    };
}
