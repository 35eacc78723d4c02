using System.Text.Json.Nodes;
using Kindred.App.Experiments;
using Kindred.Experiments;
using Kindred.Experiments.Planning;

namespace Kindred.Reports.Experiment;

/// <summary>Plans of an experiment as JSON. Values and effects are not multiplied by a metric's scale.</summary>
public static class PlanJson
{
    /// <summary>The documented JSON of a plan.</summary>
    public static JsonObject Of(PlanExperimentRequest request, ExperimentPlan result) => new()
    {
        ["rows"] = result.Rows,
        ["units"] = result.Units,
        ["problems"] = new JsonArray([.. result.Problems.Select(problem =>
            new JsonObject { ["kind"] = problem.Kind.ToString(), ["rows"] = problem.Rows })]),
        ["traffic"] = request.Traffic,
        ["effect"] = request.Effect,
        ["metrics"] = new JsonArray([.. result.Metrics.Select(metric => Of(request, metric))]),
    };

    private static JsonObject Of(PlanExperimentRequest request, PlannedMetric metric) => new()
    {
        ["metric"] = metric.Name,
        ["kind"] = metric.Plan.Kind.ToString().ToLowerInvariant(),
        ["better"] = metric.Direction == MetricDirection.Lower ? "lower" : "higher",
        ["value"] = JsonText.Number(metric.Plan.Baseline.Value),
        ["unit_variance"] = JsonText.Number(metric.Plan.Baseline.UnitVariance),
        ["scale"] = metric.Plan.Scale == EffectScale.Relative ? "relative" : "absolute",
        ["confidence"] = metric.Plan.Confidence,
        ["power"] = metric.Plan.Power,
        ["control_share"] = metric.Plan.ControlShare,
        ["variance_reduction"] = metric.Plan.VarianceReduction,
        ["tuned_for"] = metric.Plan.TunedFor,
        ["units_needed"] = metric.UnitsNeeded,
        ["sequential_inflation"] = metric.Inflation,
        ["units_given"] = request.Units,
        ["detectable_effect"] = metric.DetectableEffect is { } effect ? JsonText.Number(effect) : null,
        ["power_of_effect"] = metric.PowerOfEffect,
        ["days_needed"] = request.Effect is { } wanted ? metric.Duration?.DaysFor(wanted) : null,
        ["duration"] = metric.Duration is not { } duration ? null : new JsonObject
        {
            ["log_days"] = duration.LogDays,
            ["growth"] = JsonText.Number(duration.Growth),
            ["caveats"] = duration.LogDays == 0 ? [] : new JsonArray([.. duration.Caveats.Select(caveat => (JsonNode)caveat)]),
            ["days"] = new JsonArray([.. duration.Days.Select(day => new JsonObject
            {
                ["days"] = day.Days,
                ["units"] = day.Units,
                ["value"] = JsonText.Number(day.Estimate.Value),
                ["unit_variance"] = JsonText.Number(day.Estimate.UnitVariance),
                ["detectable_effect"] = JsonText.Number(day.DetectableEffect),
                ["forecast"] = day.IsForecast,
            })]),
        },
    };
}
