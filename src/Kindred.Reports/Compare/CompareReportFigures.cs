using Kindred.App.Comparison;
using Kindred.Evaluation;
using Kindred.Reports.Charts;

namespace Kindred.Reports.Compare;

/// <summary>The figures of a comparison report.</summary>
internal static class CompareReportFigures
{
    /// <summary>The caption's note if a line chart shows only some of the methods.</summary>
    public static string Shown(CompareResult result) => result.Methods.Count > Mark.Kinds
        ? $" (the {Mark.Kinds - 1} best methods and the baseline; the table below has all)" : "";

    public static string Gains(CompareResult result) => new SvgIntervalPlot(
        "Relative gain of each method over the baseline in average recall and average precision; the tables below have the numbers.",
        $"Relative gain over {result.Main.Baseline}",
        [
            new IntervalGroup("Recall", Rows(result.Main.Overall, method => method.RecallGain)),
            new IntervalGroup("Precision", Rows(result.Main.Overall, method => method.PrecisionGain)),
        ]).Render();

    public static string GainsByBucket(CompareResult result, Func<MethodFigures, Measured> gain, string what) => new SvgIntervalPlot(
        $"Marks of the relative gain of each method over the baseline in average {what}, by size of the seed list; the tables below have " +
            "the numbers.",
        $"Relative gain over {result.Main.Baseline}",
        [.. result.Main.Buckets.Select(bucket => new IntervalGroup(
            $"{CompareWords.Bucket(bucket.Bucket)}: {bucket.Bucket.Lists.Count} " +
                $"{(bucket.Bucket.Lists.Count == 1 ? "list" : "lists")}{(bucket.Bucket.IsSmall ? " only" : "")}",
            Rows(bucket.Methods, gain)))]).Render();

    public static string RecallAtK(CompareResult result)
    {
        var shares = result.Main.Results[0].Fractions;
        return new SvgLineChart(
            "Lines of recall against the size of the audience; the table below has the numbers.",
            "Audience, as a share of the population (logarithmic)",
            "Recall",
            [.. Best(result)
                .Select((i, style) =>
                new ChartSeries(result.Methods[i].Name, style, [.. shares.Zip(result.Main.Overall[i].Recall, (share, recall) =>
                Point(share, recall, $"{result.Methods[i].Name} at {Figure.ShortPercent(share)}"))]))])
        {
            LogX = shares.Count > 1,
            XTicks = shares,
            XFormat = Figure.ShortPercent,
        }.Render();
    }

    public static string RecallBySeeds(CompareResult result) => new SvgLineChart(
        "Lines of the average recall against the number of seeds trained on; the table below has the numbers.",
        "Seeds trained on (logarithmic)",
        "Average recall",
        [.. Best(result).Select((i, style) => new ChartSeries(result.Methods[i].Name, style, [.. result.Sizes.Select(size =>
            Point(size.Seeds!.Value, size.Comparison.Overall[i].AverageRecall,
                $"{result.Methods[i].Name}, {Figure.Count(size.Seeds.Value)} seeds"))]))])
    {
        LogX = true,
        XTicks = [.. result.Sizes.Select(size => (double)size.Seeds!.Value)],
    }.Render();

    public static string GainsBySeeds(CompareResult result) => new SvgIntervalPlot(
        "Marks of the relative gain of each method over the baseline in average recall, by the number of seeds trained on; the table " +
            "below has the numbers.",
        $"Relative gain over {result.Main.Baseline}",
        [.. result.Sizes.Select(size =>
            new IntervalGroup($"{Figure.Count(size.Seeds!.Value)} seeds", Rows(size.Comparison.Overall, method => method.RecallGain)))])
                .Render();

    private static Interval[] Rows(IReadOnlyList<MethodFigures> methods, Func<MethodFigures, Measured> gain) =>
        [.. methods.Where(method => method.AgainstBaseline is not null).OrderByDescending(method => gain(method).Value)
            .Select(method =>
                new Interval(method.Method, gain(method).Value, gain(method).StandardError, CompareWords.Gain(gain(method))))];

    /// <summary>The methods that a line chart shows; more would be indistinguishable.</summary>
    private static IEnumerable<int> Best(CompareResult result)
    {
        var baseline = result.Methods.ToList().FindIndex(method => method.Name == result.Main.Baseline);
        var order = Enumerable.Range(0, result.Methods.Count).Where(i => i != baseline)
            .OrderByDescending(i => result.Main.Overall[i].AverageRecall.Value).Take(Mark.Kinds - 1).Append(baseline);
        return order.OrderByDescending(i => result.Main.Overall[i].AverageRecall.Value);
    }

    private static ChartPoint Point(double x, Measured y, string name) =>
        // No bands: errors over lists are far wider than those of the differences, which the gain charts show.
        new(x, y.Value, 0, $"{name}: {Figure.WithError(new Estimate(y.Value, y.StandardError))}");
}
