using Kindred.Numerics;

namespace Kindred.Experiments.Inference;

/// <summary>The lift of a treatment over a control with intervals that are valid at all looks together.</summary>
/// <remarks>
/// <para>Asymptotic confidence sequences (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024): the half-width in standard errors is
/// √(2(Nρ² + 1)/(Nρ²) · ln(√(Nρ² + 1)/α)), for N units of both arms, with ρ such that the interval is about the narrowest at a chosen
/// N.</para>
/// <para>The p-value is the smallest α whose interval, with the ρ of the requested confidence, excludes 0; its smallest value over all
/// looks is valid too. Lifts of unknown spread are as in <see cref="Lift"/>.</para>
/// </remarks>
public static class AlwaysValidLift
{
    /// <summary>The default of the units of both arms for which intervals are tuned.</summary>
    public const double DefaultTunedFor = 5_000;

    /// <summary>Computes the difference of both values.</summary>
    /// <param name="control">The control.</param>
    /// <param name="treatment">The treatment.</param>
    /// <param name="confidence">The probability that the intervals of all looks contain the true lift, above 0 and below 1.</param>
    /// <param name="tunedFor">Units of both arms at which the interval is about the narrowest; chosen before the first look.</param>
    public static LiftEstimate Absolute(ArmEstimate control, ArmEstimate treatment, double confidence, double tunedFor = DefaultTunedFor)
    {
        var terms = new LiftTerms(control, treatment, confidence);
        var sequence = new Sequence(control, treatment, confidence, tunedFor);
        return sequence.Around(terms.Difference, terms.ErrorOfDifference);
    }

    /// <summary>
    /// The difference divided by the size of the control's value, by the sequential form of Fieller's theorem: δ is in the set exactly if 0
    /// is in the always-valid interval of T − (1 + δ)C with its own standard error. While the control's value could be 0, the set is
    /// unbounded.
    /// </summary>
    /// <remarks>The p-value is that of the difference.</remarks>
    /// <inheritdoc cref="Absolute"/>
    public static LiftEstimate Relative(ArmEstimate control, ArmEstimate treatment, double confidence, double tunedFor = DefaultTunedFor)
    {
        var terms = new LiftTerms(control, treatment, confidence);
        var sequence = new Sequence(control, treatment, confidence, tunedFor);
        var error = terms.ErrorOfDifference;
        return double.IsInfinity(error)
            ? LiftTerms.Unknown(terms.RelativeDifference)
            : Lift.WithinFieller(terms, sequence.Critical, double.PositiveInfinity, sequence.PValue(terms.Difference / error));
    }

    /// <summary>
    /// The relative lift with the standard error of the delta method, as other tools compute it. It is not valid early, while the control's
    /// value is not yet far from 0 in standard errors: prefer <see cref="Relative"/>.
    /// </summary>
    /// <inheritdoc cref="Absolute"/>
    public static LiftEstimate RelativeDelta(ArmEstimate control, ArmEstimate treatment, double confidence,
        double tunedFor = DefaultTunedFor)
    {
        var terms = new LiftTerms(control, treatment, confidence);
        var sequence = new Sequence(control, treatment, confidence, tunedFor);
        return sequence.Around(terms.RelativeDifference, terms.ErrorOfRelative);
    }

    /// <summary>The boundary of the confidence sequence at one look.</summary>
    private readonly struct Sequence
    {
        // Nρ²
        private readonly double _information;

        public Sequence(ArmEstimate control, ArmEstimate treatment, double confidence, double tunedFor)
        {
            if (!(tunedFor > 0 && double.IsFinite(tunedFor)))
            {
                throw new ArgumentOutOfRangeException(nameof(tunedFor), tunedFor, "It must be a number of units above 0.");
            }
            var depth = -2 * PortableMath.Log(1 - confidence);
            var rhoSquare = (depth + PortableMath.Log(depth + 1)) / tunedFor;
            _information = ((double)control.Units + treatment.Units) * rhoSquare;
            var depthNow = PortableMath.LogOnePlus(_information) + depth;
            Critical = Math.Sqrt((_information + 1) / _information * depthNow);
        }

        /// <summary>The half-width in standard errors.</summary>
        public double Critical { get; }

        /// <summary>Solves the boundary for α.</summary>
        public double PValue(double errors) =>
            Math.Min(1, Math.Sqrt(_information + 1) * PortableMath.Exp(-errors * errors * _information / (2 * (_information + 1))));

        public LiftEstimate Around(double estimate, double error)
        {
            if (double.IsInfinity(error)) return LiftTerms.Unknown(estimate);
            var half = Critical * error;
            return new LiftEstimate(estimate, ConfidenceSet.Between(estimate - half, estimate + half), error, double.PositiveInfinity,
                PValue(estimate / error));
        }
    }
}
