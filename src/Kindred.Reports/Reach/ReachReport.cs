using Kindred.App.Evaluation;
using Kindred.Evaluation;
using Kindred.Reports.Html;

namespace Kindred.Reports.Reach;

/// <summary>The page of reach curves.</summary>
public static class ReachReport
{
    /// <summary>The format of the folder that holds the page.</summary>
    public const string Format = "kindred-reach";

    // More figures would make the page unreadable; the JSON file has all.
    private const int MostFigures = 40;

    /// <summary>The page as HTML. The same result gives the same bytes.</summary>
    public static string Render(ReachResult result)
    {
        var page = new HtmlPage("Reach and similarity");
        var lists = Figure.SeedLists(result.Curves.Count);
        page.Paragraph($"What to expect of audiences of {lists}{(result.Country is null ? "" : " in " + result.Country)} at every size. "
            + "A larger audience reaches more of the similar customers, but its last users are less similar.", "headline");
        AddOverview(page, result);
        for (var i = 0; i < Math.Min(MostFigures, result.Curves.Count); i++) AddList(page, result, i);
        if (result.Curves.Count > MostFigures)
        {
            page.Paragraph($"Only the first {MostFigures} lists have a curve here. {ReportFolder.FiguresName} has all; ask for single " +
                "lists to see others.", "note");
        }

        page.Section("How it was measured").Paragraph(
            $"Each list was split into {result.Folds} parts, and each part was searched with a model ({result.Method}) " +
            "trained on the others. "
            + "Audiences are nested: a larger one contains the smaller.");
        AddReading(page);
        return page.Render();
    }

    private static void AddOverview(HtmlPage page, ReachResult result)
    {
        if (result.Curves.Count == 1) return;
        page.Section("Recommended sizes")
            .Paragraph(ReachWords.Rule)
            .Table(ReachFigures.Recommended(result.Curves, MostFigures))
            .Details("Other sizes of every list", details => details.Table(ReachFigures.AllLists(result.Curves)));
        page.Section("Side by side")
            .Paragraph("All lists on the same axes. The dashed upright line is the recommended size; a steeper curve is a list whose " +
                "users are easier to find.")
            .Figures(ReachFigures.SideBySide([.. result.Curves.Take(MostFigures)]));
    }

    private static void AddList(HtmlPage page, ReachResult result, int index)
    {
        var curve = result.Curves[index];
        page.Section(curve.SeedListId, HtmlPage.ListAnchor(index), "Seed lists");
        page.Paragraph(ReachWords.Recommendation(curve, ReachRecommendation.Of(curve)));
        if (result.Curves.Count == 1) page.Figure("Share of the hidden users that is found, with its 95% band", ReachFigures.Curve(curve));
        page.Details("Every size, with statistics", details => details.Table(ReachFigures.Table(curve)));
    }

    /// <summary>Definitions of the terms in curves and tables.</summary>
    public static void AddReading(HtmlPage page) => page.Definitions(
    [
        ("Recall", "The share of held-out seeds that an audience of this size finds."),
        ("95% band", "Wilson's interval over the held-out seeds, for one size at a time. It covers the random choice of the list's " +
            "users, not differences between populations."),
        ("Precision", "Among the held-out seeds and equally many random users in the audience, the share of seeds. Chance is one half."),
        ("Lift", "How many times more held-out seeds the audience has than a random audience of its size. It is comparable between lists."),
        ("Lift at the margin",
            "The lift among the last users admitted, smoothed to fall with size. At 1, a larger audience gains nothing over random users."),
        ("Seeds at the margin", "The share of seeds among the last users admitted, if all seeds were ranked among the others. It grows " +
            "with the list's size, so compare lists by lift instead."),
        ("Score percentile", "The percentage of ranked users who score lower than the last user admitted."),
    ]);
}
