using System.Globalization;

namespace Kindred.Experiments.Planning;

/// <summary>The effects that an experiment can find by its length, from a past log.</summary>
public sealed record DurationPlan
{
    /// <summary>Minimum days of a log that allow a forecast.</summary>
    public const int LeastDaysToForecast = 4;

    /// <summary>The longest forecast, in lengths of the log.</summary>
    public const int ForecastFactor = 4;

    /// <summary>Days from 1 on: first those of the log, then those beyond it.</summary>
    public required IReadOnlyList<DurationDay> Days { get; init; }

    /// <summary>Days of the log.</summary>
    public required int LogDays { get; init; }

    /// <summary>The growth of units at the end of the log: their number grows as days to this power. 1 means as many new units every day,
    /// 0 none.</summary>
    public required double Growth { get; init; }

    /// <summary>New units on the first and on the last day, of all traffic.</summary>
    public required (double First, double Last) NewUnits { get; init; }

    /// <summary>The direction of the effects.</summary>
    public required MetricDirection Direction { get; init; }

    /// <summary>Finds the first day by which an effect is found with the plan's power; null if there is none within
    /// <see cref="Days"/>.</summary>
    /// <param name="effect">The effect; its sign does not matter.</param>
    public int? DaysFor(double effect)
    {
        foreach (var day in Days)
        {
            if (Math.Abs(day.DetectableEffect) <= Math.Abs(effect)) return day.Days;
        }

        return null;
    }

    /// <summary>The limits of the plan, in sentences; empty without any.</summary>
    public IReadOnlyList<string> Caveats
    {
        get
        {
            var caveats = new List<string>();
            if (LogDays < 7) caveats.Add(Text($"The log has {LogDays} {(LogDays == 1 ? "day" : "days")}, less than a week: it does not show how the days of the week differ."));
            if (LogDays < LeastDaysToForecast)
            {
                caveats.Add(Text($"There is no forecast beyond the log; it needs a log of at least {LeastDaysToForecast} days."));
            }
            else if (Growth < 0.5) caveats.Add(Text($"Few new units arrive (of all traffic: {NewUnits.First:N0} on the first day, {NewUnits.Last:N0} new ones on the last): more traffic helps, more days hardly do."));
            return caveats;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
