using Kindred.App.Evaluation;
using Kindred.Reports;
using Kindred.Reports.Html;

namespace Kindred.Reports.Reach;

/// <summary>The page of reach curves.</summary>
public static class ReachReport
{
    /// <summary>The format of the folder that holds the page.</summary>
    public const string Format = "kindred-reach";

    // More figures than this make a page that nobody reads; the JSON beside it has all.
    private const int MostFigures = 40;

    /// <summary>The page as HTML. The same result gives the same bytes.</summary>
    public static string Render(ReachResult result)
    {
        var page = new HtmlPage("Reach and similarity");
        var lists = Figure.SeedLists(result.Curves.Count);
        page.Paragraph($"What to expect of audiences of {lists}{(result.Country is null ? "" : " in " + result.Country)} at every size: "
            + "the larger, the more of the customers who are alike it reaches, and the less alike its last users are.", "headline");
        page.Paragraph($"Every list was cut into {result.Folds} parts, and each part was looked for by a model ({result.Method}) trained on the others. "
            + "Audiences are nested: a larger one contains the smaller.");
        page.Section("All lists").Table(ReachFigures.AllLists(result.Curves));
        foreach (var curve in result.Curves.Take(MostFigures))
        {
            page.Section(curve.SeedListId).Figure("Recall of the held-out seeds, with its 95% band", ReachFigures.Curve(curve)).Table(ReachFigures.Table(curve));
        }

        if (result.Curves.Count > MostFigures)
        {
            page.Paragraph($"Only the first {MostFigures} lists have a curve here. {ReportFolder.FiguresName} has all; ask for single lists to see others.", "note");
        }

        AddReading(page.Section("How to read this"));
        return page.Render();
    }

    /// <summary>What the words of curves and tables mean.</summary>
    public static void AddReading(HtmlPage page) => page.Definitions(
    [
        ("Recall", "The share of the seeds that an audience of this size would have found, had it not known them."),
        ("95% band", "Wilson's interval over the held-out seeds, for one size alone. It tells how much chance there is in who was on the list, not what another population would give."),
        ("Precision", "Of held-out seeds and as many random users that are in the audience, the share of seeds. Chance is one half."),
        ("Lift", "How many times as many held-out seeds the audience has as a random audience of its size. It means the same for every list."),
        ("Lift at the margin", "The same for the last users admitted, smoothed so that it falls with the size: where it comes to 1, a larger audience gains nothing but numbers."),
        ("Seeds at the margin", "The share of seeds among the last users admitted, were all seeds ranked among the others. It grows with the size of the list: compare lists by lift instead."),
        ("Score percentile", "The share of all ranked users, in percent, who score lower than the last user admitted."),
    ]);
}
