using Kindred.App.Simulation;
using Kindred.Data.Folders;
using Kindred.Experiments.Analysis;
using Kindred.Reports.Html;

namespace Kindred.Reports.Experiment;

/// <summary>The page of a simulated experiment: the analysis, with the truth beside it.</summary>
public static class SimulationReport
{
    /// <summary>Adds the page and its figures to the folder of a simulated experiment.</summary>
    public static void AddTo(string folder, SimulatedExperiment result)
    {
        OutputFile.Write(Path.Combine(folder, ReportFolder.PageName), Render(result));
        OutputFile.Write(Path.Combine(folder, ReportFolder.FiguresName), JsonText.Of(ExperimentJson.Of(result.Analysis!)));
    }

    /// <summary>The page as HTML. The same result gives the same bytes.</summary>
    public static string Render(SimulatedExperiment result) => ExperimentReport.Render(result.Analysis!, page =>
    {
        page.Section("The truth").Paragraph("The world is synthetic, so the true effects are known: the outcome when each system served " +
            "all users with all budgets, and expected values for rates of rare events. "
            + "The analysis does not know them. One interval in twenty is expected to miss.");
        var table = new HtmlTable("The effect and its estimate",
            ["Metric", "True effect", "Estimate", "Interval", "Covers the truth", "Finding"]);
        foreach (var (metric, effect) in Effects(result))
        {
            var lift = metric.Decisive.Relative;
            table.Add(
                metric.Metric.Name, ExperimentWords.Lift(effect), ExperimentWords.Lift(lift.Estimate), ExperimentWords.Range(lift),
                lift.Excludes(effect) ? "no" : "yes", ExperimentWords.Finding(metric.Finding));
        }

        page.Table(table);
    });

    /// <summary>The metrics with a known true effect.</summary>
    public static IReadOnlyList<(MetricComparison Metric, double Effect)> Effects(SimulatedExperiment result)
    {
        var (control, treatment) =
            (SimulationFigures.Of(result.Launched[0]).ToDictionary(), SimulationFigures.Of(result.Launched[1]).ToDictionary());
        return
        [
            // Rates of rare events use expected values given the ads shown, without the random variation of clicks.
            .. result.Analysis!.Analysis.Treatments[0].Metrics.Select(metric => (metric, Name: control.ContainsKey("expected_" + metric.Metric.Name) ? "expected_" + metric.Metric.Name : metric.Metric.Name))
                .Where(found => control.ContainsKey(found.Name))
                    .Select(found => (found.metric, treatment[found.Name] / control[found.Name] - 1)),
        ];
    }
}
