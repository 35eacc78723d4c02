namespace Kindred.Experiments;

/// <summary>The units with one value of a property.</summary>
/// <param name="Dimension">The property, such as <c>country</c>.</param>
/// <param name="Value">The value; empty for units without one.</param>
/// <param name="Units">[arms] units.</param>
/// <param name="Metrics">[metrics][arms] moments; empty for a quantile, which has no segments.</param>
public sealed record SegmentData(
    string Dimension, string Value, IReadOnlyList<long> Units, IReadOnlyList<IReadOnlyList<MetricMoments>> Metrics);
