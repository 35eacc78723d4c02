using Kindred.Experiments.Inference;
using Kindred.Experiments.Planning;

namespace Kindred.Experiments.Tests.Planning;

public sealed class PowerPlanTests
{
    // With mpmath at 30 digits: c = t quantile of 1 − α/2 at Welch's ν, power = 1 − F(c; ν, δ) + F(−c; ν, δ),
    // where F is the noncentral t by the series of Lenth (1989, AS 243) and δ = difference / √(v_T/n_T + v_C/n_C).
    // Units: the minimum with a power of .8, by bisection. The first is the textbook value of 64 per arm for d = .5.
    [Theory]
    [InlineData(1, 1, 0.5, 128, 0.5, 0.95, EffectScale.Absolute, MetricKind.Mean, 0, 0.80145955792225408, 128)]
    [InlineData(10, 25, 0.5, 2000, 0.5, 0.95, EffectScale.Absolute, MetricKind.Mean, 0, 0.60836670580917812, 3142)]
    [InlineData(10, 25, 2.5, 20, 0.5, 0.95, EffectScale.Absolute, MetricKind.Mean, 0, 0.18509565629116612, 128)]
    [InlineData(10, 25, 4, 12, 0.4, 0.9, EffectScale.Absolute, MetricKind.Mean, 0, 0.3472472473388168, 42)]
    [InlineData(0.1, 0.09, 0.01, 20000, 0.5, 0.95, EffectScale.Absolute, MetricKind.Share, 0, 0.63566417596444108, 29498)]
    [InlineData(0.1, 0.09, -0.02, 6000, 0.3, 0.99, EffectScale.Absolute, MetricKind.Share, 0, 0.44305405615347856, 11836)]
    [InlineData(0.05, 0.4, 0.004, 40000, 0.5, 0.95, EffectScale.Absolute, MetricKind.Ratio, 0.35, 0.12292470584106691, 510178)]
    [InlineData(10, 25, -0.5, 2000, 0.25, 0.95, EffectScale.Absolute, MetricKind.Mean, 0, 0.48981891001095286, 4191)]
    public void Power_and_sample_size_equal_those_of_the_noncentral_t(
        double value, double variance, double effect, double units, double share, double confidence, EffectScale scale, MetricKind kind, double reduction, double power, long needed)
    {
        var plan = new PowerPlan
        {
            Baseline = new ArmEstimate(value, variance, 0),
            Kind = kind,
            Scale = scale,
            Confidence = confidence,
            ControlShare = share,
            VarianceReduction = reduction,
        };
        Assert.Equal(power, plan.PowerOf(effect, units), 6);
        Assert.Equal(needed, plan.UnitsFor(effect));
    }

    [Theory]
    [InlineData(MetricKind.Share, 0.3, 0.21, 0.3)]
    [InlineData(MetricKind.Mean, 2, 30, -0.6)]
    [InlineData(MetricKind.Mean, -2, 30, 0.5)]
    public void A_relative_effect_is_planned_as_the_equivalent_difference(MetricKind kind, double value, double variance, double effect)
    {
        var relative = new PowerPlan { Baseline = new ArmEstimate(value, variance, 0), Kind = kind };
        var absolute = relative with { Scale = EffectScale.Absolute };

        Assert.Equal(absolute.PowerOf(effect * Math.Abs(value), 900), relative.PowerOf(effect, 900));
        Assert.Equal(absolute.UnitsFor(effect * Math.Abs(value)), relative.UnitsFor(effect));
    }

    // From the same series.
    [Theory]
    [InlineData(2, 5, 1, 0.22192533738378513)]
    [InlineData(2.2, 3, 0.5, 0.12105532031444196)]
    [InlineData(-1, 10, 1, 0.97319814323052045)]
    [InlineData(1.97, 198, 2.8, 0.79629040977802631)]
    [InlineData(1.96, 150000, 2.8, 0.79954521478402763)]
    [InlineData(3, 2, 2, 0.37061434028155888)]
    [InlineData(12.7, 1, 3, 0.18619678199239589)]
    public void The_noncentral_t_equals_that_of_another_series(double t, double freedom, double shift, double expected) =>
        Assert.Equal(expected, NoncentralStudent.UpperTail(t, freedom, shift), 7);

    [Fact]
    public void A_large_experiment_needs_the_units_of_the_formula_with_normal_quantiles()
    {
        // 2 · 2 (z.975 + z.8)² σ² / d² = 313,955.19 for d = .01, σ = 1.
        var plan = new PowerPlan { Baseline = new ArmEstimate(1, 1, 0), Kind = MetricKind.Mean, Scale = EffectScale.Absolute };
        Assert.InRange(plan.UnitsFor(0.01), 313_956, 313_966);
    }

    [Fact]
    public void The_detectable_effect_has_the_planned_power_in_both_directions_and_inverts_the_sample_size() =>
        Gen.Select(Gen.OneOf(Gen.Const(MetricKind.Mean), Gen.Const(MetricKind.Share), Gen.Const(MetricKind.Ratio)), Gen.Double[0.01, 0.9], Gen.Double[0.01, 3], Gen.Int[200, 100_000], Gen.Double[0.1, 0.9], Gen.Bool)
            .Sample((kind, value, deviation, units, share, relative) =>
            {
                var plan = new PowerPlan
                {
                    Baseline = kind == MetricKind.Share ? PlanBaseline.OfShare(value) : PlanBaseline.OfMean(value, deviation),
                    Kind = kind,
                    ControlShare = share,
                    Scale = relative ? EffectScale.Relative : EffectScale.Absolute,
                };
                foreach (var direction in Enum.GetValues<MetricDirection>())
                {
                    var effect = plan.DetectableEffect(units, direction);
                    if (double.IsInfinity(effect)) continue;
                    Assert.Equal(direction == MetricDirection.Higher, effect > 0);
                    Assert.Equal(plan.Power, plan.PowerOf(effect, units), 6);
                    Assert.InRange(plan.UnitsFor(effect), units - 1, units + 1);
                }
            }, iter: 60);

    [Fact]
    public void A_share_with_too_few_expected_units_has_no_power()
    {
        var plan = new PowerPlan { Baseline = PlanBaseline.OfShare(0.01), Kind = MetricKind.Share };
        Assert.Equal(0, plan.PowerOf(0.9, 998));
        Assert.InRange(plan.PowerOf(0.9, 1000), 0.01, 0.5);
        Assert.Equal(double.NegativeInfinity, plan.DetectableEffect(100, MetricDirection.Lower));
    }

    [Fact]
    public void Sequential_power_is_that_of_the_always_valid_interval_at_its_last_look()
    {
        const double effect = 0.4, units = 3000, tuned = 8000;
        var plan = new PowerPlan { Baseline = PlanBaseline.OfMean(2, 4), Kind = MetricKind.Mean, Scale = EffectScale.Absolute, TunedFor = tuned };
        ArmEstimate control = new(2, 16, 1500), treatment = new(2.4, 16, 1500);
        var interval = AlwaysValidLift.Absolute(control, treatment, 0.95, tuned);
        var critical = (interval.High - interval.Estimate) / interval.StandardError;
        var expected = Kindred.Statistics.NormalDistribution.UpperTail(critical - effect / interval.StandardError);
        Assert.Equal(expected, plan.PowerOf(effect, units), 6);
        Assert.Equal(expected, (plan with { Scale = EffectScale.Relative }).PowerOf(effect / 2, units), 6);
        Assert.Equal(plan.UnitsFor(effect) / (double)(plan with { TunedFor = null }).UnitsFor(effect), plan.SequentialInflation(effect));
        Assert.InRange(plan.SequentialInflation(effect), 1.5, 3);
        Assert.Equal(1, (plan with { TunedFor = null }).SequentialInflation(effect));
    }

    [Fact]
    public void Half_the_variance_needs_half_the_units()
    {
        var plan = new PowerPlan { Baseline = PlanBaseline.OfMean(1, 3), Kind = MetricKind.Mean };
        Assert.Equal(0.5, (plan with { VarianceReduction = 0.5 }).UnitsFor(0.05) / (double)plan.UnitsFor(0.05), 4);
    }

    [Fact]
    public void A_baseline_equals_the_estimate_from_the_moments_and_its_reduction_that_of_CUPED()
    {
        // Units (1, 2, 3) and before (1, 2, 6): correlation² = 25/28.
        var moments = MetricMoments.FromSums(3, [6, 3, 9, 0], [14, 6, 23, 0, 3, 9, 0, 41, 0, 0]);
        Assert.Equal(new ArmEstimate(2, 1, 3), PlanBaseline.Of(MetricKind.Mean, moments));
        Assert.Equal(25 / 28.0, PlanBaseline.VarianceReduction(MetricKind.Mean, moments), 12);
        Assert.Equal(0, PlanBaseline.VarianceReduction(MetricKind.Mean, MetricMoments.OfMean(6, 14, 3)));
        Assert.Throws<KindredException>(() => PlanBaseline.Of(MetricKind.Mean, MetricMoments.OfMean(1, 1, 1)));
        Assert.Throws<KindredException>(() => PlanBaseline.Of(MetricKind.Quantile, moments));
        Assert.Throws<KindredException>(() => PlanBaseline.Of(MetricKind.Ratio, MetricMoments.FromSums(3, [0, 0, 0, 0], new double[10])));
    }

    [Fact]
    public void Impossible_plans_are_refused()
    {
        var plan = new PowerPlan { Baseline = PlanBaseline.OfShare(0.2), Kind = MetricKind.Share };
        Assert.Contains("An effect of 0 ", Assert.Throws<KindredException>(() => plan.UnitsFor(0)).Message, StringComparison.Ordinal);
        Assert.Contains("An effect of 5 ", Assert.Throws<KindredException>(() => plan.UnitsFor(5)).Message, StringComparison.Ordinal);
        Assert.Contains("An effect of -1.5 ", Assert.Throws<KindredException>(() => plan.UnitsFor(-1.5)).Message, StringComparison.Ordinal);
        Assert.Contains("too small", Assert.Throws<KindredException>(() => plan.UnitsFor(1e-12)).Message, StringComparison.Ordinal);
        Assert.Contains("'power' is 1.5", Assert.Throws<KindredException>(() => (plan with { Power = 1.5 }).UnitsFor(0.1)).Message, StringComparison.Ordinal);
    }
}
