using Kindred.Reports.Charts;

namespace Kindred.Reports.Demo;

/// <summary>The figures of the demo's page.</summary>
internal static class DemoReportFigures
{
    public static string AverageRecall(DemoReportModel model) => new SvgBarChart(
        "Bars of the average recall: "
            + string.Join(", ", model.Methods.Select(method => $"{method.Name} {Figure.WithError(method.AverageRecall)}")),
        "Average recall",
        [new BarGroup("", [.. model.Methods.Select((method, i) => new Bar(method.Name, i, method.AverageRecall))])]).Render();

    public static string RecallAtK(DemoReportModel model) => new SvgLineChart(
        "Lines of recall against the size of the audience; the table below has the numbers.",
        "Audience, as a share of the population (logarithmic)",
        "Recall",
        [.. model.Methods.Select((method, i) => new ChartSeries(method.Name, i, RecallPoints(model, method)))])
    {
        LogX = model.Shares.Count > 1,
        XTicks = model.Shares,
        XFormat = Figure.ShortPercent,
    }.Render();

    public static string RecallBySize(DemoReportModel model) => new SvgLineChart(
        "Marks of the average recall against the size of the seed list; the table below has the numbers.",
        "Seeds in the list (logarithmic)",
        "Average recall",
        [.. model.Methods.Select((method, i) =>
            new ChartSeries(method.Name, i, [.. model.Lists.Select(list => SizePoint(list, method.Name, i))]) { Joined = false })])
    {
        LogX = true,
    }.Render();

    public static string Affinity(IReadOnlyList<DemoList> lists) => new SvgDotPlot(
        "One row per seed list: mean true affinity of audience, seeds, population and the best possible audience; the table below has " +
            "the numbers.",
        "Mean true affinity",
        ["Audience", "Seeds", "Population", "Best possible"],
        [.. lists.Select(list =>
            new DotRow(list.SeedList, [list.Affinity.Audience, list.Affinity.Seeds, list.Affinity.Population, list.Affinity.Ideal]))])
                .Render();

    private static ChartPoint[] RecallPoints(DemoReportModel model, DemoMethod method) =>
        [.. model.Shares.Zip(method.RecallAtK, (share, recall) => new ChartPoint(
            share, recall.Mean, recall.StandardError, $"{method.Name} at {Figure.ShortPercent(share)}: {Figure.WithError(recall)}"))];

    private static ChartPoint SizePoint(DemoList list, string method, int index) => new(
        list.Seeds, list.AverageRecall[index], 0,
        $"{list.SeedList}, {Figure.Count(list.Seeds)} seeds, {method}: {Figure.Fixed(list.AverageRecall[index], 3)}");
}
