using Kindred.App.Experiments;
using Kindred.Experiments.Analysis;
using Kindred.Reports.Html;

namespace Kindred.Reports.Experiment;

/// <summary>The page of an analysis.</summary>
public static class ExperimentReport
{
    /// <summary>The format of the folder that holds the page.</summary>
    public const string Format = "kindred-experiment";

    /// <summary>The page as HTML. The same result gives the same bytes.</summary>
    /// <param name="result">The analysis.</param>
    /// <param name="more">Adds content directly after the verdict; null for none.</param>
    public static string Render(AnalyzedExperiment result, Action<HtmlPage>? more = null)
    {
        var analysis = result.Analysis;
        var page = new HtmlPage(result.Name);
        foreach (var treatment in analysis.Treatments)
        {
            var verdict = ExperimentWords.Verdict(treatment, analysis);
            page.Paragraph(verdict[0], "headline");
            foreach (var sentence in verdict.Skip(1)) page.Paragraph(sentence);
        }

        more?.Invoke(page);
        foreach (var treatment in analysis.Treatments) AddTreatment(page, treatment, analysis);
        AddTrust(page.Section("Can you trust it?"), result);
        page.Section("How it was analysed");
        foreach (var note in ExperimentNotes.Of(result)) page.Paragraph(note);
        AddReading(page.Section("How to read this"));
        return page.Render();
    }

    private static void AddTreatment(HtmlPage page, TreatmentAnalysis treatment, ExperimentAnalysis analysis)
    {
        page.Section(ExperimentFigures.Title(treatment, analysis))
            .Figure($"Relative lift of each metric, with its {Figure.ShortPercent(analysis.Options.Confidence)} interval",
                ExperimentFigures.Lifts(treatment))
            .Table(ExperimentFigures.Metrics(treatment, analysis));
        foreach (var curve in treatment.Curves.Where(curve => curve.Days.Count > 1))
        {
            page.Figure($"{curve.Metric}: relative lift by day", ExperimentFigures.Curve(curve));
            if (ExperimentWords.Novelty(curve) is { } novelty) page.Paragraph(novelty);
        }

        foreach (var dimension in treatment.Segments.GroupBy(segment => segment.Dimension, StringComparer.Ordinal))
        {
            page.Section($"{ExperimentFigures.Title(treatment, analysis)}, by {dimension.Key}")
                .Figure("Relative lift in each segment", ExperimentFigures.Segments([.. dimension]))
                .Table(ExperimentFigures.SegmentTable([.. dimension], dimension.Key));
            page.Paragraph(ExperimentNotes.Segments(treatment, analysis), "note");
        }
    }

    private static void AddTrust(HtmlPage page, AnalyzedExperiment result)
    {
        var analysis = result.Analysis;
        page.Table(ExperimentFigures.Arms(analysis));
        if (analysis.Distrusts.Count == 0 && analysis.Warnings.Count == 0)
        {
            page.Paragraph("No problem was found: the arms' sizes fit the plan, and the log has no problem that would bias the result.");
        }

        foreach (var distrust in analysis.Distrusts) page.Paragraph(ExperimentWords.Distrusted(distrust, analysis));
        foreach (var warning in ExperimentWords.Warnings(analysis)) page.Paragraph(warning);
        if (analysis.Data.Problems.Count > 0) page.Table(ExperimentFigures.Problems(analysis.Data.Problems));
    }

    private static void AddReading(HtmlPage page) => page.Definitions(
    [
        ("Lift", "The difference between treatment and control, relative to the control."),
        ("Interval", "The lifts that are compatible with the data (Fieller's interval). It excludes 0 exactly if the test of the " +
            "difference is significant. An arrow means that it has no end on that side. If the control's value could be 0, the interval " +
            "can be everything outside a gap."),
        ("p", "The probability of a difference at least this large if there were none."),
        ("Corrected p", "The p-value corrected for all comparisons of its kind, because many comparisons find something by chance."),
        ("Units", "The assigned units, usually users. Ratios such as clicks per impression are also analysed per unit, so that one " +
            "user's many impressions do not count as many users."),
        ("Guardrail",
            "A metric that must not get worse by more than a margin declared in advance. It holds if the data exclude a larger loss."),
        ("Detectable lift",
            "The true lift that an experiment of this size detects four times in five. Smaller lifts may exist and go unnoticed."),
    ]);
}
