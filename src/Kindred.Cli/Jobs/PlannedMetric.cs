using Kindred.Experiments;
using Kindred.Experiments.Planning;

namespace Kindred.Cli.Jobs;

/// <summary>What was planned for one metric.</summary>
internal sealed record PlannedMetric
{
    /// <summary>The metric's name; null where numbers were given.</summary>
    public string? Name { get; init; }

    public double Shown { get; init; } = 1;

    public required PowerPlan Plan { get; init; }

    public required MetricDirection Direction { get; init; }

    /// <summary>Day by day; null where nothing is known of days.</summary>
    public DurationPlan? Duration { get; init; }

    /// <summary>Units that the effect needs; null without an effect, or where none are enough.</summary>
    public long? UnitsNeeded { get; init; }

    /// <summary>How many times as many units sequential intervals need; null without an effect or without them.</summary>
    public double? Inflation { get; init; }

    /// <summary>The effect found with the units that were given; null without.</summary>
    public double? DetectableEffect { get; init; }

    /// <summary>The chance to find the effect with the units that were given; null without.</summary>
    public double? PowerOfEffect { get; init; }
}
