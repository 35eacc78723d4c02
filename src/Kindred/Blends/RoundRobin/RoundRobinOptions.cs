using System.ComponentModel.DataAnnotations;

namespace Kindred.Blends.RoundRobin;

/// <summary>How much each part of a blend gives, by the size of the seed list.</summary>
/// <remarks>Between the two sizes the share grows with the logarithm of the seeds; outside it stays.</remarks>
public sealed record RoundRobinOptions
{
    /// <summary>Seeds up to which a list counts as small.</summary>
    /// <value>Default 100.</value>
    [Range(1, int.MaxValue)]
    public int SmallSeeds { get; init; } = 100;

    /// <summary>Share of the users behind the intersection that regression gives to a small list.</summary>
    /// <value>Default 0.4.</value>
    [Range(0.0, 1.0)]
    public double ShareOfSmall { get; init; } = 0.4;

    /// <summary>Seeds from which a list counts as large.</summary>
    /// <value>Default 10,000.</value>
    [Range(1, int.MaxValue)]
    public int LargeSeeds { get; init; } = 10_000;

    /// <summary>Share of the users behind the intersection that regression gives to a large list.</summary>
    /// <value>Default 0.9.</value>
    [Range(0.0, 1.0)]
    public double ShareOfLarge { get; init; } = 0.9;
}
