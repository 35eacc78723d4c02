using Kindred.App.Comparison;
using Kindred.Reports.Html;

namespace Kindred.Reports.Compare;

/// <summary>The page of a comparison.</summary>
public static class CompareReport
{
    /// <summary>The page as HTML. The same result gives the same bytes.</summary>
    public static string Render(CompareResult result)
    {
        var page = new HtmlPage("Kindred: methods compared");
        AddVerdict(page, result);
        if (result.Sizes.Count > 1) AddSizes(page, result);
        AddOverall(page, result);
        AddBuckets(page, result);
        AddWeighting(page, result);
        AddPairs(page, result);
        AddCosts(page, result);
        AddReading(page, result);
        return page.Render();
    }

    private static void AddVerdict(HtmlPage page, CompareResult result)
    {
        var verdict = CompareWords.Verdict(result);
        page.Paragraph(string.Join(" ", verdict.Take(2)), "headline");
        foreach (var sentence in verdict.Skip(2)) page.Paragraph(sentence);
        if (result.BaselineNote is { } note) page.Paragraph(note, "note");
        foreach (var (method, reason) in result.LeftOut) page.Paragraph($"{method} is left out: {reason}", "note");
    }

    private static void AddSizes(HtmlPage page, CompareResult result) => page.Section("How many seeds does it take?")
        .Paragraph($"Only the number of training seeds varies; lists, held-out users and candidates stay the same, and smaller samples " +
            $"are part of larger ones. The curves show {result.ListsNote}.")
        .Figure($"Average recall by the number of seeds trained on{CompareReportFigures.Shown(result)}",
            CompareReportFigures.RecallBySeeds(result))
        .Figure($"Relative gain over {result.Main.Baseline} in average recall, by the number of seeds",
            CompareReportFigures.GainsBySeeds(result))
        .Table(CompareReportTables.RecallBySeeds(result))
        .Table(CompareReportTables.GainsBySeeds(result));

    private static void AddOverall(HtmlPage page, CompareResult result)
    {
        var lists = result.Main.Results[0].Lists;
        page.Section("Overall")
            .Paragraph($"Over {Figure.Count(lists.Count)} seed lists with {Figure.Count(lists.Sum(list => (long)list.HeldOut))} held-out " +
                $"users in all, ranked among {Figure.Count(result.Candidates)} active " +
                $"users{(result.Country is null ? "" : " of " + result.Country)}"
                + (result.Sizes[^1].Seeds is { } seeds ? $"; {Figure.Count(seeds)} seeds of each list trained on." : "."))
            .Figure($"Relative gain over {result.Main.Baseline}, averaged over sizes of the audience", CompareReportFigures.Gains(result))
            .Figure($"Recall at each audience size{CompareReportFigures.Shown(result)}", CompareReportFigures.RecallAtK(result))
            .Table(CompareReportTables.Recall(result.Main))
            .Table(CompareReportTables.Precision(result.Main))
            .Table(CompareReportTables.Gains(result.Main));
    }

    private static void AddBuckets(HtmlPage page, CompareResult result)
    {
        if (!result.HasBuckets) return;
        page.Section("By size of the seed list")
            .Paragraph("Each method against the baseline, on lists of similar size. Buckets with fewer than 5 lists are marked, because " +
                "chance dominates them.")
            .Figure($"Relative gain over {result.Main.Baseline} in average recall",
                CompareReportFigures.GainsByBucket(result, method => method.RecallGain, "recall"))
            .Figure($"Relative gain over {result.Main.Baseline} in average precision",
                CompareReportFigures.GainsByBucket(result, method => method.PrecisionGain, "precision"));
        foreach (var bucket in result.Main.Buckets) page.Table(CompareReportTables.Bucket(bucket, result.Main.Baseline));
    }

    private static void AddWeighting(HtmlPage page, CompareResult result)
    {
        if (result.Weighting.Count == 0) return;
        page.Section("Does it pay to weight the seeds?")
            .Paragraph("Each method with and without sample weights, on the same splits. Engaged recall weights held-out users by their " +
                "metrics: the share of engagement that is found, rather than of users. The p-values of this table are corrected together.")
            .Table(CompareReportTables.Weighting(result));
    }

    private static void AddPairs(HtmlPage page, CompareResult result)
    {
        if (result.Main.Pairs.Count == 0) return;
        page.Section("Every method against every other")
            .Paragraph("Mean difference in average recall, paired by list, without the reference methods activity and random. Use the " +
                "corrected p: it accounts for all pairs of this table.")
            .Table(CompareReportTables.Pairs(result.Main));
    }

    private static void AddCosts(HtmlPage page, CompareResult result) => page.Section("Time, memory and cost")
        .Paragraph("Times and memory of this run; they vary between runs and machines. Cost per pair is the number of multiply-adds to " +
            "score one user for one list, and does not vary. The first method that reads items also loads them for the others.")
        .Table(CompareReportTables.Costs(result));

    private static void AddReading(HtmlPage page, CompareResult result) => page.Section("How to read this").Definitions(
    [
        ("Recall@k", "The share of held-out seeds among the k highest-ranked users. Training seeds are left out of the ranking."),
        ("Precision@k", "Among the k highest-ranked users: held-out seeds as a share of held-out seeds and equally many random users. " +
            "It counts as 0 if neither kind is among the k."),
        ("Average", $"The mean over k = {Figure.Enumerated([.. result.Main.Results[0].Fractions.Select(Figure.ShortPercent)])} of the " +
            "population."),
        ("Gain", $"The method's mean over lists divided by that of {result.Main.Baseline}, minus 1. Its error is that of a ratio of " +
            "means over the same lists, because hard lists are hard for both."),
        ("±", "One standard error over seed lists."),
        ("p", "The probability of a difference at least this large if the methods were equally good, from flipping the sign of each " +
            "list's difference at random (sign-flip test; a paired t-test is shown too). "
            + "Corrected by Holm's method for all comparisons of the same table. A few lists are rarely enough: with 5, the smallest " +
                "possible p is .062."),
    ]);
}
