using System.ComponentModel.DataAnnotations;

namespace Kindred.Experiments.Analysis;

/// <summary>The rules by which an experiment is judged; decide them before the outcome is known.</summary>
public sealed class AnalysisOptions
{
    /// <summary>The confidence of every interval, and one minus the level of every test.</summary>
    /// <value>A share. Default .95.</value>
    [Range(0.5, 0.9999)]
    public double Confidence { get; init; } = 0.95;

    /// <summary>[arms] the weights of the planned shares, the control first; empty for equal shares.</summary>
    public IReadOnlyList<double> PlannedWeights { get; init; } = [];

    /// <summary>True if the experiment can be looked at any number of times: decisions then come from always-valid intervals.</summary>
    public bool Sequential { get; init; }

    /// <summary>The number of units of both arms at which always-valid intervals are tightest.</summary>
    /// <value>Units. Default 5,000.</value>
    [Range(1, 1e12)]
    public double TunedFor { get; init; } = 5_000;

    /// <summary>The correction of p-values of several metrics.</summary>
    public Correction Correction { get; init; } = Correction.Holm;

    /// <summary>The sample ratio alarm: arms whose sizes are this improbable under the planned shares stop the verdict.</summary>
    /// <value>A probability. Default .001.</value>
    [Range(1e-9, 0.1)]
    public double SampleRatioAlarm { get; init; } = 0.001;

    /// <summary>The largest share of rows, or of units, left out for problems of the log; more stops the verdict.</summary>
    /// <value>A share. Default .01.</value>
    [Range(0.0, 1.0)]
    public double LeftOutAlarm { get; init; } = 0.01;

    /// <summary>The smallest effective number of units of a metric, (Σx)²/Σx² in the smaller arm if the arms do not differ, whose p-value
    /// is trusted.</summary>
    /// <value>Units. Default 100: below, normal intervals of rare events are visibly too narrow, and a p-value must be below a fiftieth of
    /// the level. Below 10 no p-value is trusted.</value>
    [Range(0.0, 1e9)]
    public double EnoughUnits { get; init; } = 100;

    /// <summary>Minimum units of each arm in a segment; smaller segments are not shown, which protects the few people in them.</summary>
    /// <value>Units. Default 25.</value>
    [Range(1, 1_000_000)]
    public int SmallestSegment { get; init; } = 25;
}
