using Kindred.Experiments;
using Kindred.Experiments.Reduction;

namespace Kindred.Data.Experiments;

/// <summary>Refuses invalid options before any file is opened.</summary>
internal static class LogOptionsCheck
{
    public static void Check(ExperimentLogOptions options)
    {
        if (options.Files.Count == 0) throw InvalidLogRequest("log_missing", "No log is given.", "Give at least one CSV or Parquet file.");
        if (options.Metrics.Count == 0)
        {
            throw InvalidLogRequest("metric_missing", "No metric is given.", "Name at least one, such as mean:visit.");
        }
        if (options.Files.Count + options.Assignments.Count + options.Excluded.Count > RecordLayout.MostFiles)
        {
            throw InvalidLogRequest("log_files_too_many", $"The log has more than {RecordLayout.MostFiles:N0} files.",
                "Merge some of them.");
        }

        if (options.MemoryBytes < 1)
        {
            throw InvalidLogRequest("memory_out_of_range", $"The memory is {options.MemoryBytes:N0} bytes; it must be above 0.",
                "Allow more memory.");
        }

        if (options.Threads < 1)
        {
            throw InvalidLogRequest("threads_out_of_range",
                $"The number of threads is {options.Threads}; it must be at least 1.", "Use at least one thread.");
        }

        CheckUnits(options);
        CheckArms(options);
        CheckTimes(options);
        foreach (var metric in options.Metrics) CheckMetric(metric);
        var twice = options.Metrics.GroupBy(metric => metric.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw InvalidLogRequest("metric_name_twice", $"{twice.Count()} metrics have the name '{twice.Key}'.",
                "Give each metric its own name.");
        }
    }

    private static void CheckUnits(ExperimentLogOptions options)
    {
        if (options.Unit is { } unit && options.Segments.Contains(unit))
        {
            throw InvalidLogRequest("segment_by_unit",
                $"'{unit}' is the unit column: a segment of one unit would reveal what that unit did.",
                "Name a property that many units share.");
        }

        if (options.Unit is not null) return;
        if (options.Assignments.Count > 0)
        {
            throw InvalidLogRequest("unit_column_missing",
                "Assignment tables give the arm of each unit, but the unit column is not named.", "Name the unit column.");
        }

        if (options.Excluded.Count > 0)
        {
            throw InvalidLogRequest("unit_column_missing", "Units are excluded, but the unit column is not named.",
                "Name the unit column.");
        }

        if (options.Event is not null || options.EventId is not null)
        {
            throw InvalidLogRequest("unit_column_missing",
                "A log of events has many rows per unit, but the unit column is not named.", "Name the unit column.");
        }
    }

    private static void CheckArms(ExperimentLogOptions options)
    {
        if (options.Arm is null && (options.Assignments.Count > 0 || options.Control is not null || options.Arms is not null))
        {
            throw InvalidLogRequest("arm_column_missing", "Arms are named, but the arm column is not.", "Name the arm column.");
        }

        if (options.Arms is not { } arms) return;
        if (arms.Count == 0 || arms.Contains("") || arms.Distinct().Count() < arms.Count)
        {
            throw InvalidLogRequest("arm_names_invalid",
                "The list of arms is empty, or has an empty or repeated name.", "Name at least one arm, each once.");
        }

        if (arms.Count > RecordLayout.MostArms)
        {
            throw InvalidLogRequest("declared_arms_too_many",
                $"The experiment has {arms.Count:N0} arms; the maximum is {RecordLayout.MostArms}.", "Analyse some of them at a time.");
        }

        if (options.Control is { } control && !arms.Contains(control))
        {
            throw InvalidLogRequest("control_not_an_arm",
                $"The control '{control}' is not one of the arms: {List(arms)}.", "Check the spelling of the control.");
        }
    }

    private static void CheckTimes(ExperimentLogOptions options)
    {
        if (options.Exposure is not null && options.Event is null)
        {
            throw InvalidLogRequest("event_column_missing",
                $"Events of kind '{options.Exposure}' expose units, but the event column is not named.", "Name the event column.");
        }

        if (options.PreDays < 0 || options.SkewMilliseconds < 0)
        {
            throw InvalidLogRequest("days_negative", "The length of the pre-period or the clock skew is below 0.", "Give 0 or more.");
        }

        if (options.Time is null && (options.Start is not null || options.End is not null || options.PreDays > 0))
        {
            throw InvalidLogRequest("time_column_missing", "A start, an end or a pre-period is given, but the time column is not named.",
                "Name the time column.");
        }

        if (options.PreDays > 0 && options.Start is null)
        {
            throw InvalidLogRequest("start_missing",
                $"A pre-period of {options.PreDays:N0} days is given, but not when the experiment starts.",
                "Give the start of the experiment.");
        }

        if (options.PreDays > ReductionPlan.MostDays)
        {
            throw InvalidLogRequest("pre_period_too_long",
                $"The pre-period has {options.PreDays:N0} days; the maximum is {ReductionPlan.MostDays:N0}.", "Give a shorter one.");
        }

        if (options.Start >= options.End)
        {
            throw InvalidLogRequest("end_before_start",
                "The experiment ends before it starts. The end is the first moment after the experiment.", "Give an end after the start.");
        }
    }

    private static void CheckMetric(Metric metric)
    {
        if ((metric.Kind == MetricKind.Ratio) != metric.Denominator is not null)
        {
            throw metric.Kind == MetricKind.Ratio
                ? InvalidLogRequest("ratio_without_denominator", $"Metric '{metric.Name}' is a ratio without a denominator.",
                    "Give it a denominator.")
                : InvalidLogRequest("denominator_without_ratio", $"Metric '{metric.Name}' has a denominator, but is not a ratio.",
                    "Make it a ratio, or leave the denominator out.");
        }

        if (metric.Kind == MetricKind.Quantile && !(metric.Quantile > 0 && metric.Quantile < 1))
        {
            throw InvalidLogRequest("quantile_out_of_range",
                $"Metric '{metric.Name}' is the quantile {metric.Quantile}, which is not between 0 and 1.", "Give a quantile such as 0.9.");
        }

        if (metric.Cap is null && metric.CapQuantile is null) return;
        if (metric.Kind is MetricKind.Share or MetricKind.Quantile)
        {
            throw InvalidLogRequest("metric_cap_unusable", $"Metric '{metric.Name}' has a cap, but it is a share or a quantile.",
                "Leave the cap out.");
        }

        if (metric.Cap is not null && metric.CapQuantile is not null)
        {
            throw InvalidLogRequest("metric_cap_twice", $"Metric '{metric.Name}' has two caps.", "Give a value or a quantile.");
        }

        if (metric.Cap is { } cap && !(cap >= 0 && double.IsFinite(cap)))
        {
            throw InvalidLogRequest("metric_cap_out_of_range",
                $"Metric '{metric.Name}' has the cap {cap}; it must be a number from 0 on.", "Give such a number.");
        }

        if (metric.CapQuantile is { } quantile && !(quantile > 0 && quantile < 1))
        {
            throw InvalidLogRequest("metric_cap_out_of_range",
                $"Metric '{metric.Name}' has a cap at the quantile {quantile}, which is not between 0 and 1.",
                "Give a quantile such as 0.999.");
        }
    }

    private static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(20).Select(name => $"'{name}'")) + (names.Count > 20 ? ", …" : "");

    private static KindredException InvalidLogRequest(string code, string problem, string remedy) =>
        new(ErrorKind.Usage, code, problem, remedy);
}
