using Kindred.Experiments.Inference;
using Kindred.Experiments.Planning;

namespace Kindred.Experiments.Tests.Planning;

public sealed class DurationPlannerTests
{
    private static readonly PowerPlan _plan = new() { Baseline = default, Kind = MetricKind.Mean };

    [Fact]
    public void Days_within_the_log_are_planned_from_the_data_up_to_then_at_the_share_of_the_traffic()
    {
        var days = Log(10, day => 1000 * day, day => 2 * day, day => 9 * day);
        var plan = DurationPlanner.Of(days, 0, _plan, 0.5);
        Assert.Equal(10, plan.LogDays);
        Assert.Equal(Enumerable.Range(1, 40), plan.Days.Select(day => day.Days));
        Assert.All(plan.Days.Take(10), day =>
        {
            Assert.False(day.IsForecast);
            Assert.Equal(500.0 * day.Days, day.Units);
            var moments = days[day.Days - 1].Metrics[0][0].Merge(days[day.Days - 1].Metrics[0][1]);
            var baseline = ArmEstimates.Of(MetricKind.Mean, moments);
            Assert.Equal((_plan with { Baseline = baseline }).DetectableEffect(500 * day.Days), day.DetectableEffect);
        });
    }

    [Fact]
    public void Beyond_the_log_the_forecast_is_a_power_of_the_days()
    {
        // Units grow with the square root of the days and values with the units. These are powers, so the forecast equals a longer log.
        Func<int, double> units = day => 100_000 * Math.Sqrt(day), value = day => 0.5 * day, variance = day => 3 * Math.Pow(day, 1.5);
        var (known, all) = (DurationPlanner.Of(Log(10, units, value, variance), 0, _plan), DurationPlanner.Of(Log(40, units, value, variance), 0, _plan));
        Assert.Equal(0.5, known.Growth, 4);
        Assert.True(known.Days[10].IsForecast);
        Assert.All(Enumerable.Range(0, 40), day =>
        {
            Assert.InRange(known.Days[day].Units / all.Days[day].Units, 0.999, 1.001);
            Assert.InRange(known.Days[day].DetectableEffect / all.Days[day].DetectableEffect, 0.999, 1.001);
        });
    }

    [Fact]
    public void The_days_for_an_effect_are_the_first_with_enough_power_or_null()
    {
        var plan = DurationPlanner.Of(Log(10, day => 1000 * day, _ => 1, _ => 4), 0, _plan);
        var effect = plan.Days[6].DetectableEffect;
        Assert.Equal(7, plan.DaysFor(effect));
        Assert.Equal(8, plan.DaysFor(effect * 0.9999));
        Assert.Equal(7, plan.DaysFor(-effect));
        Assert.Null(plan.DaysFor(plan.Days[^1].DetectableEffect * 0.99));
    }

    [Fact]
    public void A_short_log_gives_no_forecast_and_says_so()
    {
        var plan = DurationPlanner.Of(Log(3, day => 1000 * day, _ => 1, _ => 4), 0, _plan);
        Assert.Equal(3, plan.Days.Count);
        Assert.Equal(["The log has 3 days, less than a week: it does not show how the days of the week differ.",
            "There is no forecast beyond the log; it needs a log of at least 4 days."], plan.Caveats);
        Assert.Empty(DurationPlanner.Of(Log(14, day => 1000 * day, _ => 1, _ => 4), 0, _plan).Caveats);
    }

    [Fact]
    public void If_few_new_units_arrive_the_plan_says_that_more_days_add_little()
    {
        var plan = DurationPlanner.Of(Log(14, day => 10_000 + day, _ => 1, _ => 4), 0, _plan);
        Assert.InRange(plan.Growth, 0, 0.01);
        Assert.Contains("10,001 on the first day, 1 new ones on the last", Assert.Single(plan.Caveats), StringComparison.Ordinal);
        Assert.InRange(plan.Days[^1].DetectableEffect / plan.Days[13].DetectableEffect, 0.99, 1.01);
    }

    [Fact]
    public void Detectable_effects_are_negative_if_less_is_better()
    {
        var plan = DurationPlanner.Of(Log(7, day => 1000 * day, _ => 1, _ => 4), 0, _plan, direction: MetricDirection.Lower);
        Assert.All(plan.Days, day => Assert.True(day.DetectableEffect < 0));
        Assert.NotNull(plan.DaysFor(0.2));
    }

    [Fact]
    public void Days_without_activity_detect_nothing()
    {
        var plan = DurationPlanner.Of(Log(5, day => 1000 * day, day => day < 3 ? 0 : 1, day => day < 3 ? 0 : 4), 0, _plan);
        Assert.Equal(double.PositiveInfinity, plan.Days[1].DetectableEffect);
        Assert.True(double.IsFinite(plan.Days[2].DetectableEffect));
    }

    [Fact]
    public void A_forecast_share_stays_below_one()
    {
        var days = Enumerable.Range(1, 8).Select(day => new DayData(day, [1000L * day], [[Share(1000 * day, 0.1 * day)]], [[default]])).ToArray();
        var plan = DurationPlanner.Of(days, 0, _plan with { Kind = MetricKind.Share });
        Assert.All(plan.Days, day => Assert.InRange(day.Estimate.Value, 0, 0.9));
        Assert.All(plan.Days, day => Assert.Equal(day.Estimate.Value * (1 - day.Estimate.Value), day.Estimate.UnitVariance, 12));

        static MetricMoments Share(int units, double share) => MetricMoments.OfMean(units * share, units * share, units);
    }

    [Fact]
    public void Impossible_plans_are_refused()
    {
        var days = Log(5, day => 1000 * day, _ => 1, _ => 4);
        Assert.Contains("no days", Assert.Throws<KindredException>(() => DurationPlanner.Of([], 0, _plan)).Message, StringComparison.Ordinal);
        Assert.Contains("is 1.5", Assert.Throws<KindredException>(() => DurationPlanner.Of(days, 0, _plan, 1.5)).Message, StringComparison.Ordinal);
        Assert.Contains("quantile", Assert.Throws<KindredException>(() => DurationPlanner.Of(days, 0, _plan with { Kind = MetricKind.Quantile })).Message, StringComparison.Ordinal);
    }

    /// <summary>A log of two identical arms.</summary>
    private static DayData[] Log(int days, Func<int, double> units, Func<int, double> mean, Func<int, double> variance) =>
    [
        .. Enumerable.Range(1, days).Select(day =>
        {
            var one = (long)units(day) / 2;
            var other = (long)units(day) - one;
            return new DayData(19_000 + day, [one, other], [[Moments(one), Moments(other)]], [[default, default]]);

            MetricMoments Moments(long n) => MetricMoments.OfMean(n * mean(day), (n - 1) * variance(day) + n * mean(day) * mean(day), n);
        }),
    ];
}
