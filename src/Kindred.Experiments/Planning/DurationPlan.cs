using System.Globalization;

namespace Kindred.Experiments.Planning;

/// <summary>What an experiment could find by its length, from a log of what units did before.</summary>
public sealed record DurationPlan
{
    /// <summary>Days of a log from which on something can be said of days beyond it.</summary>
    public const int LeastDaysToForecast = 4;

    /// <summary>How many times its own length a log can tell of.</summary>
    public const int ForecastFactor = 4;

    /// <summary>Days from 1 on: first those of the log, then those beyond it.</summary>
    public required IReadOnlyList<DurationDay> Days { get; init; }

    /// <summary>Days of the log.</summary>
    public required int LogDays { get; init; }

    /// <summary>How units arrive at the end of the log: their number grows as days to this power. 1 is as many new ones every day, 0 none.</summary>
    public required double Growth { get; init; }

    /// <summary>Units that came on the first day and on the last one, of all traffic.</summary>
    public required (double First, double Last) NewUnits { get; init; }

    /// <summary>Which way effects are looked for.</summary>
    public required MetricDirection Direction { get; init; }

    /// <summary>The first day by which an effect is found with the plan's power; null if there is none within <see cref="Days"/>.</summary>
    /// <param name="effect">The effect; its sign does not matter.</param>
    public int? DaysFor(double effect)
    {
        foreach (var day in Days)
        {
            if (Math.Abs(day.DetectableEffect) <= Math.Abs(effect)) return day.Days;
        }

        return null;
    }

    /// <summary>What the log is too short or too even to say, in sentences; empty where nothing is to be said.</summary>
    public IReadOnlyList<string> Caveats
    {
        get
        {
            var caveats = new List<string>();
            if (LogDays < 7) caveats.Add(Text($"The log has {LogDays} {(LogDays == 1 ? "day" : "days")}, less than a week: days of the week differ, and this does not show how."));
            if (LogDays < LeastDaysToForecast) caveats.Add(Text($"Nothing is said of days beyond the log; that takes a log of {LeastDaysToForecast} days or more."));
            else if (Growth < 0.5) caveats.Add(Text($"New units have become few (units of all traffic: {NewUnits.First:N0} on the first day, {NewUnits.Last:N0} new ones on the last): more days add little, more traffic does."));
            return caveats;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
