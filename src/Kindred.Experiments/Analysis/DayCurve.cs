namespace Kindred.Experiments.Analysis;

/// <summary>The course of a metric from day to day.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Days">The days, ascending.</param>
/// <param name="SlopePerDay">The change per day of the relative lift of single days, by weighted least squares; 0 if unknown.</param>
/// <param name="SlopePValue">The probability of a slope at least as steep if the effect is constant; 1 if unknown. It shows an effect that
/// wears off (novelty) or grows (learning). Corrected for all curves; the slope's variance is tripled because days share users; for one
/// look.</param>
public sealed record DayCurve(string Metric, IReadOnlyList<DayComparison> Days, double SlopePerDay, double SlopePValue);
