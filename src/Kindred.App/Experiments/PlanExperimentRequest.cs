using Kindred.Data.Experiments;
using Kindred.Experiments;
using Kindred.Experiments.Planning;

namespace Kindred.App.Experiments;

/// <summary>Request of a plan of an experiment.</summary>
public sealed record PlanExperimentRequest
{
    /// <summary>A past log; null if numbers are given.</summary>
    public ExperimentLogOptions? Log { get; init; }

    /// <summary>The plan; its baseline and kind are replaced by those of the log's metrics.</summary>
    public required PowerPlan Plan { get; init; }

    /// <summary>The better direction of a metric given by numbers; the metrics of a log declare their own.</summary>
    public MetricDirection Direction { get; init; } = MetricDirection.Higher;

    /// <summary>True if the variance reduction was given; otherwise it is measured if the log has a pre-period.</summary>
    public bool HasVarianceReduction { get; init; }

    /// <summary>The share of the traffic in both arms together.</summary>
    public double Traffic { get; init; } = 1;

    /// <summary>The effect to detect; null for none.</summary>
    public double? Effect { get; init; }

    /// <summary>The number of units in both arms together; null for none.</summary>
    public long? Units { get; init; }

    /// <summary>The number of units that arrive per day, constant over time; null if unknown.</summary>
    public double? UnitsADay { get; init; }
}
