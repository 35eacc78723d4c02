using System.Text.Json.Nodes;
using Kindred.App.Comparison;
using Kindred.Evaluation;

namespace Kindred.Reports.Compare;

/// <summary>A comparison as JSON: the figures, which are the same on every run, apart from the times, which are not.</summary>
public static class ComparisonJson
{
    /// <summary>The figures, which are the same on every run.</summary>
    public static JsonObject Figures(CompareResult result)
    {
        var main = result.Main;
        return new JsonObject
        {
            ["verdict"] = new JsonArray([.. CompareWords.Verdict(result).Select(sentence => (JsonNode)sentence)]),
            ["baseline"] = main.Baseline,
            ["baseline_note"] = result.BaselineNote,
            ["k"] = JsonText.Numbers(main.Results[0].Fractions),
            ["country"] = result.Country,
            ["candidates"] = result.Candidates,
            ["repeats"] = result.Repeats,
            ["lists_note"] = result.ListsNote,
            ["methods"] = new JsonArray([.. result.Methods.Select((method, i) => new JsonObject
            {
                ["method"] = method.Name,
                ["reads"] = method.Reads,
                ["cost_per_pair"] = JsonText.Number(main.Results[i].CostPerPair),
            })]),
            ["left_out"] = new JsonArray([.. result.LeftOut.Select(method =>
                new JsonObject { ["method"] = method.Method, ["reason"] = method.Reason })]),
            ["weighting"] = new JsonArray([.. result.Weighting.Select(weighting => new JsonObject
            {
                ["method"] = weighting.Method,
                ["recall"] = Of(weighting.Recall),
                ["engaged_recall"] = Of(weighting.EngagedRecall),
            })]),
            ["comparisons"] = new JsonArray([.. result.Sizes.Select(size => Of(size))]),
        };
    }

    /// <summary>The times, which differ from run to run.</summary>
    public static JsonObject Times(CompareResult result) => new()
    {
        ["times"] = new JsonArray([.. result.Sizes.SelectMany(size => size.Costs.Select((cost, i) => new JsonObject
        {
            ["seeds"] = size.Seeds,
            ["method"] = size.Comparison.Results[i].Method,
            ["train_seconds"] = Math.Round(cost.TrainSeconds, 3),
            ["score_seconds"] = Math.Round(cost.ScoreSeconds, 3),
            ["allocated_bytes"] = cost.AllocatedBytes,
            ["peak_bytes"] = cost.PeakBytes,
        }))]),
    };

    private static JsonObject Of(ComparedSize size)
    {
        var comparison = size.Comparison;
        return new JsonObject
        {
            ["seeds"] = size.Seeds,
            ["lists"] = comparison.Results[0].Lists.Count,
            ["overall"] = Methods(comparison.Overall),
            ["buckets"] = new JsonArray([.. comparison.Buckets.Select(bucket => new JsonObject
            {
                ["least_seeds"] = bucket.Bucket.Least,
                ["most_seeds"] = bucket.Bucket.Most,
                ["name"] = bucket.Bucket.Name,
                ["lists"] = bucket.Bucket.Lists.Count,
                ["few_lists"] = bucket.Bucket.IsSmall,
                ["methods"] = Methods(bucket.Methods),
            })]),
            ["pairs"] = new JsonArray([.. comparison.Pairs.Select(pair => Of(pair))]),
            ["seed_lists"] = new JsonArray([.. comparison.Results[0].Lists.Select((list, i) => new JsonObject
            {
                ["seed_list_id"] = list.SeedListId,
                ["users"] = list.Users,
                ["training"] = list.Training,
                ["held_out"] = list.HeldOut,
                ["average_recall"] = new JsonObject(comparison.Results.Select(method =>
                    KeyValuePair.Create(method.Method, JsonText.Number(method.Lists[i].AverageRecall)))),
                ["average_engaged_recall"] = list.EngagedRecall.Count == 0 ? null : new JsonObject(comparison.Results.Select(method =>
                    KeyValuePair.Create(method.Method, JsonText.Number(method.Lists[i].AverageEngagedRecall)))),
            })]),
        };
    }

    private static JsonArray Methods(IReadOnlyList<MethodFigures> methods) => new([.. methods.Select(method => new JsonObject
    {
        ["method"] = method.Method,
        ["average_recall"] = Of(method.AverageRecall),
        ["average_precision"] = Of(method.AveragePrecision),
        ["recall"] = Of(method.Recall),
        ["precision"] = Of(method.Precision),
        ["recall_gain"] = Of(method.RecallGain),
        ["precision_gain"] = Of(method.PrecisionGain),
        ["recall_gains"] = Of(method.RecallGains),
        ["precision_gains"] = Of(method.PrecisionGains),
        ["against_baseline"] = method.AgainstBaseline is { } test ? Of(test) : null,
    })]);

    private static JsonObject Of(MethodDifference pair) => new()
    {
        ["method"] = pair.Method,
        ["other"] = pair.Other,
        ["difference"] = Of(pair.Difference),
        ["gain"] = Of(pair.Gain),
        ["lists_ahead"] = pair.Ahead,
        ["lists_behind"] = pair.Behind,
        ["p_sign_flip"] = JsonText.Number(pair.SignFlip),
        ["p_t"] = JsonText.Number(pair.StudentT),
        ["p_corrected"] = JsonText.Number(pair.Corrected),
    };

    private static JsonArray Of(IReadOnlyList<Measured> figures) => new([.. figures.Select(figure => (JsonNode)Of(figure))]);

    private static JsonObject Of(Measured figure) =>
        new() { ["value"] = JsonText.Number(figure.Value), ["se"] = JsonText.Number(figure.StandardError) };
}
