using System.Text.Json.Nodes;
using Kindred.App.Audiences;

namespace Kindred.Reports.Audiences;

/// <summary>Selected audiences as JSON.</summary>
public static class ExpandJson
{
    /// <summary>The audiences of a folder, with their sizes and thresholds.</summary>
    public static JsonObject Of(IReadOnlyList<ExpandedList> lists, string folder) => new()
    {
        ["audiences"] = folder,
        ["lists"] = new JsonArray([.. lists.Select(ToJson)]),
    };

    private static JsonObject ToJson(ExpandedList list)
    {
        var json = new JsonObject
        {
            ["seed_list_id"] = list.Audience.SeedListId,
            ["candidates"] = list.Audience.Candidates,
            ["sizes"] = new JsonArray([.. list.Audience.Thresholds.Select(threshold => new JsonObject
            {
                ["size"] = threshold.Size.ToString(),
                ["users"] = threshold.Users,
                ["threshold_score"] = threshold.Score,
                ["last_user_id"] = threshold.LastUserId,
            })]),
        };
        if (list.Reason is not null) json["reason"] = list.Reason;
        return json;
    }
}
