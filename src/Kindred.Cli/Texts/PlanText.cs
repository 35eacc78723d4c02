using System.Globalization;
using Kindred.App.Experiments;
using Kindred.Cli.Terminal;
using Kindred.Experiments;
using Kindred.Experiments.Planning;

namespace Kindred.Cli.Texts;

/// <summary>Plans of an experiment as text.</summary>
internal static class PlanText
{
    // Common planning horizons.
    private static readonly int[] _days = [1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 28, 42, 56, 84, 112];

    public static void Write(PlanExperimentRequest request, ExperimentPlan result, TextWriter output)
    {
        if (result.Rows is { } rows) output.WriteLine(Text($"Past log: {rows:N0} rows, {result.Units:N0} units."));
        foreach (var problem in result.Problems) output.WriteLine(Text($"  {problem.Rows:N0} rows have a problem ({problem.Kind}), the first at {(problem.Places is [var first, ..] ? first : "an unknown place")}."));
        foreach (var metric in result.Metrics)
        {
            if (result.Rows is not null) output.WriteLine();
            Write(request, metric, output);
        }
    }

    private static void Write(PlanExperimentRequest request, PlannedMetric metric, TextWriter output)
    {
        var plan = metric.Plan;
        output.WriteLine(Text($"{metric.Name ?? (plan.Kind == MetricKind.Share ? "share" : "mean")}: {plan.Baseline.Value * metric.Shown:G6}, standard deviation per unit {Math.Sqrt(plan.Baseline.UnitVariance) * metric.Shown:G6}."));
        var looks = plan.TunedFor is { } tuned ? Text($"always-valid intervals tuned for {tuned:N0} units") : "one look at the end";
        var reduced = plan.VarianceReduction > 0 ? Text($", variance reduced by {plan.VarianceReduction:0.0%} through the pre-period") : "";
        output.WriteLine(Text($"Two-sided, {plan.Confidence:0.##%} confidence, {plan.Power:0.##%} power, control {plan.ControlShare:0.##%} of the units, {looks}{reduced}."));
        if (request.Effect is { } effect) WriteEffect(request, metric, effect, output);
        if (request.Units is { } units)
        {
            output.WriteLine(
                Text($"{units:N0} units in both arms detect an effect of {Effect(plan, metric.DetectableEffect!.Value, metric.Shown)}."));
        }

        if (metric.Duration is not { } duration) return;
        output.WriteLine();
        TextTable.Write(output, ["days", "units", "detectable effect", ""],
            duration.Days.Where(day => _days.Contains(day.Days) || day.Days == duration.LogDays).Select(day => (string[])
        [
            Text($"{day.Days}"), Text($"{day.Units:N0}"), Effect(plan, day.DetectableEffect, metric.Shown),
            day.IsForecast && duration.LogDays > 0 ? "beyond the log" : "",
        ]));
        if (request.Effect is { } wanted) output.WriteLine(Days(plan, duration, wanted, metric.Shown));
        if (duration.LogDays == 0) return;
        foreach (var caveat in duration.Caveats) output.WriteLine(caveat);
    }

    private static void WriteEffect(PlanExperimentRequest request, PlannedMetric metric, double effect, TextWriter output)
    {
        if (metric.UnitsNeeded is { } needed)
        {
            var inflation = metric.Inflation is { } times ? Text($", {times:0.##} times as many as one look at the end") : "";
            output.WriteLine(Text($"An effect of {Effect(metric.Plan, Math.Abs(effect), metric.Shown)} needs {needed:N0} units in both arms{inflation}{(metric.Duration is { LogDays: > 0 } ? ", each observed for as long as the whole log" : "")}."));
        }

        else
        {
            output.WriteLine(Text($"An effect of {Effect(metric.Plan, Math.Abs(effect), metric.Shown)} cannot be detected with any number of units: the log has no such values, or the effect would produce an impossible value."));
        }

        if (metric.PowerOfEffect is { } power)
        {
            output.WriteLine(Text($"{request.Units:N0} units detect it with a probability of {power:0.0%}."));
        }
    }

    private static string Days(PowerPlan plan, DurationPlan duration, double effect, double shown)
    {
        var size = Effect(plan, Math.Abs(effect), shown);
        if (duration.DaysFor(effect) is not { } days) return Text($"An effect of {size} is not detected within {duration.Days.Count} days{(duration.LogDays > 0 ? ", the limit of a forecast from this log" : "")}. Use more traffic or a pre-period, or plan for a larger effect.");
        var weeks = (days + 6) / 7;
        return Text($"An effect of {size} is detected after {days} {(days == 1 ? "day" : "days")}{(days > duration.LogDays && duration.LogDays > 0 ? ", beyond the log" : "")}; whole weeks: {weeks}.");
    }

    private static string Effect(PowerPlan plan, double effect, double shown) => double.IsInfinity(effect) ? "none"
        : plan.Scale == EffectScale.Relative ? (effect * 100).ToString("G3", CultureInfo.InvariantCulture) + "%"
        : (effect * shown).ToString("G4", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
