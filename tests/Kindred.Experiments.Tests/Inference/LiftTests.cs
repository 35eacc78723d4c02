using Kindred.Experiments.Inference;
using Kindred.Sampling;
using Kindred.Statistics;

namespace Kindred.Experiments.Tests.Inference;

public sealed class LiftTests
{
    private const double Confidence = 0.95;

    private static readonly double[] _one = [20.4, 24.2, 15.4, 21.4, 20.2, 18.5, 21.5];
    private static readonly double[] _two = [20.2, 16.9, 18.5, 17.3, 20.5];
    private static readonly double[] _three = [3.1, 2.9, 10.4, 7.7, 0.3, 5.5, 4.8, 1.2, 9.9, 6.1];
    private static readonly double[] _four = [4.4, 12.9, 8.1, 7.4, 15.0, 9.3, 3.3, 11.1, 10.5, 2.2, 6.6, 13.7];

    private static readonly Func<ArmEstimate, ArmEstimate, double, LiftEstimate>[] _all =
    [
        Lift.Absolute, Lift.Relative, Lift.RelativeFieller,
        (c, t, level) => AlwaysValidLift.Absolute(c, t, level), (c, t, level) => AlwaysValidLift.Relative(c, t, level),
        (c, t, level) => AlwaysValidLift.RelativeDelta(c, t, level),
    ];

    [Fact]
    public void Published_lifts_are_reproduced_to_the_last_digit()
    {
        PublishedVectors.AssertEqual([0.70732, -0.03526, 1.44989, 0.06191], 5, Lift.Relative(PublishedVectors.A, PublishedVectors.B, Confidence));
        PublishedVectors.AssertEqual([0.29, 0.04538, 0.53462, 0.02016], 5, Lift.Absolute(PublishedVectors.A, PublishedVectors.B, Confidence));
        PublishedVectors.AssertEqual(
            [0.06667, -0.47767, 0.61101, 0.80707], 5,
            Lift.Relative(PublishedVectors.Share(14, 28), PublishedVectors.Share(16, 30), Confidence) with { Estimate = 0.06667 });
    }

    // From the formulas with mpmath at 40 digits.
    [Fact]
    public void Small_arms_have_the_interval_degrees_of_freedom_and_p_of_Welchs_test()
    {
        AssertEqual([-1.548571428571429, 1.268886704709193, 9.81721216573329, -4.382978874635041, 1.285836017492184, 0.2508100698322371], Lift.Absolute(Of(_one), Of(_two), Confidence));
        AssertEqual([-0.07655367231638418, 0.05956825317180868, 9.81721216573329, -0.2096157492634922, 0.05650840463072379, 0.2282331611532519], Lift.Relative(Of(_one), Of(_two), Confidence));
        AssertEqual([3.518333333333333, 1.613706364963351, 19.99930960608902, 0.1521933919976327, 6.884473274669034, 0.04135492826999831], Lift.Absolute(Of(_three), Of(_four), Confidence));
        AssertEqual([0.6779062299293513, 0.419718254641736, 19.99930960608902, -0.197612644961709, 1.553425104820412, 0.1219458848744091], Lift.Relative(Of(_three), Of(_four), Confidence));
    }

    [Fact]
    public void The_delta_method_has_the_standard_error_of_simulated_lifts()
    {
        // Means of this many units are normal, and the control is 20 standard errors from 0.
        ArmEstimate control = new(2, 10, 1_000), treatment = new(3, 20, 1_000);
        var random = new SeededRandom(3);
        double sum = 0, squares = 0;
        const int Draws = 200_000;
        for (var i = 0; i < Draws; i++)
        {
            var lift = (treatment.Value + treatment.StandardError * random.NextGaussian()) / (control.Value + control.StandardError * random.NextGaussian()) - 1;
            (sum, squares) = (sum + lift, squares + lift * lift);
        }

        var spread = Math.Sqrt(squares / Draws - sum / Draws * sum / Draws);
        Assert.Equal(1, Lift.Relative(control, treatment, Confidence).StandardError / spread, 0.02);
    }

    [Fact]
    public void Fiellers_set_equals_the_ratios_that_a_scan_does_not_reject() =>
        Gen.Select(Arms.NearZero, Arms.Usual, Gen.Double[0.5, 0.999]).Sample((control, treatment, confidence) =>
        {
            var fieller = Lift.RelativeFieller(control, treatment, confidence);
            FiellerOracle.AssertEqualsNotRejected(fieller, control, treatment, StudentDistribution.Quantile((1 + confidence) / 2, fieller.DegreesOfFreedom));
        }, iter: 1_000);

    // Two shares of 241 units each, with daily looks. The treatment's is far from the control's, which is not significantly above 0.
    [Fact]
    public void A_large_lift_over_a_control_that_could_be_0_has_an_interval_of_two_rays()
    {
        ArmEstimate control = PublishedVectors.Share(14, 241), treatment = PublishedVectors.Share(170, 241);
        var lift = AlwaysValidLift.Relative(control, treatment, Confidence);

        Assert.True(lift.PValue < 0.05);
        Assert.Equal(ConfidenceSetShape.TwoRays, lift.Interval.Shape);
        Assert.True(lift.Excludes(0));
        var gap = Assert.NotNull(lift.Interval.Gap);
        // From the definition, by bisection: the ratios nearest to 1 on both sides that are not rejected.
        Assert.Equal(FiellerOracle.End(control, treatment, Critical(control, treatment), 1, 1e6) - 1, gap.High, 1e-6);
        Assert.Equal(FiellerOracle.End(control, treatment, Critical(control, treatment), 1, -1e6) - 1, gap.Low, 1e-6);
        Assert.True(lift.Excludes(1) && !lift.Excludes(lift.Estimate) && !lift.Excludes(1e9) && !lift.Excludes(-1e9));
    }

    private static double Critical(ArmEstimate control, ArmEstimate treatment)
    {
        var difference = AlwaysValidLift.Absolute(control, treatment, Confidence);
        return (difference.High - difference.Estimate) / difference.StandardError;
    }

    // C² = k²v exactly, which hardly ever happens with real data. Then r ≥ (T² − k²v)/(2TC) remains.
    [Fact]
    public void The_case_between_an_interval_and_two_rays_is_a_half_line()
    {
        ArmEstimate control = new(2, 1, 1), treatment = new(10, 1, 1);
        Assert.Equal(ConfidenceSet.Between(96.0 / 40 - 1, double.PositiveInfinity), new LiftTerms(control, treatment, Confidence).Fieller(2));
        Assert.Equal(
            ConfidenceSet.Between(double.NegativeInfinity, -(96.0 / 40 - 1)), new LiftTerms(control.Scaled(-1), treatment.Scaled(-1), Confidence).Fieller(2));
    }

    [Fact]
    public void A_treatment_of_zeros_has_a_lift_of_minus_one()
    {
        ArmEstimate control = new(0.5, 0.25, 400), zeros = new(0, 0, 400);
        foreach (var lift in new[] { Lift.RelativeFieller(control, zeros, Confidence), AlwaysValidLift.Relative(control, zeros, Confidence) })
        {
            Assert.Equal((-1.0, -1.0, -1.0), (lift.Low, lift.Estimate, lift.High));
            Assert.True(lift.PValue < 0.05);
        }
    }

    [Fact]
    public void An_interval_excludes_zero_exactly_if_p_is_below_the_level() =>
        Gen.Select(Arms.Usual, Arms.Usual, Gen.Double[0.5, 0.999]).Sample((control, treatment, confidence) =>
        {
            foreach (var lift in _all.Select(of => of(control, treatment, confidence)))
            {
                if (Math.Abs(lift.PValue - (1 - confidence)) < 1e-9) continue;
                Assert.Equal(lift.PValue < 1 - confidence, lift.Excludes(0));
            }
        });

    [Fact]
    public void An_increase_is_above_zero_whatever_the_sign_of_the_control() =>
        Gen.Select(Arms.Usual, Arms.Usual).Sample((control, treatment) =>
        {
            foreach (var of in _all)
            {
                LiftEstimate lift = of(control, treatment, Confidence), turned = of(control.Scaled(-1), treatment.Scaled(-1), Confidence);
                Assert.Equal(Math.Sign(treatment.Value - control.Value), Math.Sign(lift.Estimate));
                Assert.Equal((-lift.Estimate, lift.StandardError, lift.PValue), (turned.Estimate, turned.StandardError, turned.PValue));
                // A control of exactly 0 has no sign.
                if (control.Value != 0) AssertClose(lift.Interval.Negated(), turned.Interval);
            }
        });

    [Fact]
    public void A_relative_lift_does_not_depend_on_the_unit_of_measure() =>
        Gen.Select(Arms.Usual, Arms.Usual, Gen.Double[-20, 20]).Sample((control, treatment, log) =>
        {
            foreach (var of in _all.Where(of => of(control, treatment, Confidence).Estimate != treatment.Value - control.Value))
            {
                LiftEstimate lift = of(control, treatment, Confidence), scaled = of(control.Scaled(Math.Exp(log)), treatment.Scaled(Math.Exp(log)), Confidence);
                if (control.Value == 0) Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), (lift.StandardError, scaled.StandardError));
                else Assert.Equal(1, scaled.StandardError / lift.StandardError, 1e-9);
                Assert.Equal(lift.PValue, scaled.PValue, 1e-9);
            }
        });

    [Fact]
    public void Nothing_is_ever_NaN_and_an_interval_contains_its_estimate() =>
        Gen.Select(Arms.Any, Arms.Any, Arms.OneOf(0.001, 0.5, 0.95, 1 - 1e-12)).Sample((control, treatment, confidence) =>
        {
            foreach (var lift in _all.Select(of => of(control, treatment, confidence)))
            {
                Assert.DoesNotContain(double.NaN, new[] { lift.Estimate, lift.Low, lift.High, lift.StandardError, lift.DegreesOfFreedom, lift.PValue });
                Assert.InRange(lift.PValue, 0, 1);
                Assert.True(lift.Interval.Contains(lift.Estimate));
                Assert.True(lift.DegreesOfFreedom > 0);
            }
        }, iter: 10_000);

    [Fact]
    public void An_unknown_variance_makes_the_lift_unknown()
    {
        ArmEstimate usual = new(1, 2, 100), alike = new(1, 0, 100), zeros = new(0, 0, 100);
        ArmEstimate[] unknown = [new(1, 2, 1), new(0, 0, 0), ArmEstimates.Of(MetricKind.Mean, default), ArmEstimates.Of(MetricKind.Mean, MetricMoments.OfMean(5, 25, 1))];
        foreach (var of in _all)
        {
            foreach (var arm in unknown) AssertUnknown(of(usual, arm, Confidence));
            foreach (var arm in unknown) AssertUnknown(of(arm, usual, Confidence));
            AssertUnknown(of(alike, alike, Confidence));
            AssertUnknown(of(zeros, zeros, Confidence));
        }

        // With one known arm the difference is known, but the relative lift is not if the control is 0.
        Assert.True(Lift.Absolute(zeros, usual, Confidence).Excludes(0));
        Assert.Equal(double.PositiveInfinity, Lift.Relative(zeros, usual, Confidence).Estimate);
        AssertUnknown(Lift.Relative(zeros, usual, Confidence));
        Assert.Equal(double.NegativeInfinity, Lift.RelativeFieller(zeros, usual, Confidence).Low);
        Assert.Equal(Lift.Absolute(zeros, usual, Confidence).PValue, Lift.RelativeFieller(zeros, usual, Confidence).PValue);
    }

    [Fact]
    public void A_confidence_is_above_0_and_below_1() =>
        Assert.All(_all, of => Assert.All(new[] { 0, 1, double.NaN, 95 }, confidence =>
            Assert.Throws<ArgumentOutOfRangeException>(() => of(PublishedVectors.A, PublishedVectors.B, confidence))));

    private static ArmEstimate Of(double[] units) => PublishedVectors.Mean(units.Sum(), units.Sum(unit => unit * unit), units.Length);

    private static void AssertEqual(double[] expected, LiftEstimate lift)
    {
        double[] found = [lift.Estimate, lift.StandardError, lift.DegreesOfFreedom, lift.Low, lift.High, lift.PValue];
        Assert.All(expected.Zip(found), pair => Assert.Equal(1, pair.Second / pair.First, 1e-11));
    }

    private static void AssertClose(ConfidenceSet expected, ConfidenceSet set)
    {
        Assert.Equal(expected.Shape, set.Shape);
        Assert.Equal(expected.Low, set.Low, 1e-9 * Math.Max(1, Math.Min(1e6, Math.Abs(expected.Low))));
        Assert.Equal(expected.High, set.High, 1e-9 * Math.Max(1, Math.Min(1e6, Math.Abs(expected.High))));
        Assert.Equal(expected.Gap, set.Gap);
    }

    private static void AssertUnknown(LiftEstimate lift) =>
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity, 1.0), (lift.Low, lift.High, lift.PValue));
}
