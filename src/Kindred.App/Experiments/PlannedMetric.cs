using Kindred.Experiments;
using Kindred.Experiments.Planning;

namespace Kindred.App.Experiments;

/// <summary>Plan of one metric.</summary>
public sealed record PlannedMetric
{
    /// <summary>The metric's name; null if numbers were given.</summary>
    public string? Name { get; init; }

    /// <summary>The factor that values are multiplied by for display.</summary>
    public double Shown { get; init; } = 1;

    /// <summary>The plan.</summary>
    public required PowerPlan Plan { get; init; }

    /// <summary>The direction that is better.</summary>
    public required MetricDirection Direction { get; init; }

    /// <summary>The plan day by day; null if the days are unknown.</summary>
    public DurationPlan? Duration { get; init; }

    /// <summary>The number of units that the effect needs; null without an effect, or if no number is enough.</summary>
    public long? UnitsNeeded { get; init; }

    /// <summary>The factor of additional units that sequential intervals need; null without an effect or without such intervals.</summary>
    public double? Inflation { get; init; }

    /// <summary>The detectable effect with the given units; null if none were given.</summary>
    public double? DetectableEffect { get; init; }

    /// <summary>The power to detect the effect with the given units; null if none were given.</summary>
    public double? PowerOfEffect { get; init; }
}
