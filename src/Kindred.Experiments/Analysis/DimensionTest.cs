namespace Kindred.Experiments.Analysis;

/// <summary>Whether the relative lift of a metric differs between the segments of a dimension: Cochran's Q (1954).</summary>
/// <param name="Dimension">The property.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Segments">Segments that have enough units to take part.</param>
/// <param name="PValue">Chance of lifts as far apart if all were one.</param>
/// <param name="CorrectedPValue">The same, corrected for all such tests.</param>
public sealed record DimensionTest(string Dimension, string Metric, int Segments, double PValue, double CorrectedPValue);
