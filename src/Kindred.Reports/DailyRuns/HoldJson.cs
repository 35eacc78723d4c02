using System.Text.Json.Nodes;
using Kindred.App.DailyRuns;

namespace Kindred.Reports.DailyRuns;

/// <summary>Roll-backs and lifted holds as JSON.</summary>
public static class HoldJson
{
    /// <summary>The published version, the one before, and the hold.</summary>
    public static JsonObject Of(RolledBack rolledBack) =>
        new() { ["current"] = rolledBack.Current, ["before"] = rolledBack.Before, ["held"] = rolledBack.Hold.ToJson() };

    /// <summary>The published version, and the hold that was lifted.</summary>
    public static JsonObject Of(LiftedHold lifted) =>
        new() { ["current"] = lifted.Current, ["was_held"] = lifted.WasHeld, ["lifted"] = lifted.Hold?.ToJson() };
}
