using System.ComponentModel.DataAnnotations;

namespace Kindred.Blends.RoundRobin;

/// <summary>The share of each part of a blend, by the size of the seed list.</summary>
/// <remarks>Between the two sizes the share grows with the logarithm of the seeds; outside them it is constant.</remarks>
public sealed record RoundRobinOptions
{
    /// <summary>Maximum seeds of a small list.</summary>
    /// <value>Default 100.</value>
    [Range(1, int.MaxValue)]
    public int SmallSeeds { get; init; } = 100;

    /// <summary>The share of regression among the users after the intersection, for a small list.</summary>
    /// <value>Default 0.4.</value>
    [Range(0.0, 1.0)]
    public double ShareOfSmall { get; init; } = 0.4;

    /// <summary>Minimum seeds of a large list.</summary>
    /// <value>Default 10,000.</value>
    [Range(1, int.MaxValue)]
    public int LargeSeeds { get; init; } = 10_000;

    /// <summary>The share of regression among the users after the intersection, for a large list.</summary>
    /// <value>Default 0.9.</value>
    [Range(0.0, 1.0)]
    public double ShareOfLarge { get; init; } = 0.9;
}
