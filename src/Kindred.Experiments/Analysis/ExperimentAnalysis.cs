using Kindred.Experiments.Inference;

namespace Kindred.Experiments.Analysis;

/// <summary>An experiment, judged.</summary>
public sealed record ExperimentAnalysis
{
    /// <summary>What the log says.</summary>
    public required ExperimentData Data { get; init; }

    /// <summary>How it was judged.</summary>
    public required AnalysisOptions Options { get; init; }

    /// <summary>Whether the arms' sizes go with the planned shares.</summary>
    public required SampleRatioResult SampleRatio { get; init; }

    /// <summary>Reasons not to believe the experiment; empty if there are none.</summary>
    public required IReadOnlyList<Distrust> Distrusts { get; init; }

    /// <summary>Whether any metric was declared primary. If none was, all that are no guardrails are taken as primary.</summary>
    public required bool PrimaryDeclared { get; init; }

    /// <summary>Every arm but the first against it.</summary>
    public required IReadOnlyList<TreatmentAnalysis> Treatments { get; init; }

    /// <summary>Comparisons that p-values of primary metrics are corrected for.</summary>
    public required int PrimaryComparisons { get; init; }

    /// <summary>Comparisons that p-values of secondary metrics are corrected for.</summary>
    public required int SecondaryComparisons { get; init; }

    /// <summary>Segments that are left out because an arm has fewer than <see cref="AnalysisOptions.SmallestSegment"/> units in them.</summary>
    public int SmallSegments { get; init; }

    /// <summary>Comparisons that p-values of segments are corrected for.</summary>
    public required int SegmentComparisons { get; init; }
}
