using System.Text.Json.Nodes;
using Kindred.App.Evaluation;
using Kindred.Evaluation;

namespace Kindred.Reports.Reach;

/// <summary>Reach curves as JSON.</summary>
public static class ReachJson
{
    /// <summary>The documented JSON of reach curves.</summary>
    public static JsonObject Of(ReachResult result) => new()
    {
        ["method"] = result.Method,
        ["country"] = result.Country,
        ["folds"] = result.Folds,
        ["population_version"] = result.PopulationVersion,
        ["lists"] = new JsonArray([.. result.Curves.Select(Of)]),
    };

    internal static JsonObject Of(ReachCurve curve) => new()
    {
        ["seed_list_id"] = curve.SeedListId,
        ["seeds"] = curve.Seeds,
        ["held_out"] = curve.HeldOut,
        ["candidates"] = curve.Candidates,
        ["prevalence"] = JsonText.Number(curve.Prevalence),
        ["recommended"] = Of(curve, ReachRecommendation.Of(curve)),
        ["points"] = new JsonArray([.. curve.Points.Select(Of)]),
    };

    private static JsonObject Of(ReachCurve curve, ReachRecommendation recommended) => new()
    {
        ["share"] = recommended.Point is { } point ? JsonText.Number(point.Share) : null,
        ["users"] = recommended.Point?.Users,
        ["reason"] = ReachWords.Key(recommended.Reason),
        ["largest_measured"] = recommended.IsLargest,
        ["rough"] = recommended.IsRough,
        ["text"] = ReachWords.Recommendation(curve, recommended),
    };

    private static JsonObject Of(ReachPoint point) => new()
    {
        ["share"] = JsonText.Number(point.Share),
        ["users"] = point.Users,
        ["recall"] = JsonText.Number(point.Recall),
        ["recall_low"] = JsonText.Number(point.RecallLow),
        ["recall_high"] = JsonText.Number(point.RecallHigh),
        ["precision"] = JsonText.Number(point.Precision),
        ["precision_low"] = JsonText.Number(point.PrecisionLow),
        ["precision_high"] = JsonText.Number(point.PrecisionHigh),
        ["lift"] = JsonText.Number(point.Lift),
        ["marginal_lift"] = JsonText.Number(point.MarginalLift),
        ["smooth_marginal_lift"] = JsonText.Number(point.SmoothMarginalLift),
        ["marginal_seed_probability"] = JsonText.Number(point.SeedProbability),
        ["threshold_percentile"] = JsonText.Number(point.ThresholdPercentile),
    };
}
