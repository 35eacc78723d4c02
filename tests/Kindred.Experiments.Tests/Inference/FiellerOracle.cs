namespace Kindred.Experiments.Tests.Inference;

/// <summary>The set of relative lifts by definition: a scan over ratios r for which the test of T − rC does not reject.</summary>
internal static class FiellerOracle
{
    // Directions of the line T = rC, from r = −∞ to +∞.
    private const int Directions = 720;

    // The statistic is a double too, so ratios with a statistic this close to the critical value are not tested.
    private const double Close = 1e-7;

    /// <summary>
    /// Asserts that a lift's interval contains exactly the ratios that are not rejected, and that its shape follows from them.
    /// </summary>
    /// <param name="lift">The lift with its interval.</param>
    /// <param name="control">The control.</param>
    /// <param name="treatment">The treatment.</param>
    /// <param name="critical">The test rejects from this number of standard errors.</param>
    public static void AssertEqualsNotRejected(LiftEstimate lift, ArmEstimate control, ArmEstimate treatment, double critical)
    {
        var set = lift.Interval;
        double Lift(double ratio) => control.Value < 0 ? 1 - ratio : ratio - 1;
        var rejected = 0;
        for (var i = 1; i < Directions; i++)
        {
            var ratio = -1 / Math.Tan(Math.PI * i / Directions);
            var excess = Excess(control, treatment, critical, ratio);
            if (excess > 0) rejected++;
            if (Math.Abs(excess) > Close) Assert.Equal(excess <= 0, set.Contains(Lift(ratio)));
        }

        // The far end is a single direction, that of C alone.
        var far = Math.Abs(control.Value) / control.StandardError / critical - 1;
        if (Math.Abs(far) < Close) return;
        Assert.Equal(far > 0, set.Shape == ConfidenceSetShape.BoundedInterval);
        if (set.Shape == ConfidenceSetShape.WholeLine) Assert.Equal(0, rejected);
        Assert.NotEqual(ConfidenceSetShape.HalfLine, set.Shape);
        var (low, high) = set.Gap ?? (set.Low, set.High);
        if (!double.IsFinite(low)) return;
        // The test's result changes at both ends and nowhere between them.
        double width = high - low, inside = set.Shape == ConfidenceSetShape.BoundedInterval ? -1 : 1;
        foreach (var place in new[] { 1e-4, 0.1, 0.5, 0.9, 1 - 1e-4 }) AssertSign(inside, low + place * width);
        foreach (var place in new[] { 1e-4, 0.1, 10, 1e4 })
        {
            AssertSign(-inside, low - place * width);
            AssertSign(-inside, high + place * width);
        }

        void AssertSign(double sign, double of)
        {
            var excess = Excess(control, treatment, critical, control.Value < 0 ? 1 - of : 1 + of);
            if (Math.Abs(excess) > Close) Assert.Equal(sign, Math.Sign(excess));
        }
    }

    /// <summary>Finds the boundary of rejection by bisection between a rejected ratio and one that is not rejected.</summary>
    public static double End(ArmEstimate control, ArmEstimate treatment, double critical, double rejected, double held)
    {
        Assert.True(Excess(control, treatment, critical, rejected) > 0 && Excess(control, treatment, critical, held) < 0);
        for (var i = 0; i < 200; i++)
        {
            var middle = (rejected + held) / 2;
            if (Excess(control, treatment, critical, middle) > 0) rejected = middle;
            else held = middle;
        }

        return held;
    }

    /// <summary>The relative excess of the statistic of T − rC over the critical value. Above 0 the ratio is rejected.</summary>
    private static double Excess(ArmEstimate control, ArmEstimate treatment, double critical, double ratio)
    {
        double error = Math.Sqrt(treatment.UnitVariance / treatment.Units + ratio * ratio * control.UnitVariance / control.Units);
        return Math.Abs(treatment.Value - ratio * control.Value) / error / critical - 1;
    }
}
