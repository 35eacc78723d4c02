namespace Kindred.Experiments.Inference;

/// <summary>The terms from which all lifts of one treatment over one control are computed.</summary>
/// <remarks>A relative lift is (T − C)/|C|, so that above 0 always means more, for a control below 0 too.</remarks>
internal readonly struct LiftTerms
{
    private readonly ArmEstimate _control;
    private readonly ArmEstimate _treatment;

    public LiftTerms(ArmEstimate control, ArmEstimate treatment, double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is above 0 and below 1.");
        }
        (_control, _treatment) = (control, treatment);
    }

    private double ControlSquare => _control.UnitVariance / _control.Units;

    private double TreatmentSquare => _treatment.UnitVariance / _treatment.Units;

    public double Difference => _treatment.Value - _control.Value;

    /// <summary>±∞ over a control of 0, and 0 where both are.</summary>
    public double RelativeDifference =>
        Difference == 0 ? 0 : _control.Value == 0 ? Math.CopySign(double.PositiveInfinity, Difference)
            : Difference / Math.Abs(_control.Value);

    /// <summary>The standard error of the difference; +∞ if it is unknown.</summary>
    public double ErrorOfDifference => Known(ControlSquare + TreatmentSquare);

    /// <summary>The standard error of the relative lift by the delta method, √(v_T/C² + v_C·T²/C⁴); +∞ if it is unknown.</summary>
    public double ErrorOfRelative
    {
        get
        {
            double size = Math.Abs(_control.Value), ratio = _treatment.Value / size;
            return size == 0 ? double.PositiveInfinity : Known(TreatmentSquare + ControlSquare * ratio * ratio) / size;
        }
    }

    /// <summary>The degrees of freedom of the difference (Welch 1947, Satterthwaite 1946); also used for relative lifts, as in
    /// publications.</summary>
    public double DegreesOfFreedom
    {
        get
        {
            // As shares of the sum, so that squares do not underflow.
            double square = ControlSquare + TreatmentSquare, control = ControlSquare / square, treatment = TreatmentSquare / square;
            return 1 / (control * control / (_control.Units - 1) + treatment * treatment / (_treatment.Units - 1));
        }
    }

    /// <summary>
    /// The relative lifts δ for which T − (1 + δ)C is at most <paramref name="critical"/> of its own standard errors from 0 (Fieller 1954):
    /// those where the parabola aδ² − 2bδ + c is not above 0, with a = C² − k²v_C, b = (T − C)C + k²v_C and c = (T − C)² − k²(v_T + v_C).
    /// </summary>
    /// <remarks>
    /// If the control's value is more than k standard errors from 0, then a &gt; 0, and the set is the interval between the two roots.
    /// Otherwise the parabola opens downwards, and the set is everything outside the roots, or the whole line if there are none. If c &gt;
    /// 0, which is to say that the difference is more than k standard errors from 0, then 0 is not in the set, whatever its shape.
    /// </remarks>
    /// <param name="critical">k, the number of standard errors.</param>
    public ConfidenceSet Fieller(double critical)
    {
        double control = _control.Value, treatment = _treatment.Value, square = critical * critical;
        var steepness = control * control - square * ControlSquare;
        // Nothing is relative to exactly 0. The rest is written so that NaN and infinite variances exclude nothing either.
        if (control == 0 && ControlSquare == 0 || !double.IsFinite(TreatmentSquare) || !double.IsFinite(steepness))
        {
            return ConfidenceSet.WholeLine;
        }
        var set = steepness > 0 ? BetweenRoots(critical, steepness) : OutsideRoots(critical, steepness);
        return control < 0 ? set.Negated() : set;
    }

    /// <summary>Returns a lift of unknown spread: the data exclude nothing.</summary>
    public static LiftEstimate Unknown(double estimate) =>
        new(estimate, ConfidenceSet.WholeLine, double.PositiveInfinity, double.PositiveInfinity, 1);

    private ConfidenceSet BetweenRoots(double critical, double steepness)
    {
        double control = _control.Value, treatment = _treatment.Value;
        // A treatment of zeros has no spread, and no control above 0 makes its ratio anything but 0.
        if (treatment == 0 && TreatmentSquare == 0) return ConfidenceSet.Between(-1, -1);
        var half = critical * Math.Sqrt(treatment * treatment * ControlSquare + steepness * TreatmentSquare) / steepness;
        // Too small for a double.
        if (half == 0) return ConfidenceSet.WholeLine;
        var middle = (Difference * control + critical * critical * ControlSquare) / steepness;
        return ConfidenceSet.Between(middle - half, middle + half);
    }

    private ConfidenceSet OutsideRoots(double critical, double steepness)
    {
        double control = _control.Value, treatment = _treatment.Value, square = critical * critical;
        var discriminant = treatment * treatment * ControlSquare + steepness * TreatmentSquare;
        if (!(discriminant > 0)) return ConfidenceSet.WholeLine;
        double linear = Difference * control + square * ControlSquare,
            constant = Difference * Difference - square * (TreatmentSquare + ControlSquare);
        // Terms of the same sign lose no digits when they are added.
        var sum = linear + Math.CopySign(critical * Math.Sqrt(discriminant), linear);
        // Too large or too small for a double.
        if (sum == 0 || !double.IsFinite(sum) || !double.IsFinite(constant)) return ConfidenceSet.WholeLine;
        // At a steepness of exactly 0 one root is infinite: −0 gives it the sign that it has just below 0.
        double one = sum / -Math.Abs(steepness), other = constant / sum;
        return ConfidenceSet.Outside(Math.Min(one, other), Math.Max(one, other));
    }

    // The spread of units that are all alike is unknown; written so that NaN is unknown too.
    private double Known(double square) =>
        square > 0 && double.IsFinite(square) && _control.Units >= 2 && _treatment.Units >= 2 ? Math.Sqrt(square) : double.PositiveInfinity;
}
