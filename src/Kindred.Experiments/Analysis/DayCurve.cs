namespace Kindred.Experiments.Analysis;

/// <summary>How a metric went from day to day.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Days">The days, ascending.</param>
/// <param name="SlopePerDay">How much the relative lift of single days changes a day, by weighted least squares; 0 where it cannot be told.</param>
/// <param name="SlopePValue">Chance of a slope as steep if the effect stays as it is; 1 where it cannot be told. An effect that wears off (novelty) or
/// grows (learning) shows here. Corrected for all curves; days share users, for which the slope's variance is taken threefold; for one look.</param>
public sealed record DayCurve(string Metric, IReadOnlyList<DayComparison> Days, double SlopePerDay, double SlopePValue);
