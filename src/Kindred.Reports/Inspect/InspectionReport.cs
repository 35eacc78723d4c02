using Kindred.App.Inspection;
using Kindred.Evaluation;
using Kindred.Insight;
using Kindred.Reports.Charts;
using Kindred.Reports.Demo;
using Kindred.Reports.Html;
using Kindred.Reports.Reach;

namespace Kindred.Reports.Inspect;

/// <summary>The page of an inspection.</summary>
public static class InspectionReport
{
    /// <summary>The format of the folder that holds the page.</summary>
    public const string Format = "kindred-inspection";

    // More lists would make the page unreadable; the JSON file has all.
    private const int MostLists = 40;

    /// <summary>The page as HTML. The same result gives the same bytes.</summary>
    public static string Render(InspectResult result)
    {
        var page = new HtmlPage("Inspected seed lists");
        page.Paragraph(Headline(result), "headline");
        AddOverview(page, result);
        var curves = result.Reach?.Curves.ToDictionary(curve => curve.SeedListId, StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(MostLists, result.Lists.Count); i++)
        {
            page.Section(result.Lists[i].SeedListId, HtmlPage.ListAnchor(i), "Seed lists");
            AddList(page, result.Lists[i], result.MinimumCount, curves?.GetValueOrDefault(result.Lists[i].SeedListId));
        }

        if (result.Lists.Count > MostLists)
        {
            page.Paragraph($"Only the first {MostLists} lists are described here. {ReportFolder.FiguresName} has all; ask for single " +
                "lists to see others.", "note");
        }

        AddReading(page, result);
        return page.Render();
    }

    private static string Headline(InspectResult result)
    {
        int Count(SeedVerdict verdict) => result.Lists.Count(list => list.Verdict == verdict);
        string Part(SeedVerdict verdict, string word) => Count(verdict) == 0 ? "" : $"{Figure.Count(Count(verdict))} {word}";
        var parts = new[] { Part(SeedVerdict.Fine, "fine"), Part(SeedVerdict.TooMixed, "too mixed"),
            Part(SeedVerdict.TooFewToJudge, "too few to judge"), Part(SeedVerdict.CannotBeTold, "undetermined") };
        var lists = Figure.SeedLists(result.Lists.Count);
        return $"{lists}{(result.Country is null ? "" : " in " + result.Country)}: " +
            $"{Figure.Enumerated([.. parts.Where(part => part.Length > 0)])}.";
    }

    private static void AddOverview(HtmlPage page, InspectResult result)
    {
        page.Section("All lists").Paragraph(
            "A list of similar users leads to a similar audience. Near: seeds that are closer to the rest of "
            + "their list than 95% of random users are. Far: seeds that are less close than 95% of them. A list of random users has 5% " +
                "of each.");
        var known = result.Lists.Where(list => list.Cohesion is not null).ToArray();
        if (known.Length > 0)
        {
            page.Figure("Seeds near their list and far from it"
                + (known.Length > MostLists ? $" ({MostLists} of {known.Length} lists)" : ""), new SvgDotPlot(
                "One row per seed list: the share of near and far seeds, and 5% for random users; the table below has the numbers.",
                "Share of the seeds",
                ["Near", "Far", "By chance"],
                [.. DemoReportWords.Spread(known, MostLists).Select(list => new DotRow(list.SeedListId, [Drawn(InspectionWords.Near(list, result.MinimumCount)), Drawn(InspectionWords.Far(list, result.MinimumCount)), 0.05]))]).Render());
        }

        var table = new HtmlTable("Every list",
            ["Seed list", "Users", "In the population", "Near", "Far", "Mean cosine", "Groups", "Verdict"])
        { EndsInNote = true };
        foreach (var (i, list) in result.Lists.Index())
        {
            table.AddLink(i < MostLists ? HtmlPage.ListAnchor(i) : null,
                list.SeedListId, Figure.Count(list.Given), Figure.Count(list.Matched),
                InspectionWords.Shown(InspectionWords.Near(list, result.MinimumCount)),
                InspectionWords.Shown(InspectionWords.Far(list, result.MinimumCount)),
                Figure.Fixed(list.Cohesion?.MeanCosine ?? double.NaN, 3), Figure.Count(list.Clusters.Count),
                InspectionWords.Verdict(list.Verdict));
        }

        page.Table(table);
        if (result.Reach is { } reach) page.Table(ReachFigures.AllLists(reach.Curves));
    }

    private static void AddList(HtmlPage page, SeedInspection list, int minimum, ReachCurve? curve)
    {
        page.Paragraph(InspectionWords.Explain(list, minimum));
        if (list.Matched < list.Given)
        {
            page.Paragraph($"{Figure.Count(list.Given - list.Matched)} of its {Figure.Count(list.Given)} users are not in the population.");
        }

        if (list.Features.Count > 0)
        {
            page.Table(Features($"What sets {list.SeedListId} apart from all candidates", "Candidates", list.Features));
        }
        else page.Paragraph("No item, topic or attribute that enough of its seeds share sets it apart.", "note");
        page.Paragraph(InspectionWords.Groups(list));
        for (var i = 0; i < list.Clusters.Count && list.Clusters.Count > 1; i++)
        {
            if (list.Clusters[i].Features.Count == 0) continue;
            page.Table(Features(
                $"What sets group {i + 1} ({Figure.ShortPercent(list.Clusters[i].Share)} of the seeds) apart from the list's other seeds",
                "Other seeds",
                [.. list.Clusters[i].Features.Take(5)]));
        }

        if (curve is not null)
        {
            page.Paragraph(ReachWords.Recommendation(curve, ReachRecommendation.Of(curve)))
                .Figure("Share of the hidden users that is found, with its 95% band", ReachFigures.Curve(curve))
                .Details("Every size, with statistics", details => details.Table(ReachFigures.Table(curve)));
        }
    }

    private static HtmlTable Features(string caption, string others, IReadOnlyList<FeatureContrast> features)
    {
        var table = new HtmlTable(caption, ["Feature", "Seeds", others, "Lift", "Information value", "Kind"]) { EndsInNote = true };
        foreach (var feature in features)
        {
            table.Add(feature.Name, Figure.ShortPercent(feature.Share), feature.OtherShare is { } other ? InspectionWords.TwoDigits(100 * other) + "%" : "under " + Figure.ShortPercent(feature.OtherShareUnder ?? 1), InspectionWords.Lift(feature),
                InspectionWords.TwoDigits(feature.InformationValue), InspectionWords.Kind(feature.Kind));
        }

        return table;
    }

    private static void AddReading(HtmlPage page, InspectResult result)
    {
        page.Section("How to read this").Definitions(
        [
            ("Verdict", $"Based on lists with known recall: {InspectionWords.Rule}"),
            ("Close", "The cosine between a seed's embedding and the mean of the list's other seeds, after subtracting the population's " +
                "mean."),
            ("Mean cosine", "The average over pairs of different seeds. It is 0 for random users and does not grow with the list, but " +
                "depends on the population."),
            ("Lift", "How many times more common the feature is among the seeds than among the others."),
            ("Information value",
                "(p − q) ln[p(1 − q) / ((1 − p) q)] of the shares p and q: large if a feature is both distinctive and common."),
            ("Groups", "The largest number of groups that is reproducible: both halves of the list agree on at least 80% of the pairs " +
                "of users."),
            ("Privacy", $"Features that fewer than {result.MinimumCount} seeds share are left out, and shares are rounded, so that no " +
                "individual is revealed."),
        ]);
        if (result.Reach is not null) ReachReport.AddReading(page);
    }

    // A share that may not be shown is drawn at its bound.
    private static double Drawn(ShownShare? share) => share?.Share ?? share?.Under ?? 1;
}
