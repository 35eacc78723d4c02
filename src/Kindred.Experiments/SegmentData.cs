namespace Kindred.Experiments;

/// <summary>The units of which a property has one value.</summary>
/// <param name="Dimension">The property, such as <c>country</c>.</param>
/// <param name="Value">Its value; empty where units have none.</param>
/// <param name="Units">[arms] how many units.</param>
/// <param name="Metrics">[metrics][arms] their moments; those of a quantile are empty, which has no segments.</param>
public sealed record SegmentData(
    string Dimension, string Value, IReadOnlyList<long> Units, IReadOnlyList<IReadOnlyList<MetricMoments>> Metrics);
