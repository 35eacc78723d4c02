namespace Kindred.Experiments.Analysis;

/// <summary>A test of whether the relative lift of a metric differs between the segments of a dimension: Cochran's Q (1954).</summary>
/// <param name="Dimension">The property.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Segments">Segments with enough units.</param>
/// <param name="PValue">The probability of lifts at least as far apart if all segments had the same lift.</param>
/// <param name="CorrectedPValue">The same, corrected for all such tests.</param>
public sealed record DimensionTest(string Dimension, string Metric, int Segments, double PValue, double CorrectedPValue);
