using Kindred.Reports.Html;

namespace Kindred.Reports.Demo;

/// <summary>The page of a demo.</summary>
public static class DemoReport
{
    // More rows would make the figure unreadable; the table below has all.
    private const int MostRowsOfFigure = 40;

    /// <summary>The page as HTML. The same model gives the same bytes.</summary>
    public static string Render(DemoReportModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        // Ascending by size, independent of the order of training.
        model = model with { Lists = [.. model.Lists.OrderBy(list => list.Seeds).ThenBy(list => list.SeedList, StringComparer.Ordinal)] };
        var page = new HtmlPage("Kindred demo: from seed lists to audiences");
        AddHeadline(page, model);
        AddWorld(page, model.World);
        AddQuality(page, model);
        AddSizes(page, model);
        AddAffinity(page, model);
        AddReading(page, model);
        AddCommands(page, model.Commands);
        return page.Render();
    }

    private static void AddHeadline(HtmlPage page, DemoReportModel model)
    {
        var (best, baselines) = (model.Methods[0], model.Methods.Skip(1).ToArray());
        var captured = Captured(model);
        page.Paragraph(DemoReportWords.Headline(model, captured), "headline");
        page.KeyFigures(
        [
            (Figure.Percent(best.AverageRecall.Mean), $"of hidden customers found, on average over audiences of " +
                $"{Figure.Enumerated([.. model.Shares.Select(Figure.ShortPercent)])}"),
            .. baselines.Select(baseline => (DemoReportWords.Times(best, baseline) + "×", $"as many as by {baseline.Description}")),
            (Figure.Percent(captured.Mean), "of the possible gain in true affinity captured"),
        ]);
    }

    private static Estimate Captured(DemoReportModel model) => Estimate.Of([.. model.Lists.Select(list => list.Affinity.Captured)]);

    private static void AddWorld(HtmlPage page, DemoWorld world) => page.Section("The synthetic world")
        .Paragraph("A synthetic platform with known ground truth. Each user is interested in a few topics and chooses their items; "
            + "each advertiser suits some users better than others; a seed list is a noisy sample of the users it suits. "
            + "The model saw the interactions and the seed lists, never the truth.")
        .Table(new HtmlTable($"The world, made from seed {world.Seed}", ["What", "Number", "Of which"]) { EndsInNote = true }
            .Add("Users", Figure.Count(world.Users), $"{Figure.Count(world.ActiveUsers)} active in the last 30 days")
            .Add("Countries", Figure.Count(world.Countries.Count),
                string.Join(", ", world.Countries.Select(country => $"{country.Code} {Figure.Count(country.Users)}")))
            .Add("Items", Figure.Count(world.Items), "")
            .Add("Interactions", Figure.Count(world.Interactions), $"{Figure.Fixed((double)world.Interactions / world.Users, 1)} per user")
            .Add("Seed lists", Figure.Count(world.SeedLists), $"{Figure.Count(world.Seeds)} seeds in all"));

    private static void AddQuality(HtmlPage page, DemoReportModel model)
    {
        page.Section("Did it find the hidden customers?")
            .Paragraph("One seed in ten was hidden from the model. A good audience contains these hidden seeds.")
            .Figure("Average recall of the hidden seeds, with standard errors", DemoReportFigures.AverageRecall(model))
            .Figure("Recall at each audience size", DemoReportFigures.RecallAtK(model))
            .Table(DemoReportTables.Methods(model))
            .Paragraph(DemoReportWords.Uncertainty(model), "note");
    }

    private static void AddSizes(HtmlPage page, DemoReportModel model)
    {
        page.Section("Is a small seed list enough?").Paragraph(
            "Each mark is a seed list. The recall of small lists is uncertain: a list of 200 hides 20 seeds, each worth 5 points.");
        if (model.Lists.Count > 1) page.Figure("Average recall by size of the seed list", DemoReportFigures.RecallBySize(model));
        page.Table(DemoReportTables.Lists(model));
    }

    private static void AddAffinity(HtmlPage page, DemoReportModel model)
    {
        var shown = DemoReportWords.Spread(model.Lists, MostRowsOfFigure);
        var some = shown.Count < model.Lists.Count
            ? $" ({shown.Count} of {Figure.Count(model.Lists.Count)} lists, from the smallest to the largest)"
            : "";
        page.Section("Are they the right users?")
            .Paragraph("In a synthetic world, the true affinity of every user to every advertiser is known. "
                + $"Here is its mean over audiences of {Figure.ShortPercent(model.AudienceShare)} of the active users, "
                + "between a random audience and the best possible audience of that size. "
                + "Audiences contain no seeds, so a list that already holds most of its suitable users leaves little to find.")
            .Figure("Mean true affinity" + some, DemoReportFigures.Affinity(shown))
            .Table(DemoReportTables.Affinity(model, Captured(model)));
    }

    private static void AddReading(HtmlPage page, DemoReportModel model) => page.Section("How to read this").Definitions(
    [
        ("Recall@k", "The share of hidden seeds among the k highest-ranked users. Training seeds are left out of the ranking."),
        ("Precision@k", "Among the k highest-ranked users: hidden seeds as a share of hidden seeds and equally many random users. " +
            "Chance is one half, or less for short lists, because it counts as 0 if neither kind is among the k."),
        ("Average recall",
            $"The mean of recall@k where k is {Figure.Enumerated([.. model.Shares.Select(Figure.ShortPercent)])} of the population."),
        ("±", "One standard error over seed lists: with other lists, the mean would fall within it about two times in three. " +
            "Differences between methods are paired by list and therefore more precise."),
        ("True affinity", "How likely, from 0 to 1, an advertiser is to suit a user. It is known only in a synthetic world."),
        ("Captured", "(audience − population) / (best possible − population): 0% is a random audience, 100% a perfect one."),
    ]);

    private static void AddCommands(HtmlPage page, IReadOnlyList<DemoStep> commands)
    {
        if (commands.Count == 0) return;
        page.Section("The same with your own files");
        foreach (var command in commands) page.Command(command.Explanation, command.CommandLine);
    }
}
