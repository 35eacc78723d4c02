namespace Kindred.Experiments;

/// <summary>How far a treatment is from the control: the difference of the two values, or that divided by the control's.</summary>
/// <param name="Estimate">The lift.</param>
/// <param name="Low">Lower end of its interval; −∞ where the data do not bound it.</param>
/// <param name="High">Upper end; +∞ where the data do not bound it.</param>
/// <param name="StandardError">Its standard error, by the delta method.</param>
/// <param name="DegreesOfFreedom">Of Student's t; +∞ where the interval is normal or always valid.</param>
/// <param name="PValue">Chance of a lift at least as far from 0 if there is none, two-sided; always valid where the interval is.</param>
public readonly record struct LiftEstimate(
    double Estimate, double Low, double High, double StandardError, double DegreesOfFreedom, double PValue)
{
    /// <summary>Whether a value is outside the interval.</summary>
    public bool Excludes(double value) => Low > value || High < value;
}
