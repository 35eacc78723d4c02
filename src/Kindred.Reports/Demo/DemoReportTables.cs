using Kindred.Reports.Html;

namespace Kindred.Reports.Demo;

/// <summary>The tables of the demo's report, with every number that the figures draw.</summary>
internal static class DemoReportTables
{
    public static HtmlTable Methods(DemoReportModel model)
    {
        var table = new HtmlTable("Means over seed lists ± standard error",
            ["Method", .. model.Shares.Select(share => "Recall@" + Figure.ShortPercent(share)), "Average recall", "Average precision"]);
        foreach (var method in model.Methods)
        {
            table.Add([method.Name, .. method.RecallAtK.Select(Figure.WithError), Figure.WithError(method.AverageRecall),
                Figure.WithError(method.AveragePrecision)]);
        }

        return table;
    }

    public static HtmlTable Lists(DemoReportModel model)
    {
        var table = new HtmlTable("Average recall of each seed list",
            ["Seed list", "Seeds", .. model.Methods.Select(method => method.Name)]);
        foreach (var list in model.Lists)
        {
            table.Add([list.SeedList, Figure.Count(list.Seeds), .. list.AverageRecall.Select(recall => Figure.Fixed(recall, 3))]);
        }

        return table;
    }

    public static HtmlTable Affinity(DemoReportModel model, Estimate captured)
    {
        var table = new HtmlTable(
            $"Mean true affinity at {Figure.ShortPercent(model.AudienceShare)}; captured on average: {Figure.PercentWithError(captured)}",
            ["Seed list", "Seeds", "Audience", "Seed users", "Population", "Best possible", "Captured"]);
        foreach (var list in model.Lists)
        {
            double[] means = [list.Affinity.Audience, list.Affinity.Seeds, list.Affinity.Population, list.Affinity.Ideal];
            table.Add([list.SeedList, Figure.Count(list.Seeds), .. means.Select(mean => Figure.Fixed(mean, 3)),
                Figure.Percent(list.Affinity.Captured)]);
        }

        return table;
    }
}
