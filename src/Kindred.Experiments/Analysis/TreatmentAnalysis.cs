namespace Kindred.Experiments.Analysis;

/// <summary>One treatment against the control.</summary>
public sealed record TreatmentAnalysis
{
    /// <summary>Number of the arm in <see cref="ExperimentData.Arms"/>.</summary>
    public required int Arm { get; init; }

    /// <summary>The metrics, in the order in which they were declared.</summary>
    public required IReadOnlyList<MetricComparison> Metrics { get; init; }

    /// <summary>What it comes to.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Segments, by dimension and value.</summary>
    public IReadOnlyList<SegmentComparison> Segments { get; init; } = [];

    /// <summary>Whether lifts differ between segments.</summary>
    public IReadOnlyList<DimensionTest> Dimensions { get; init; } = [];

    /// <summary>Curves of the metrics that have days.</summary>
    public IReadOnlyList<DayCurve> Curves { get; init; } = [];
}
