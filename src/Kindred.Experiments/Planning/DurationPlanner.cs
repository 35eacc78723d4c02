using Kindred.Experiments.Inference;
using Kindred.Numerics;

namespace Kindred.Experiments.Planning;

/// <summary>Plans the length of an experiment from a past log.</summary>
public static class DurationPlanner
{
    /// <summary>Computes the effects that an experiment on a share of the log's traffic can find, day by day.</summary>
    /// <param name="days">The log's days; all arms are merged.</param>
    /// <param name="metric">The metric's place in them.</param>
    /// <param name="plan">The plan; its baseline is replaced by each day's.</param>
    /// <param name="trafficShare">The share of the units that the two arms get together, above 0 and up to 1.</param>
    /// <param name="direction">The direction of the effects.</param>
    /// <exception cref="KindredException">There are no days, the share is out of range, or the metric is a quantile.</exception>
    public static DurationPlan Of(IReadOnlyList<DayData> days, int metric, PowerPlan plan, double trafficShare = 1,
        MetricDirection direction = MetricDirection.Higher)
    {
        ArgumentNullException.ThrowIfNull(days);
        ArgumentNullException.ThrowIfNull(plan);
        if (days.Count == 0)
        {
            throw new KindredException(ErrorKind.Usage, "plan_days_missing", "The log has no days to plan from.", "Name its time column.");
        }
        if (!(trafficShare > 0 && trafficShare <= 1))
        {
            throw new KindredException(ErrorKind.Usage, "traffic_share_out_of_range",
                FormattableString.Invariant($"The share of the traffic is {trafficShare}; it must be above 0 and at most 1."),
                "Give a share such as .5.")
            {
                Values = new Dictionary<string, object?> { ["share"] = trafficShare },
            };
        }

        if (plan.Kind == MetricKind.Quantile) throw PlanBaseline.NoQuantiles();
        var known = days.Select(day => Known(day, metric, plan.Kind)).ToArray();
        var trend = known.Length < DurationPlan.LeastDaysToForecast ? null : Trend.Of(known, plan.Kind);
        var last = trend is null ? known.Length : known.Length * DurationPlan.ForecastFactor;
        return new DurationPlan
        {
            Days = [.. Enumerable.Range(1, last)
                .Select(day => Day(day, day <= known.Length ? known[day - 1] : trend!.At(day), day > known.Length))],
            LogDays = known.Length,
            Growth = trend?.OfUnits ?? double.NaN,
            NewUnits = (known[0].Units, known[^1].Units - (known.Length > 1 ? known[^2].Units : 0)),
            Direction = direction,
        };

        DurationDay Day(int day, ArmEstimate estimate, bool isForecast)
        {
            var units = estimate.Units * trafficShare;
            var effect = estimate.UnitVariance > 0 && double.IsFinite(estimate.UnitVariance)
                ? (plan with { Baseline = estimate }).DetectableEffect(units, direction) : double.PositiveInfinity;
            return new DurationDay(day, units, estimate, effect, isForecast);
        }
    }

    /// <summary>The value at the end of a day; the first days may have no units yet.</summary>
    private static ArmEstimate Known(DayData day, int metric, MetricKind kind) =>
        ArmEstimates.Of(kind, day.Metrics[metric].Aggregate(default(MetricMoments), (all, arm) => all.Merge(arm)));

    /// <summary>Units, value and variance as powers of the number of days, as from the middle of the log to its end.</summary>
    private sealed record Trend(ArmEstimate Last, int Days, MetricKind Kind, double OfUnits, double OfValue, double OfVariance)
    {
        public static Trend Of(ArmEstimate[] days, MetricKind kind)
        {
            var (half, last) = (days[days.Length / 2 - 1], days[^1]);
            var span = PortableMath.Log(days.Length / (double)(days.Length / 2));
            // Units arrive at most as fast as in proportion to time, and never leave.
            return new Trend(last, days.Length, kind, Math.Clamp(Power(half.Units, last.Units), 0, 1), Power(half.Value, last.Value),
                Power(half.UnitVariance, last.UnitVariance));

            double Power(double from, double to) => from > 0 && to > 0 && double.IsFinite(from) && double.IsFinite(to)
                ? PortableMath.Log(to / from) / span : 0;
        }

        public ArmEstimate At(int day)
        {
            var value = Last.Value * Times(OfValue);
            if (Kind == MetricKind.Share) value = Math.Min(value, 1 - (1 - Last.Value) / 2);
            return new ArmEstimate(value, Kind == MetricKind.Share ? value * (1 - value) : Last.UnitVariance * Times(OfVariance),
                (long)(Last.Units * Times(OfUnits)));

            double Times(double power) => PortableMath.Exp(power * PortableMath.Log(day / (double)Days));
        }
    }
}
