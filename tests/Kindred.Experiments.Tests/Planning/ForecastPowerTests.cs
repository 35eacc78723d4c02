using Kindred.Experiments.Inference;
using Kindred.Experiments.Planning;
using Kindred.Sampling;
using Kindred.Statistics;

namespace Kindred.Experiments.Tests.Planning;

/// <summary>Tests that simulated experiments find an effect as often as was forecast.</summary>
/// <remarks>Everything is seeded. A binomial count of 2,000 exceeds the bounds, 3.9 standard deviations, once in 10⁴.</remarks>
public sealed class ForecastPowerTests
{
    private const int Runs = 2000;

    [Theory]
    [InlineData(MetricKind.Mean, EffectScale.Relative, 0.5)]
    [InlineData(MetricKind.Mean, EffectScale.Absolute, 0.5)]
    [InlineData(MetricKind.Mean, EffectScale.Relative, 0.8)]
    [InlineData(MetricKind.Share, EffectScale.Relative, 0.5)]
    [InlineData(MetricKind.Share, EffectScale.Absolute, 0.3)]
    [InlineData(MetricKind.Ratio, EffectScale.Relative, 0.5)]
    public void An_effect_is_found_at_the_forecast_rate(MetricKind kind, EffectScale scale, double controlShare)
    {
        const int units = 1000;
        var plan = new PowerPlan { Baseline = Truth(kind), Kind = kind, Scale = scale, ControlShare = controlShare };
        var effect = plan.DetectableEffect(units);
        var lift = scale == EffectScale.Relative ? effect : effect / plan.Baseline.Value;
        var found = Enumerable.Range(0, Runs).Count(run =>
        {
            var random = SeededRandom.Keyed(7, (ulong)kind * 10 + (ulong)scale, (ulong)run);
            var controls = (int)(units * controlShare);
            var control = ArmEstimates.Of(kind, Units(kind, controls, 0, ref random));
            var treatment = ArmEstimates.Of(kind, Units(kind, units - controls, lift, ref random));
            return (scale == EffectScale.Relative ? Lift.RelativeFieller(control, treatment, 0.95) : Lift.Absolute(control, treatment, 0.95)).Excludes(0);
        });
        AssertPower(0.8, found);
    }

    [Fact]
    public void With_a_pre_period_an_effect_is_found_at_the_rate_that_the_reduced_variance_forecasts()
    {
        const int units = 1000;
        const double effect = 0.1;
        var random = SeededRandom.Keyed(7, 100);
        var before = Before(100_000, 0, ref random);
        var plan = new PowerPlan
        {
            Baseline = PlanBaseline.Of(MetricKind.Mean, before),
            Kind = MetricKind.Mean,
            Scale = EffectScale.Absolute,
            VarianceReduction = PlanBaseline.VarianceReduction(MetricKind.Mean, before),
        };
        Assert.Equal(0.5, plan.VarianceReduction, 2);
        var found = Enumerable.Range(0, Runs).Count(run =>
        {
            var own = SeededRandom.Keyed(7, 101, (ulong)run);
            var arms = Cuped.Adjust(MetricKind.Mean, [Before(units / 2, 0, ref own), Before(units / 2, effect, ref own)])!.Arms;
            return Lift.Absolute(arms[0], arms[1], 0.95).Excludes(0);
        });
        AssertPower(plan.PowerOf(effect, units), found);
    }

    [Fact]
    public void Always_valid_intervals_find_it_at_the_forecast_rate_at_the_last_look_and_no_less_often_with_earlier_looks()
    {
        const int looks = 5, unitsALook = 200;
        var plan = new PowerPlan { Baseline = new ArmEstimate(10, 25, 0), Kind = MetricKind.Mean, TunedFor = 1000 };
        var effect = plan.DetectableEffect(looks * unitsALook);
        int atLast = 0, ever = 0;
        for (var run = 0; run < Runs; run++)
        {
            var random = SeededRandom.Keyed(7, 200, (ulong)run);
            MetricMoments control = default, treatment = default;
            bool now = false, before = false;
            for (var look = 0; look < looks; look++)
            {
                control = control.Merge(Normal(unitsALook / 2, 10, 5, ref random));
                treatment = treatment.Merge(Normal(unitsALook / 2, 10 * (1 + effect), 5, ref random));
                now = AlwaysValidLift.Relative(ArmEstimates.Of(MetricKind.Mean, control), ArmEstimates.Of(MetricKind.Mean, treatment), 0.95, 1000).Excludes(0);
                before |= now;
            }

            atLast += now ? 1 : 0;
            ever += before ? 1 : 0;
        }

        AssertPower(0.8, atLast);
        Assert.InRange(ever, atLast, Runs);
    }

    private static void AssertPower(double forecast, int found)
    {
        var tolerance = 3.9 * Math.Sqrt(Runs * forecast * (1 - forecast));
        Assert.InRange(found, Runs * forecast - tolerance, Runs * forecast + tolerance);
    }

    /// <summary>The true value and unit variance of the control.</summary>
    private static ArmEstimate Truth(MetricKind kind) => kind switch
    {
        MetricKind.Mean => new ArmEstimate(10, 25, 0),
        MetricKind.Share => PlanBaseline.OfShare(0.3),
        // Clicks are a binomial of d impressions, 1 to 19 uniformly: Var(N − R D) / D̄² = d̄ R (1 − R) / d̄².
        _ => new ArmEstimate(0.2, 0.2 * 0.8 / 10, 0),
    };

    private static MetricMoments Units(MetricKind kind, int count, double lift, ref SeededRandom random)
    {
        if (kind == MetricKind.Mean) return Normal(count, 10 * (1 + lift), 5, ref random);
        Span<double> sums = stackalloc double[4], products = stackalloc double[10];
        for (var i = 0; i < count; i++)
        {
            var below = kind == MetricKind.Ratio ? 1 + random.NextInt32(19) : 1;
            var above = 0.0;
            for (var row = 0; row < below; row++) above += random.NextDouble() < (kind == MetricKind.Ratio ? 0.2 : 0.3) * (1 + lift) ? 1 : 0;
            sums[0] += above;
            sums[1] += below;
            products[0] += above * above;
            products[1] += above * below;
            products[4] += (double)below * below;
        }

        return MetricMoments.FromSums(count, sums, products);
    }

    private static MetricMoments Normal(int count, double mean, double deviation, ref SeededRandom random)
    {
        double sum = 0, squares = 0;
        for (var i = 0; i < count; i++)
        {
            var value = mean + deviation * NormalDistribution.Quantile(Math.Max(1e-300, random.NextDouble()));
            sum += value;
            squares += value * value;
        }

        return MetricMoments.OfMean(sum, squares, count);
    }

    /// <summary>Units with a value of pre-period value plus independent noise of the same variance.</summary>
    private static MetricMoments Before(int count, double effect, ref SeededRandom random)
    {
        Span<double> sums = stackalloc double[4], products = stackalloc double[10];
        for (var i = 0; i < count; i++)
        {
            var before = NormalDistribution.Quantile(Math.Max(1e-300, random.NextDouble()));
            var value = 5 + effect + before + NormalDistribution.Quantile(Math.Max(1e-300, random.NextDouble()));
            sums[0] += value;
            sums[2] += before;
            products[0] += value * value;
            products[1] += value;
            products[2] += value * before;
            products[5] += before;
            products[7] += before * before;
        }

        (sums[1], products[4]) = (count, count);
        return MetricMoments.FromSums(count, sums, products);
    }
}
