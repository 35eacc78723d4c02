namespace Kindred.Experiments.Analysis;

/// <summary>The comparison of a treatment with the control in one segment.</summary>
/// <param name="Dimension">The property, such as <c>country</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="ControlUnits">Units of the control.</param>
/// <param name="TreatmentUnits">Units of the treatment.</param>
/// <param name="Metrics">The metrics (no quantiles); p-values are corrected for all segments, metrics and treatments together.</param>
public sealed record SegmentComparison(
    string Dimension, string Value, long ControlUnits, long TreatmentUnits, IReadOnlyList<MetricComparison> Metrics);
