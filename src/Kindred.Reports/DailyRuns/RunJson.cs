using System.Text.Json.Nodes;
using Kindred.Pipeline.Running;

namespace Kindred.Reports.DailyRuns;

/// <summary>A daily run as JSON.</summary>
public static class RunJson
{
    /// <summary>The published version, the work that was done, and the lists without an audience.</summary>
    public static JsonObject Of(RunOutcome outcome) => new()
    {
        ["version"] = outcome.Version.Number,
        ["new"] = outcome.IsNew,
        ["lists"] = outcome.Version.Units.Select(unit => unit.List).Distinct().Count(),
        ["audiences"] = outcome.Version.Units.Sum(unit => unit.Targets.Sum(target => target.Sizes.Count)),
        ["trained"] = outcome.Trained,
        ["warm_started"] = outcome.WarmStarted,
        ["thresholds_found"] = outcome.Thresholded,
        ["tasks"] = outcome.Tasks,
        ["tasks_run"] = outcome.TasksRun,
        ["missing"] = Rejections.Of(outcome.Version).Count(),
        ["rejected"] = new JsonArray([.. Rejections.Of(outcome.Version)
            .Select(rejected =>
            new JsonObject { ["list"] = rejected.List, ["country"] = rejected.Country, ["reason"] = rejected.Reason })]),
    };
}
