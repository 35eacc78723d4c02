using System.Globalization;
using Kindred.App.Comparison;
using Kindred.Evaluation;
using Kindred.Reports.Html;

namespace Kindred.Reports.Compare;

/// <summary>The tables of a comparison report, with every number that the figures draw.</summary>
internal static class CompareReportTables
{
    public static HtmlTable Recall(MethodComparison comparison) =>
        PerK(comparison, "Recall: mean over seed lists ± standard error", "Recall", (_, figure) => Text(figure), method => method.Recall,
            method => method.AverageRecall);

    public static HtmlTable Precision(MethodComparison comparison) =>
        PerK(comparison, "Precision: mean over seed lists ± standard error", "Precision", (_, figure) => Text(figure),
            method => method.Precision, method => method.AveragePrecision);

    public static HtmlTable Gains(MethodComparison comparison) =>
        PerK(comparison, $"Relative gain over {comparison.Baseline} in recall ± standard error", "Recall", GainOf,
            method => method.RecallGains, method => method.RecallGain);

    public static HtmlTable Bucket(BucketFigures bucket, string baseline)
    {
        var lists = bucket.Bucket.Lists.Count;
        var table = new HtmlTable($"{CompareWords.Bucket(bucket.Bucket)}: {lists} " +
            $"{(lists == 1 ? "list" : "lists")}{(bucket.Bucket.IsSmall ? ", too few to rely on" : "")}",
            ["Method", "Average recall", $"Over {baseline}", "Average precision", $"Over {baseline}", "Ahead on", "Corrected p"]);
        foreach (var method in bucket.Methods.OrderByDescending(method => method.AverageRecall.Value))
        {
            table.Add(method.Method, Text(method.AverageRecall), GainOf(method, method.RecallGain), Text(method.AveragePrecision),
                GainOf(method, method.PrecisionGain),
                method.AgainstBaseline is { } test ? $"{test.Ahead} of {lists}" : "",
                method.AgainstBaseline is { } same ? CompareWords.P(same.Corrected) : "");
        }

        return table;
    }

    public static HtmlTable Pairs(MethodComparison comparison)
    {
        var table = new HtmlTable(
            $"{Figure.Count(comparison.Pairs.Count)} pairs on {Figure.Count(comparison.Results[0].Lists.Count)} lists",
            ["Pair", "Difference", "Gain", "Ahead on", "Behind on", "Corrected p", "p", "p of the t-test"]);
        foreach (var pair in comparison.Pairs)
        {
            table.Add($"{pair.Method} over {pair.Other}", (pair.Difference.Value >= 0 ? "+" : "") + Text(pair.Difference),
                CompareWords.Gain(pair.Gain),
                Figure.Count(pair.Ahead), Figure.Count(pair.Behind), CompareWords.P(pair.Corrected), CompareWords.P(pair.SignFlip),
                CompareWords.P(pair.StudentT));
        }

        return table;
    }

    public static HtmlTable Weighting(CompareResult result)
    {
        var table = new HtmlTable("With sample weights against without",
            ["Method", "Recall", "Ahead on", "Behind on", "Corrected p", "Engaged recall", "Ahead on", "Behind on", "Corrected p"]);
        foreach (var weighting in result.Weighting)
        {
            table.Add([weighting.Method, .. Cells(weighting.Recall), .. Cells(weighting.EngagedRecall)]);
        }

        return table;

        static string[] Cells(MethodDifference test) =>
            [CompareWords.Gain(test.Gain), Figure.Count(test.Ahead), Figure.Count(test.Behind), CompareWords.P(test.Corrected)];
    }

    public static HtmlTable Costs(CompareResult result)
    {
        var table = new HtmlTable("Time, memory and cost per method",
            ["Method", "Training, s", "Scoring, s", "Peak memory, MB", "Allocated, MB", "Cost per pair", "Reads"])
        { EndsInNote = true };
        foreach (var size in result.Sizes)
        {
            for (var i = 0; i < size.Costs.Count; i++)
            {
                var cost = size.Costs[i];
                table.Add(result.Methods[i].Name + (size.Seeds is { } seeds ? $", {Figure.Count(seeds)} seeds" : ""),
                    Figure.Fixed(cost.TrainSeconds, 1), Figure.Fixed(cost.ScoreSeconds, 1),
                    Megabytes(cost.PeakBytes), Megabytes(cost.AllocatedBytes), Cost(size.Comparison.Results[i].CostPerPair),
                    result.Methods[i].Reads);
            }
        }

        return table;
    }

    public static HtmlTable RecallBySeeds(CompareResult result) =>
        BySeeds(result, "Average recall by the number of seeds trained on", method => Text(method.AverageRecall));

    public static HtmlTable GainsBySeeds(CompareResult result) =>
        BySeeds(result, $"Relative gain over {result.Main.Baseline} in average recall, and its corrected p among the methods of that size",
            method => method.AgainstBaseline is { } test
                ? $"{CompareWords.Gain(method.RecallGain)} ({CompareWords.P(test.Corrected)})"
                : "baseline");

    private static HtmlTable BySeeds(CompareResult result, string caption, Func<MethodFigures, string> cell)
    {
        var table = new HtmlTable(caption, ["Method", .. result.Sizes.Select(size => Figure.Count(size.Seeds!.Value))]);
        for (var i = 0; i < result.Methods.Count; i++)
        {
            table.Add([result.Methods[i].Name, .. result.Sizes.Select(size => cell(size.Comparison.Overall[i]))]);
        }

        return table;
    }

    private static HtmlTable PerK(
        MethodComparison comparison, string caption, string what, Func<MethodFigures, Measured, string> cell,
        Func<MethodFigures, IReadOnlyList<Measured>> each, Func<MethodFigures, Measured> average)
    {
        var table = new HtmlTable(caption,
            ["Method", .. comparison.Results[0].Fractions.Select(share => $"{what}@{Figure.ShortPercent(share)}"), "Average"]);
        foreach (var method in comparison.Overall.OrderByDescending(method => method.AverageRecall.Value))
        {
            table.Add([method.Method, .. each(method).Select(figure => cell(method, figure)), cell(method, average(method))]);
        }

        return table;
    }

    private static string GainOf(MethodFigures method, Measured gain) =>
        method.AgainstBaseline is null ? "baseline" : CompareWords.Gain(gain);

    private static string Text(Measured figure) => Figure.WithError(new Estimate(figure.Value, figure.StandardError));

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("N0", CultureInfo.InvariantCulture);

    private static string Cost(double cost) => double.IsFinite(cost) ? cost.ToString("N0", CultureInfo.InvariantCulture) : Figure.None;
}
