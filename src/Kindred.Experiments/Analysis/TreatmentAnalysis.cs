namespace Kindred.Experiments.Analysis;

/// <summary>The comparison of one treatment with the control.</summary>
public sealed record TreatmentAnalysis
{
    /// <summary>The number of the arm in <see cref="ExperimentData.Arms"/>.</summary>
    public required int Arm { get; init; }

    /// <summary>The metrics, in the order in which they were declared.</summary>
    public required IReadOnlyList<MetricComparison> Metrics { get; init; }

    /// <summary>The outcome.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Segments, by dimension and value.</summary>
    public IReadOnlyList<SegmentComparison> Segments { get; init; } = [];

    /// <summary>Tests of whether lifts differ between segments.</summary>
    public IReadOnlyList<DimensionTest> Dimensions { get; init; } = [];

    /// <summary>Curves of the metrics with days.</summary>
    public IReadOnlyList<DayCurve> Curves { get; init; } = [];
}
