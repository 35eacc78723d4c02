using System.Text.Json.Nodes;
using Kindred.App.Evaluation;
using Kindred.Evaluation;

namespace Kindred.Reports.Evaluate;

/// <summary>An evaluation as JSON.</summary>
public static class EvaluateJson
{
    /// <summary>The method's figures, and those of the baselines on the same splits.</summary>
    public static JsonObject Of(EvaluationWithBaselines result)
    {
        var json = Figures(result.Method);
        json["baselines"] = new JsonArray([.. result.Baselines.Select(baseline =>
        {
            var figures = Figures(baseline);
            var (ahead, error) = result.Method.MinusPaired(baseline);
            figures["method_ahead"] = JsonText.Number(ahead);
            figures["method_ahead_se"] = JsonText.Number(error);
            return figures;
        })]);
        json["repeats"] = result.Repeats;
        json["country"] = result.Country;
        return json;
    }

    private static JsonObject Figures(EvaluationResult result) => new()
    {
        ["method"] = result.Method,
        ["k"] = JsonText.Numbers(result.Fractions),
        ["average_recall"] = JsonText.Number(result.AverageRecall),
        ["average_recall_se"] = JsonText.Number(result.AverageRecallStandardError),
        ["average_precision"] = JsonText.Number(result.AveragePrecision),
        ["average_precision_se"] = JsonText.Number(result.AveragePrecisionStandardError),
        ["lists"] = new JsonArray([.. result.Lists.Select(list => new JsonObject
        {
            ["seed_list_id"] = list.SeedListId,
            ["users"] = list.Users,
            ["training"] = list.Training,
            ["held_out"] = list.HeldOut,
            ["average_recall"] = JsonText.Number(list.AverageRecall),
            ["recall"] = JsonText.Numbers(list.Recall),
            ["precision"] = JsonText.Numbers(list.Precision),
            ["precision_defined"] = JsonText.Numbers(list.PrecisionDefined),
        })]),
    };
}
