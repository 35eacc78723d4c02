using Kindred.App.Experiments;
using Kindred.Cli.Terminal;
using Kindred.Experiments;
using Kindred.Experiments.Analysis;
using Kindred.Reports;
using Kindred.Reports.Experiment;

namespace Kindred.Cli.Texts;

/// <summary>An analysed experiment as text.</summary>
internal static class ExperimentText
{
    // The maximum line length, unless one word is longer.
    private const int Width = 118;

    public static void Write(TextWriter output, AnalyzedExperiment result, string? folder)
    {
        var analysis = result.Analysis;
        WriteArms(output, result);
        foreach (var treatment in analysis.Treatments)
        {
            output.WriteLine();
            foreach (var line in Wrapped(string.Join(' ', ExperimentWords.Verdict(treatment, analysis)))) output.WriteLine(line);
            output.WriteLine();
            WriteMetrics(output, treatment, analysis);
            WriteSegments(output, treatment, analysis);
            foreach (var sentence in treatment.Curves.Select(ExperimentWords.Novelty).OfType<string>())
            {
                output.WriteLine();
                foreach (var line in Wrapped(sentence)) output.WriteLine(line);
            }
        }

        output.WriteLine();
        foreach (var note in ExperimentNotes.Of(result))
        {
            foreach (var line in Wrapped(note)) output.WriteLine(line);
        }

        if (folder is null) return;
        output.WriteLine();
        output.WriteLine($"Open {Path.Combine(folder, ReportFolder.PageName)} to see every figure.");
    }

    private static void WriteArms(TextWriter output, AnalyzedExperiment result)
    {
        var analysis = result.Analysis;
        TextTable.Write(output, ["arm", "units", "planned"], analysis.Data.Arms.Select((arm, i) => (string[])
            [arm, TextTable.Count(analysis.Data.Units[i]), ExperimentWords.Planned(analysis.SampleRatio.Expected[i])]));
        output.WriteLine();
        output.WriteLine($"Sample ratio: p {ExperimentWords.P(analysis.Options.Sequential ? analysis.SampleRatio.SequentialPValue : analysis.SampleRatio.PValue)} (alarm below {ExperimentWords.P(analysis.Options.SampleRatioAlarm)}).");
        foreach (var problem in analysis.Data.Problems)
        {
            foreach (var line in Wrapped($"{ExperimentWords.Heading(problem)}: {ExperimentWords.Problem(problem)}")) output.WriteLine(line);
        }
    }

    private static void WriteMetrics(TextWriter output, TreatmentAnalysis treatment, ExperimentAnalysis analysis) =>
        TextTable.Write(output,
            [$"{analysis.Data.Arms[treatment.Arm]} against {analysis.Data.Arms[0]}", "role", "control", "treatment", "lift",
            $"{Figure.ShortPercent(analysis.Options.Confidence)} interval", "p", "corrected", "finding"],
            treatment.Metrics.Select(Row));

    private static string[] Row(MetricComparison metric)
    {
        var lift = metric.Decisive;
        return
        [
            metric.Metric.Name, metric.Metric.Role.ToString().ToLowerInvariant(),
            ExperimentWords.Value(metric.Metric, metric.Control.Value), ExperimentWords.Value(metric.Metric, metric.Treatment.Value),
            ExperimentWords.Estimate(lift.Relative), ExperimentWords.Range(lift.Relative),
            ExperimentWords.P(lift.Absolute.PValue),
            metric.Metric.Role == MetricRole.Guardrail ? "" : ExperimentWords.P(metric.CorrectedPValue),
            ExperimentWords.Finding(metric.Finding),
        ];
    }

    private static void WriteSegments(TextWriter output, TreatmentAnalysis treatment, ExperimentAnalysis analysis)
    {
        if (treatment.Segments.Count == 0) return;
        output.WriteLine();
        TextTable.Write(output, ["segment", "units", "metric", "lift", "interval", "corrected", "finding"],
            treatment.Segments.SelectMany(segment => segment.Metrics.Select((metric, i) => (string[])
        [
            i == 0 ? $"{segment.Dimension} {(segment.Value.Length == 0 ? "(none)" : segment.Value)}" : "",
            i == 0 ? TextTable.Count(segment.ControlUnits + segment.TreatmentUnits) : "",
            metric.Metric.Name, ExperimentWords.Estimate(metric.Decisive.Relative), ExperimentWords.Range(metric.Decisive.Relative),
            ExperimentWords.P(metric.CorrectedPValue), ExperimentWords.Finding(metric.Finding),
        ])));
        output.WriteLine();
        foreach (var line in Wrapped(ExperimentNotes.Segments(treatment, analysis))) output.WriteLine(line);
    }

    private static IEnumerable<string> Wrapped(string text)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                yield return line;
                line = "";
            }

            line += (line.Length > 0 ? " " : "") + word;
        }

        yield return line;
    }
}
