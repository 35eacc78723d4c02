using System.Text.Json.Nodes;
using Kindred.Audiences;

namespace Kindred.Reports.DailyRuns;

/// <summary>Audiences of users as JSON.</summary>
public static class LookupJson
{
    /// <summary>The audiences of each user in a version; null for an unknown user.</summary>
    public static JsonObject Of(int version, IEnumerable<(string User, IReadOnlyList<PublishedAudience>? Audiences)> answers) => new()
    {
        ["version"] = version,
        ["users"] = new JsonArray([.. answers.Select(answer => new JsonObject
        {
            ["user_id"] = answer.User,
            ["known"] = answer.Audiences is not null,
            ["audiences"] = new JsonArray([.. (answer.Audiences ?? []).Select(audience => new JsonObject
            {
                ["list"] = audience.SeedListId,
                ["country"] = audience.Country,
                ["size"] = audience.Size,
            })]),
        })]),
    };
}
