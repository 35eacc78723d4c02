using System.ComponentModel.DataAnnotations;

namespace Kindred.Experiments.Analysis;

/// <summary>How an experiment is judged; decided before anybody looks at the outcome.</summary>
public sealed class AnalysisOptions
{
    /// <summary>Of every interval, and one minus the level of every test.</summary>
    /// <value>A share. Default .95.</value>
    [Range(0.5, 0.9999)]
    public double Confidence { get; init; } = 0.95;

    /// <summary>[arms] the weights of the planned shares, the control first; empty where all arms were planned alike.</summary>
    public IReadOnlyList<double> PlannedWeights { get; init; } = [];

    /// <summary>Whether the experiment may be looked at as often as one likes: decisions then come from always-valid intervals.</summary>
    public bool Sequential { get; init; }

    /// <summary>The number of units of both arms at which always-valid intervals are tightest.</summary>
    /// <value>Units. Default 5,000.</value>
    [Range(1, 1e12)]
    public double TunedFor { get; init; } = 5_000;

    /// <summary>How p-values of several metrics are corrected.</summary>
    public Correction Correction { get; init; } = Correction.Holm;

    /// <summary>Arms whose sizes are this improbable under the planned shares stop the verdict.</summary>
    /// <value>A probability. Default .001.</value>
    [Range(1e-9, 0.1)]
    public double SampleRatioAlarm { get; init; } = 0.001;

    /// <summary>The share of rows, or of units, that may be left out for problems of the log before the verdict is stopped.</summary>
    /// <value>A share. Default .01.</value>
    [Range(0.0, 1.0)]
    public double LeftOutAlarm { get; init; } = 0.01;

    /// <summary>The fewest units that must carry a metric (its effective number of units, (Σx)²/Σx², in the smaller arm if the arms do not differ) before its p-value is taken at its word.</summary>
    /// <value>Units. Default 100: below, normal intervals of rare events are visibly too narrow, and a p-value must be below a fiftieth of the level.
    /// Below 10 none is believed.</value>
    [Range(0.0, 1e9)]
    public double EnoughUnits { get; init; } = 100;

    /// <summary>The fewest units of each arm that a segment is shown with: what a few people did is nobody's business.</summary>
    /// <value>Units. Default 25.</value>
    [Range(1, 1_000_000)]
    public int SmallestSegment { get; init; } = 25;
}
