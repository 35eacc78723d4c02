namespace Kindred.Experiments.Inference;

/// <summary>What all lifts of one treatment over one control are made of.</summary>
/// <remarks>A relative lift is (T − C)/|C|, so that a control below 0 keeps the sign: above 0 is always more.</remarks>
internal readonly struct LiftTerms
{
    private readonly ArmEstimate _control;
    private readonly ArmEstimate _treatment;

    public LiftTerms(ArmEstimate control, ArmEstimate treatment, double confidence)
    {
        if (!(confidence > 0 && confidence < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is above 0 and below 1.");
        (_control, _treatment) = (control, treatment);
    }

    private double ControlSquare => _control.UnitVariance / _control.Units;

    private double TreatmentSquare => _treatment.UnitVariance / _treatment.Units;

    public double Difference => _treatment.Value - _control.Value;

    /// <summary>±∞ over a control of 0, and 0 where both are.</summary>
    public double RelativeDifference =>
        Difference == 0 ? 0 : _control.Value == 0 ? Math.CopySign(double.PositiveInfinity, Difference) : Difference / Math.Abs(_control.Value);

    /// <summary>The standard error of the difference; +∞ where it is not known.</summary>
    public double ErrorOfDifference => Known(ControlSquare + TreatmentSquare);

    /// <summary>The standard error of the relative lift by the delta method, √(v_T/C² + v_C·T²/C⁴); +∞ where it is not known.</summary>
    public double ErrorOfRelative
    {
        get
        {
            double size = Math.Abs(_control.Value), ratio = _treatment.Value / size;
            return size == 0 ? double.PositiveInfinity : Known(TreatmentSquare + ControlSquare * ratio * ratio) / size;
        }
    }

    /// <summary>Of the difference (Welch 1947, Satterthwaite 1946); also taken for relative lifts, as the published ones do.</summary>
    public double DegreesOfFreedom
    {
        get
        {
            // As shares of the sum, whose squares are never too small.
            double square = ControlSquare + TreatmentSquare, control = ControlSquare / square, treatment = TreatmentSquare / square;
            return 1 / (control * control / (_control.Units - 1) + treatment * treatment / (_treatment.Units - 1));
        }
    }

    /// <summary>
    /// All relative lifts δ for which T − (1 + δ)C is within so many of its own standard errors of 0 (Fieller 1954): the part between the
    /// two roots of a parabola. Where the control's value is not that far from 0 itself the set has no bounds, or is everything but a gap.
    /// </summary>
    /// <param name="critical">How many standard errors.</param>
    public (double Low, double High)? Fieller(double critical)
    {
        double control = _control.Value, treatment = _treatment.Value, square = critical * critical;
        var steepness = control * control - square * ControlSquare;
        // Written so that NaN and infinite variances have no bounds either.
        if (!(steepness > 0) || !double.IsFinite(TreatmentSquare)) return null;
        var half = critical * Math.Sqrt(treatment * treatment * ControlSquare + steepness * TreatmentSquare) / steepness;
        if (half == 0) return null;
        var middle = (Difference * control + square * ControlSquare) / steepness;
        return control > 0 ? (middle - half, middle + half) : (-middle - half, -middle + half);
    }

    /// <summary>What is said where nothing is known of the spread.</summary>
    public static LiftEstimate Unknown(double estimate) =>
        new(estimate, double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, 1);

    // Of units that are all alike nobody knows how far apart they can be; written so that NaN is not known either.
    private double Known(double square) =>
        square > 0 && double.IsFinite(square) && _control.Units >= 2 && _treatment.Units >= 2 ? Math.Sqrt(square) : double.PositiveInfinity;
}
