using Kindred.Evaluation;
using Kindred.Reports.Charts;
using Kindred.Reports.Html;

namespace Kindred.Reports.Reach;

/// <summary>The figures and tables of reach curves.</summary>
internal static class ReachFigures
{
    private static readonly double[] Ticks = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

    /// <summary>The sizes that a list's table shows.</summary>
    public static IReadOnlyList<double> TableShares { get; } = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2];

    /// <summary>The sizes that the table of all lists shows.</summary>
    public static IReadOnlyList<double> FewShares { get; } = [0.01, 0.05, 0.1, 0.2];

    /// <summary>The curve of one list.</summary>
    public static string Curve(ReachCurve curve) => Chart(curve, null).Render();

    /// <summary>The curves of several lists on the same axes, each with its recommended size.</summary>
    public static IEnumerable<(string Caption, string? Anchor, string Svg)> SideBySide(IReadOnlyList<ReachCurve> curves)
    {
        var highest = curves.Max(curve => curve.Points.Max(point => point.RecallHigh));
        return curves.Select((curve, i) =>
            (curve.SeedListId, (string?)HtmlPage.ListAnchor(i), Chart(curve, highest).RenderSmall()));
    }

    /// <summary>The recommended size of every list; the first few link to their section.</summary>
    public static HtmlTable Recommended(IReadOnlyList<ReachCurve> curves, int sections)
    {
        var table = new HtmlTable("The recommended size of every list",
            ["Seed list", "Seeds", "Size", "Users", "Finds", "Last users are", "Reason"])
        { EndsInNote = true };
        for (var i = 0; i < curves.Count; i++)
        {
            var recommended = ReachRecommendation.Of(curves[i]);
            var point = recommended.Point;
            table.AddLink(i < sections ? HtmlPage.ListAnchor(i) : null,
                curves[i].SeedListId, Figure.Count(curves[i].Seeds),
                point is null ? Figure.None : Figure.ShortPercent(point.Share), point is null ? Figure.None : Figure.Count(point.Users),
                point is null ? Figure.None : Figure.Percent(point.Recall),
                point is null ? Figure.None : $"{Figure.Fixed(point.SmoothMarginalLift, 1)}× likelier", ReachWords.Note(recommended));
        }

        return table;
    }

    public static HtmlTable Table(ReachCurve curve)
    {
        var table = new HtmlTable(
            $"What to expect of {curve.SeedListId}: {Figure.Count(curve.HeldOut)} seeds searched among {Figure.Count(curve.Candidates)} " +
                "active users",
            ["Size", "Users", "Recall", "95% band", "Precision", "Lift", "Lift at the margin", "Seeds at the margin", "Score percentile"]);
        foreach (var point in TableShares.Where(share => share >= curve.Points[0].Share).Select(curve.At).Distinct())
        {
            table.Add(
                Figure.ShortPercent(point.Share), Figure.Count(point.Users), Figure.Percent(point.Recall),
                Range(point.RecallLow, point.RecallHigh),
                Figure.Fixed(point.Precision, 3),
                Figure.Fixed(point.Lift, 1), Figure.Fixed(point.SmoothMarginalLift, 1), Figure.Percent(point.SeedProbability),
                Figure.Fixed(point.ThresholdPercentile, 2));
        }

        return table;
    }

    public static HtmlTable AllLists(IReadOnlyList<ReachCurve> curves)
    {
        var table = new HtmlTable("Recall, and lift in brackets, by size",
            ["Seed list", "Seeds", .. FewShares.Select(Figure.ShortPercent)]);
        foreach (var curve in curves)
        {
            table.Add([curve.SeedListId, Figure.Count(curve.Seeds), .. FewShares.Select(share => Cell(curve.At(share)))]);
        }

        return table;
    }

    private static SvgLineChart Chart(ReachCurve curve, double? highest)
    {
        var recommended = ReachRecommendation.Of(curve).Point;
        return new SvgLineChart(
            $"Line of the recall of {curve.SeedListId} against the size of the audience, with its band, and that of a random audience" +
                (recommended is null ? "" : $"; the recommended size is {Figure.ShortPercent(recommended.Share)}") +
                ". The list's table has the numbers.",
            "Audience, as a share of the population (logarithmic)", "Found (recall)",
            [
                new ChartSeries("This list", 0, [.. curve.Points.Select(point => Point(curve, point))]),
                new ChartSeries("Random audience", 2,
                    [.. curve.Points.Select(point => new ChartPoint(point.Share, ByChance(point), 0, ""))]),
            ])
        {
            LogX = curve.Points.Count > 1,
            XTicks = [.. Ticks.Where(tick => tick >= curve.Points[0].Share && tick <= curve.Points[^1].Share)],
            XFormat = Figure.ShortPercent,
            YFormat = Figure.ShortPercent,
            Highest = highest,
            Choice = recommended is null ? null : (recommended.Share, Figure.ShortPercent(recommended.Share)),
        };
    }

    private static string Cell(ReachPoint point) =>
        $"{Figure.Percent(point.Recall)} ({Figure.Fixed(point.Lift, 1)}×)";

    private static string Range(double low, double high) => $"{Figure.Fixed(100 * low, 1)}–{Figure.Percent(high)}";

    private static double ByChance(ReachPoint point) => point.Lift > 0 ? point.Recall / point.Lift : 1 - point.ThresholdPercentile / 100;

    private static ChartPoint Point(ReachCurve curve, ReachPoint point)
    {
        // Marks only at the sizes of the table, so that the line stays visible.
        var tip = TableShares.Contains(point.Share)
            ? $"{curve.SeedListId} at {Figure.ShortPercent(point.Share)}: recall {Figure.Percent(point.Recall)}, " +
                $"{Range(point.RecallLow, point.RecallHigh)}"
            : "";
        return new ChartPoint(point.Share, point.Recall, 0, tip) { Band = (point.RecallLow, point.RecallHigh) };
    }
}
