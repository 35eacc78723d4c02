using System.Text.Json.Nodes;
using Kindred.App.Audiences;
using Kindred.Audiences;

namespace Kindred.Reports.Audiences;

/// <summary>Selected audiences as JSON.</summary>
public static class ExpandJson
{
    /// <summary>The audiences of a folder, with their sizes and thresholds.</summary>
    /// <param name="lists">The audiences.</param>
    /// <param name="folder">Their folder.</param>
    /// <param name="withIds">True for the id of each size's last user too.</param>
    public static JsonObject Of(IReadOnlyList<ExpandedList> lists, string folder, bool withIds) => new()
    {
        ["audiences"] = folder,
        ["lists"] = new JsonArray([.. lists.Select(list => ToJson(list, withIds))]),
    };

    private static JsonObject ToJson(ExpandedList list, bool withIds)
    {
        var json = new JsonObject
        {
            ["seed_list_id"] = list.Audience.SeedListId,
            ["candidates"] = list.Audience.Candidates,
            ["sizes"] = new JsonArray([.. list.Audience.Thresholds.Select(threshold => ToJson(threshold, withIds))]),
        };
        if (list.Reason is not null) json["reason"] = list.Reason;
        return json;
    }

    private static JsonObject ToJson(AudienceThreshold threshold, bool withId)
    {
        var json = new JsonObject
        {
            ["size"] = threshold.Size.ToString(),
            ["users"] = threshold.Users,
            ["threshold_score"] = threshold.Score,
        };
        if (withId) json["last_user_id"] = threshold.LastUserId;
        return json;
    }
}
