using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Tests.Inference;

public sealed class AlwaysValidLiftTests
{
    private const double Confidence = 0.95;

    [Fact]
    public void The_published_sequential_lift_is_reproduced_to_the_last_digit() =>
        PublishedVectors.AssertEqual(
            [0.50336, -0.55844, 1.56516, 1], 5, AlwaysValidLift.RelativeDelta(PublishedVectors.ShortA, PublishedVectors.B, Confidence, 1_000));

    [Fact]
    public void The_width_of_the_interval_equals_the_formula() =>
        Gen.Select(Arms.Usual, Arms.Usual, Gen.Double[0.5, 0.999], Gen.Double[10, 1e6]).Sample((control, treatment, confidence, tunedFor) =>
        {
            var lift = AlwaysValidLift.Absolute(control, treatment, confidence, tunedFor);
            var half = HalfWidth(lift.StandardError, control.Units + treatment.Units, 1 - confidence, 1 - confidence, tunedFor);
            Assert.Equal(1, (lift.High - lift.Low) / (2 * half), 1e-9);
            Assert.Equal(double.PositiveInfinity, lift.DegreesOfFreedom);
        });

    [Fact]
    public void P_is_the_level_at_which_an_end_of_the_interval_is_zero() =>
        Gen.Select(Arms.Usual, Arms.Usual).Sample((control, treatment) =>
        {
            var lift = AlwaysValidLift.Absolute(control, treatment, Confidence);
            var units = control.Units + treatment.Units;
            if (lift.PValue < 1e-300) return;
            var half = HalfWidth(lift.StandardError, units, lift.PValue, 1 - Confidence, AlwaysValidLift.DefaultTunedFor);
            // At p = 1 the interval may contain 0 well inside.
            if (lift.PValue == 1) Assert.True(half >= Math.Abs(lift.Estimate));
            else Assert.Equal(1, half / Math.Abs(lift.Estimate), 1e-9);
        });

    [Fact]
    public void The_relative_set_equals_the_ratios_that_a_scan_does_not_reject() =>
        Gen.Select(Arms.NearZero, Arms.Usual, Gen.Double[0.5, 0.999]).Sample((control, treatment, confidence) =>
        {
            var relative = AlwaysValidLift.Relative(control, treatment, confidence);
            var absolute = AlwaysValidLift.Absolute(control, treatment, confidence);
            Assert.Equal(absolute.PValue, relative.PValue);
            // The number of standard errors depends only on the units of both arms.
            var critical = (absolute.High - absolute.Low) / (2 * absolute.StandardError);
            FiellerOracle.AssertEqualsNotRejected(relative, control, treatment, critical);
        }, iter: 1_000);

    [Fact]
    public void Is_wider_than_the_fixed_interval_and_near_its_minimum_width_at_the_tuned_size()
    {
        double Width(long units, double tunedFor)
        {
            ArmEstimate arm = new(1, 1, units / 2);
            var lift = AlwaysValidLift.Absolute(arm, arm, Confidence, tunedFor);
            return lift.High - lift.Low;
        }

        ArmEstimate arm = new(1, 1, 2_500);
        var once = Lift.Absolute(arm, arm, Confidence);
        Assert.True(Width(5_000, 5_000) > 1.3 * (once.High - once.Low));
        foreach (var other in new[] { 50.0, 500, 50_000, 500_000 }) Assert.True(Width(5_000, 5_000) < Width(5_000, other));
        Assert.Throws<ArgumentOutOfRangeException>(() => Width(100, 0));
    }

    // The formula as written in METHODS.
    private static double HalfWidth(double error, long units, double alpha, double tunedAlpha, double tunedFor)
    {
        var rho = Math.Sqrt((-2 * Math.Log(tunedAlpha) + Math.Log(-2 * Math.Log(tunedAlpha) + 1)) / tunedFor);
        double n = units, spread = error * Math.Sqrt(n);
        return spread * Math.Sqrt(2 * (n * rho * rho + 1) / (n * n * rho * rho) * Math.Log(Math.Sqrt(n * rho * rho + 1) / alpha));
    }
}
