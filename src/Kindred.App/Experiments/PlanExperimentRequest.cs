using Kindred.Data.Experiments;
using Kindred.Experiments;
using Kindred.Experiments.Planning;

namespace Kindred.App.Experiments;

/// <summary>Request of a plan of an experiment.</summary>
public sealed record PlanExperimentRequest
{
    /// <summary>A past log; null where numbers are given.</summary>
    public ExperimentLogOptions? Log { get; init; }

    /// <summary>The plan; its baseline and kind are replaced by those of the log's metrics.</summary>
    public required PowerPlan Plan { get; init; }

    /// <summary>Which way a metric that is given by numbers is better; a log's metrics say it themselves.</summary>
    public MetricDirection Direction { get; init; } = MetricDirection.Higher;

    /// <summary>Whether the variance reduction was given; without this it is measured where the log has a pre-period.</summary>
    public bool HasVarianceReduction { get; init; }

    /// <summary>Share of the traffic that both arms have together.</summary>
    public double Traffic { get; init; } = 1;

    /// <summary>The effect that is to be found; null for none.</summary>
    public double? Effect { get; init; }

    /// <summary>Units of both arms together; null for none.</summary>
    public long? Units { get; init; }

    /// <summary>Units that arrive a day, as many every day; null where that is not known.</summary>
    public double? UnitsADay { get; init; }
}
