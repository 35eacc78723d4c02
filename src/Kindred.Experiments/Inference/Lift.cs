using Kindred.Statistics;

namespace Kindred.Experiments.Inference;

/// <summary>The lift of a treatment over a control at one look, at the end.</summary>
/// <remarks>
/// <para>A relative lift is (T − C)/|C|: above 0 means more, whatever the control's sign.</para>
/// <para>If the spread is unknown, the interval is the whole line and p is 1: an arm of fewer than two units, a ratio without a
/// denominator, all units of both arms alike, a delta-method lift over a control of exactly 0 (its estimate is 0 if the treatment is 0 too,
/// otherwise ±∞). Nothing here is ever NaN.</para>
/// </remarks>
public static class Lift
{
    /// <summary>Computes the difference of both values, by Welch's t-test.</summary>
    /// <param name="control">The control.</param>
    /// <param name="treatment">The treatment.</param>
    /// <param name="confidence">The probability that the interval contains the true value, above 0 and below 1.</param>
    public static LiftEstimate Absolute(ArmEstimate control, ArmEstimate treatment, double confidence)
    {
        var terms = new LiftTerms(control, treatment, confidence);
        return Around(terms.Difference, terms.ErrorOfDifference, terms, confidence);
    }

    /// <summary>The difference divided by the size of the control's value, by the delta method, with the degrees of freedom of the
    /// difference.</summary>
    /// <inheritdoc cref="Absolute"/>
    public static LiftEstimate Relative(ArmEstimate control, ArmEstimate treatment, double confidence)
    {
        var terms = new LiftTerms(control, treatment, confidence);
        return Around(terms.RelativeDifference, terms.ErrorOfRelative, terms, confidence);
    }

    /// <summary>
    /// The difference divided by the size of the control's value, by Fieller's theorem: the lifts δ that Welch's test of T − (1 + δ)C does
    /// not reject, with the degrees of freedom of the difference.
    /// </summary>
    /// <remarks>
    /// The p-value is that of the difference, and the set excludes 0 exactly if p is below 1 − confidence. Where the control's value could
    /// be 0, the set is unbounded: see <see cref="ConfidenceSet"/>. Over a control of zeros it is the whole line, whatever p is: nothing is
    /// relative to exactly 0.
    /// </remarks>
    /// <inheritdoc cref="Absolute"/>
    public static LiftEstimate RelativeFieller(ArmEstimate control, ArmEstimate treatment, double confidence)
    {
        var terms = new LiftTerms(control, treatment, confidence);
        var error = terms.ErrorOfDifference;
        if (double.IsInfinity(error)) return LiftTerms.Unknown(terms.RelativeDifference);
        var freedom = terms.DegreesOfFreedom;
        return WithinFieller(terms, Critical(confidence, freedom), freedom,
            StudentDistribution.TwoSided(terms.Difference / error, freedom));
    }

    internal static LiftEstimate WithinFieller(LiftTerms terms, double critical, double freedom, double p) =>
        new(terms.RelativeDifference, terms.Fieller(critical), terms.ErrorOfRelative, freedom, p);

    private static LiftEstimate Around(double estimate, double error, LiftTerms terms, double confidence)
    {
        if (double.IsInfinity(error)) return LiftTerms.Unknown(estimate);
        var freedom = terms.DegreesOfFreedom;
        var half = Critical(confidence, freedom) * error;
        return new LiftEstimate(estimate, ConfidenceSet.Between(estimate - half, estimate + half), error, freedom,
            StudentDistribution.TwoSided(estimate / error, freedom));
    }

    // From the lower tail, which has all of its digits.
    private static double Critical(double confidence, double freedom) => -StudentDistribution.Quantile((1 - confidence) / 2, freedom);
}
