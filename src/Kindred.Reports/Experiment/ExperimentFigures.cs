using Kindred.Experiments;
using Kindred.Experiments.Analysis;
using Kindred.Reports.Charts;
using Kindred.Reports.Html;

namespace Kindred.Reports.Experiment;

/// <summary>The figures and tables of an experiment.</summary>
internal static class ExperimentFigures
{
    // Intervals longer than this many times the median are cut off, so that the others stay readable.
    private const double Reach = 4;

    public static string Title(TreatmentAnalysis treatment, ExperimentAnalysis analysis) =>
        $"{analysis.Data.Arms[treatment.Arm]} against {analysis.Data.Arms[0]}";

    public static string Lifts(TreatmentAnalysis treatment) => Plot(
        "A mark for the relative lift of each metric, with its interval as a line, around zero; the table below has the numbers.",
        [.. new[] { MetricRole.Primary, MetricRole.Guardrail, MetricRole.Secondary }
            .Select(role =>
                (role, rows: treatment.Metrics.Where(metric => metric.Metric.Role == role).Select(metric => Row(metric.Metric.Name, metric))
                    .ToArray()))
            .Where(group => group.rows.Length > 0).Select(group => new IntervalGroup(Name(group.role), group.rows))]);

    public static string Segments(IReadOnlyList<SegmentComparison> segments) => Plot(
        "A mark for the relative lift in each segment, with its interval as a line, around zero, by metric; the table below has the " +
            "numbers.",
        [.. segments[0].Metrics.Select((metric, m) =>
            new IntervalGroup(metric.Metric.Name, [.. segments.Select(segment => Row(Of(segment), segment.Metrics[m]))]))]);

    public static HtmlTable Metrics(TreatmentAnalysis treatment, ExperimentAnalysis analysis)
    {
        var table = new HtmlTable(
            "Values with numerator and denominator over units, and lifts",
            ["Metric", analysis.Data.Arms[0], analysis.Data.Arms[treatment.Arm], "Lift", "Interval", "Difference", "p", "Corrected p",
                "Detectable lift", "Finding"]);
        foreach (var metric in treatment.Metrics)
        {
            var lift = metric.Decisive;
            table.Add(
                metric.Metric.Name,
                ExperimentWords.Counted(metric.Metric, metric.Control, metric.ControlMoments),
                ExperimentWords.Counted(metric.Metric, metric.Treatment, metric.TreatmentMoments),
                ExperimentWords.Estimate(lift.Relative), ExperimentWords.Range(lift.Relative),
                ExperimentWords.Value(metric.Metric, lift.Absolute.Estimate),
                ExperimentWords.P(lift.Absolute.PValue),
                metric.Metric.Role == MetricRole.Guardrail ? Figure.None : ExperimentWords.P(metric.CorrectedPValue),
                double.IsFinite(metric.DetectableLift) ? ExperimentWords.Lift(metric.DetectableLift)[1..] : Figure.None,
                ExperimentWords.Finding(metric.Finding));
        }

        return table;
    }

    public static HtmlTable SegmentTable(IReadOnlyList<SegmentComparison> segments, string dimension)
    {
        var table = new HtmlTable($"Lifts by {dimension}", ["Segment", "Units", "Metric", "Lift", "Interval", "Corrected p", "Finding"]);
        foreach (var segment in segments)
        {
            foreach (var metric in segment.Metrics)
            {
                table.Add(
                    Of(segment), Figure.Count(segment.ControlUnits + segment.TreatmentUnits), metric.Metric.Name,
                    ExperimentWords.Estimate(metric.Decisive.Relative),
                    ExperimentWords.Range(metric.Decisive.Relative), ExperimentWords.P(metric.CorrectedPValue),
                    ExperimentWords.Finding(metric.Finding));
            }
        }

        return table;
    }

    public static HtmlTable Arms(ExperimentAnalysis analysis)
    {
        var table = new HtmlTable($"Units by arm: sample ratio p " +
            $"{ExperimentWords.P(analysis.Options.Sequential ? analysis.SampleRatio.SequentialPValue : analysis.SampleRatio.PValue)}, " +
            $"alarm below {ExperimentWords.P(analysis.Options.SampleRatioAlarm)}", ["Arm", "Units", "Planned"]);
        for (var arm = 0; arm < analysis.Data.Arms.Count; arm++)
        {
            table.Add(analysis.Data.Arms[arm], Figure.Count(analysis.Data.Units[arm]),
                ExperimentWords.Planned(analysis.SampleRatio.Expected[arm]));
        }

        return table;
    }

    public static HtmlTable Problems(IReadOnlyList<LogProblem> problems)
    {
        var table = new HtmlTable("Problems of the log", ["Kind", "Rows", "Units", "Treatment"]) { EndsInNote = true };
        foreach (var problem in problems)
        {
            table.Add(problem.Kind.ToString(), Figure.Count(problem.Rows), problem.Units > 0 ? Figure.Count(problem.Units) : Figure.None,
                ExperimentWords.Problem(problem));
        }

        return table;
    }

    /// <summary>The cumulative lift by day with its two bands, and marks for single days.</summary>
    public static string Curve(DayCurve curve)
    {
        var first = curve.Days[0].Day;
        double Place(DayComparison day) => day.Day - first + 1;
        return new SvgLineChart(
            $"Cumulative relative lift of {curve.Metric} by day, with the interval for one look, the wider always-valid interval, and a " +
                "mark for each single day.",
            "Day of the experiment", "Relative lift",
            [
                new ChartSeries("To date, all looks", 2, [.. curve.Days.Select(day => Point(Place(day), day.AlwaysValid, ""))]),
                new ChartSeries("To date, one look", 0, [.. curve.Days.Select(day => Point(Place(day), day.Relative, Tip(day)))]),
                new ChartSeries("Single days", 3, [.. curve.Days.Select(day => new ChartPoint(Place(day), Shown(day.OnDay.Estimate), 0, $"{ExperimentWords.Day(day.Day)} alone: {ExperimentWords.Estimate(day.OnDay)}, {ExperimentWords.Range(day.OnDay)}"))]) { Joined = false },
            ])
        {
            Range = RangeOf(curve.Days),
            XTicks = [.. curve.Days.Where((_, i) => i % (1 + curve.Days.Count / 15) == 0).Select(Place)],
            YFormat = Tick,
        }.Render();
    }

    private static string Tip(DayComparison day) =>
        $"{ExperimentWords.Day(day.Day)}: {ExperimentWords.Estimate(day.Relative)}, {ExperimentWords.Range(day.Relative)}; always " +
            $"valid {ExperimentWords.Range(day.AlwaysValid)}";

    private static ChartPoint Point(double x, LiftEstimate lift, string tip) =>
        new(x, Shown(lift.Estimate), 0, tip) { Band = (lift.Low, lift.High) };

    private static string Tick(double lift) =>
        (lift > 0 ? "+" : "") + Figure.Fixed(100 * lift, Math.Abs(lift) is > 0 and < 0.0095 ? 1 : 0) + "%";

    private static double Shown(double estimate) => double.IsFinite(estimate) ? estimate : 0;

    // Early intervals are wide: the axis is scaled to the final ones.
    private static (double Low, double High) RangeOf(IReadOnlyList<DayComparison> days)
    {
        var last = days[^1];
        double[] ends =
            [last.AlwaysValid.Low, last.AlwaysValid.High, last.Relative.Low, last.Relative.High,
                .. days.Skip(days.Count / 3).Select(day => day.OnDay.Estimate)];
        var half = Math.Max(0.01, 1.5 * ends.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());
        return (-half, half);
    }

    private static string Plot(string description, IReadOnlyList<IntervalGroup> groups)
    {
        double[] widths =
            [.. groups.SelectMany(group => group.Rows).Where(row => double.IsFinite(row.Low) && double.IsFinite(row.High))
                .Select(row => row.High - row.Low).Order()];
        double[] values =
            [.. groups.SelectMany(group => group.Rows).Where(row => double.IsFinite(row.Value)).Select(row => Math.Abs(row.Value)).Order()];
        // Without any interval that ends, the gaps between rays are shown.
        double[] gaps =
            [.. groups.SelectMany(group => group.Rows).Where(row => row.Gap is not null)
                .Select(row => Math.Max(-row.Gap!.Value.Low, row.Gap!.Value.High)).Order()];
        var reach = widths.Length == 0 ? gaps.Length == 0 ? 1 : 1.5 * gaps[gaps.Length / 2] : Reach * Math.Max(widths[widths.Length / 2], values[values.Length / 2]);
        return new SvgIntervalPlot(description, "Relative lift", groups) { Range = (-reach, reach) }.Render();
    }

    private static Interval Row(string name, MetricComparison metric)
    {
        var lift = metric.Decisive.Relative;
        return new Interval(name, metric.Finding == MetricFinding.NotMeasured ? double.NaN : lift.Estimate, double.NaN,
            ExperimentWords.Estimate(lift))
        {
            Ends = (lift.Low, lift.High),
            Gap = lift.Interval.Gap,
        };
    }

    private static string Of(SegmentComparison segment) => segment.Value.Length == 0 ? "(none)" : segment.Value;

    private static string Name(MetricRole role) => role switch
    {
        MetricRole.Primary => "Primary",
        MetricRole.Guardrail => "Guardrails",
        _ => "Secondary",
    };
}
