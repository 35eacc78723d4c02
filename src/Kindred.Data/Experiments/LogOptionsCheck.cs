using Kindred.Experiments;
using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>Refuses what cannot be asked of a log, before any file is opened.</summary>
internal static class LogOptionsCheck
{
    public static void Check(ExperimentLogOptions options)
    {
        if (options.Files.Count == 0) throw Usage("No log was given. Give at least one CSV or Parquet file.");
        if (options.Metrics.Count == 0) throw Usage("No metric was asked for. Name at least one, such as mean:visit.");
        if (options.Files.Count + options.Assignments.Count + options.Excluded.Count > RecordLayout.MostFiles)
        {
            throw Usage($"The log has more than {RecordLayout.MostFiles:N0} files. Merge some of them.");
        }

        if (options.MemoryBytes < 1) throw Usage($"The memory is {options.MemoryBytes:N0} bytes. It must be above 0.");
        if (options.Threads < 1) throw Usage($"The number of threads is {options.Threads}. It must be at least 1.");
        CheckUnits(options);
        CheckArms(options);
        CheckTimes(options);
        foreach (var metric in options.Metrics) CheckMetric(metric);
        var twice = options.Metrics.GroupBy(metric => metric.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw Usage($"There are {twice.Count()} metrics of the name '{twice.Key}'. Give each a name of its own.");
    }

    private static void CheckUnits(ExperimentLogOptions options)
    {
        if (options.Unit is { } unit && options.Segments.Contains(unit)) throw Usage($"'{unit}' is the column of units, and a segment of one unit would say what he did. Name a property that many share.");
        if (options.Unit is not null) return;
        if (options.Assignments.Count > 0) throw Usage("Assignment tables say the arm of each unit, so the column of units must be named.");
        if (options.Excluded.Count > 0) throw Usage("Units are to be left out, so the column of units must be named.");
        if (options.Event is not null || options.EventId is not null) throw Usage("A log of events has many rows a unit, so the column of units must be named.");
    }

    private static void CheckArms(ExperimentLogOptions options)
    {
        if (options.Arm is null && (options.Assignments.Count > 0 || options.Control is not null || options.Arms is not null))
        {
            throw Usage("Arms are named, but not the column that says the arm of a unit. Name it.");
        }

        if (options.Arms is not { } arms) return;
        if (arms.Count == 0 || arms.Contains("") || arms.Distinct().Count() < arms.Count) throw Usage("The arms must be at least one, each with a name of its own.");
        if (arms.Count > RecordLayout.MostArms) throw Usage($"The experiment has {arms.Count:N0} arms, and at most {RecordLayout.MostArms} can be. Analyse some of them at a time.");
        if (options.Control is { } control && !arms.Contains(control)) throw Usage($"The control '{control}' is none of the arms: {List(arms)}.");
    }

    private static void CheckTimes(ExperimentLogOptions options)
    {
        if (options.Exposure is not null && options.Event is null) throw Usage($"Events of kind '{options.Exposure}' expose units, but the column of kinds of event is not named.");
        if (options.PreDays < 0 || options.SkewMilliseconds < 0) throw Usage("The days before the experiment and the skew of clocks cannot be below 0.");
        if (options.Time is null && (options.Start is not null || options.End is not null || options.PreDays > 0))
        {
            throw Usage("A start, an end or days before are given, but not the column of times. Name it.");
        }

        if (options.PreDays > 0 && options.Start is null) throw Usage($"{options.PreDays:N0} days before the experiment are asked for: say when it starts.");
        if (options.PreDays > ReductionPlan.MostDays) throw Usage($"{options.PreDays:N0} days before the experiment are asked for, and at most {ReductionPlan.MostDays:N0} can be.");
        if (options.Start >= options.End) throw Usage("The experiment ends before it starts. The end is the first moment that is no part of it.");
    }

    private static void CheckMetric(Metric metric)
    {
        if ((metric.Kind == MetricKind.Ratio) != metric.Denominator is not null)
        {
            throw Usage($"Metric '{metric.Name}' {(metric.Kind == MetricKind.Ratio ? "is a ratio without a denominator" : "has a denominator, but is no ratio")}.");
        }

        if (metric.Kind == MetricKind.Quantile && !(metric.Quantile > 0 && metric.Quantile < 1)) throw Usage($"Metric '{metric.Name}' is the quantile {metric.Quantile}, which is not between 0 and 1.");
        if (metric.Cap is null && metric.CapQuantile is null) return;
        if (metric.Kind is MetricKind.Share or MetricKind.Quantile) throw Usage($"Metric '{metric.Name}' has a cap, which a share or a quantile has no use for.");
        if (metric.Cap is not null && metric.CapQuantile is not null) throw Usage($"Metric '{metric.Name}' has two caps. Give a value or a quantile.");
        if (metric.Cap is { } cap && !(cap >= 0 && double.IsFinite(cap))) throw Usage($"Metric '{metric.Name}' has the cap {cap}. It must be a number from 0 on.");
        if (metric.CapQuantile is { } quantile && !(quantile > 0 && quantile < 1)) throw Usage($"Metric '{metric.Name}' has a cap at the quantile {quantile}, which is not between 0 and 1.");
    }

    private static string List(IReadOnlyList<string> names) => string.Join(", ", names.Take(20).Select(name => $"'{name}'")) + (names.Count > 20 ? ", …" : "");

    private static KindredException Usage(string message) => new(ErrorKind.Usage, message);
}
