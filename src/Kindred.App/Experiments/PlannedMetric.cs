using Kindred.Experiments;
using Kindred.Experiments.Planning;

namespace Kindred.App.Experiments;

/// <summary>Plan of one metric.</summary>
public sealed record PlannedMetric
{
    /// <summary>The metric's name; null where numbers were given.</summary>
    public string? Name { get; init; }

    /// <summary>The factor by which values are multiplied before people see them.</summary>
    public double Shown { get; init; } = 1;

    /// <summary>The plan.</summary>
    public required PowerPlan Plan { get; init; }

    /// <summary>The direction that is better.</summary>
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
