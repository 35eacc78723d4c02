using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Analysis;

/// <summary>The analysis of an experiment.</summary>
public sealed record ExperimentAnalysis
{
    /// <summary>The data of the log.</summary>
    public required ExperimentData Data { get; init; }

    /// <summary>The rules by which it was judged.</summary>
    public required AnalysisOptions Options { get; init; }

    /// <summary>The test of the arms' sizes against the planned shares.</summary>
    public required SampleRatioResult SampleRatio { get; init; }

    /// <summary>Reasons not to trust the experiment; empty if there are none.</summary>
    public required IReadOnlyList<Distrust> Distrusts { get; init; }

    /// <summary>Signs of the same problems that are too weak, or can have too good a reason, to withhold the verdict.</summary>
    public IReadOnlyList<Distrust> Warnings { get; init; } = [];

    /// <summary>True if any metric was declared primary. If not, all metrics except guardrails are primary.</summary>
    public required bool PrimaryDeclared { get; init; }

    /// <summary>The comparisons of every other arm with the control.</summary>
    public required IReadOnlyList<TreatmentAnalysis> Treatments { get; init; }

    /// <summary>Comparisons that p-values of primary metrics are corrected for.</summary>
    public required int PrimaryComparisons { get; init; }

    /// <summary>Comparisons that p-values of secondary metrics are corrected for.</summary>
    public required int SecondaryComparisons { get; init; }

    /// <summary>Segments left out because an arm has fewer than <see cref="AnalysisOptions.SmallestSegment"/> units in them.</summary>
    public int SmallSegments { get; init; }

    /// <summary>Comparisons that p-values of segments are corrected for.</summary>
    public required int SegmentComparisons { get; init; }
}
