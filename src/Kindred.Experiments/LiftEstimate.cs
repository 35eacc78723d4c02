namespace Kindred.Experiments;

/// <summary>The lift of a treatment over the control: the difference of the two values, or that difference divided by the control's
/// value.</summary>
/// <param name="Estimate">The lift.</param>
/// <param name="Interval">The lifts that the data do not reject: an interval, or an unbounded set where the control's value could be
/// 0.</param>
/// <param name="StandardError">The standard error, by the delta method.</param>
/// <param name="DegreesOfFreedom">The degrees of freedom of Student's t; +∞ where the interval is normal or always valid.</param>
/// <param name="PValue">
/// The two-sided probability of a lift at least as far from 0 if there is no true lift; always valid where the interval is.
/// </param>
public readonly record struct LiftEstimate(
    double Estimate, ConfidenceSet Interval, double StandardError, double DegreesOfFreedom, double PValue)
{
    /// <summary>The lower end of the interval; −∞ where the data set no lower bound.</summary>
    public double Low => Interval.Low;

    /// <summary>The upper end of the interval; +∞ where the data set no upper bound.</summary>
    public double High => Interval.High;

    /// <summary>Tells whether the data reject a lift of <paramref name="value"/>.</summary>
    public bool Excludes(double value) => !Interval.Contains(value);
}
