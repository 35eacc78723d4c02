using System.Globalization;
using System.Text;
using Kindred.Experiments;

namespace Kindred.Data.Tests.Experiments;

/// <summary>The complete content of an <see cref="ExperimentData"/> as text. Equal texts mean equal bits.</summary>
internal static class DataText
{
    public static string Of(ExperimentData data)
    {
        var text = new StringBuilder();
        text.AppendLine($"{string.Join('|', data.Arms)} {string.Join('|', data.Units)} {data.Rows}");
        foreach (var metric in data.Metrics)
        {
            text.Append(CultureInfo.InvariantCulture, $"{metric.Metric.Name} {metric.HasBefore} {metric.Cap:R} {string.Join('|', metric.CappedUnits)} {string.Join('|', metric.Largest.Select(value => $"{value:R}"))} {Of(metric.Arms)}");
            text.AppendLine(string.Join('|', metric.Sketches.Select(sketch => $"{sketch.Count} {sketch.Quantile(0.3):R}")));
        }

        foreach (var segment in data.Segments) text.AppendLine($"{segment.Dimension} {segment.Value} {string.Join('|', segment.Units)} {string.Join(' ', segment.Metrics.Select(Of))}");
        foreach (var day in data.Days)
        {
            text.AppendLine($"{day.Day} {string.Join('|', day.Units)} {string.Join(' ', day.Metrics.Select(Of))} {string.Join(' ', day.OnDay.Select(Of))}");
        }

        if (data.Coverage is { } coverage) text.AppendLine($"{string.Join('|', coverage.Assigned)} {string.Join('|', coverage.WithRows)} {coverage.Unassigned}");
        foreach (var problem in data.Problems) text.AppendLine(Of(problem));
        return text.ToString();
    }

    public static string Of(LogProblem problem) =>
        $"{problem.Kind}: {problem.Rows} rows, {problem.Units} units ({string.Join('/', problem.UnitsByArm)}) at {string.Join("; ", problem.Places.Select(Path.GetFileName))}";

    private static string Of(IReadOnlyList<MetricMoments> arms) => string.Join('|', arms.Select(moments => string.Join(',',
        from i in Enumerable.Range(0, MetricMoments.Variables)
        from j in Enumerable.Range(i, MetricMoments.Variables - i)
        select $"{moments.Units} {moments.Mean(i):R} {moments.Covariance(i, j):R}")));
}
