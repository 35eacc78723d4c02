namespace Kindred.Experiments.Analysis;

/// <summary>How a metric went from day to day.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Days">The days, ascending.</param>
/// <param name="SlopePerDay">How much the absolute lift of single days changes a day, by weighted least squares; NaN is never here: 0 where it cannot be told.</param>
/// <param name="SlopePValue">Chance of a slope as steep if the effect stays as it is; 1 where it cannot be told. An effect that wears off
/// (novelty) or grows (learning) shows here. Days share units, which makes the test cautious: what is common to all days does not bend the slope.</param>
public sealed record DayCurve(string Metric, IReadOnlyList<DayComparison> Days, double SlopePerDay, double SlopePValue);
