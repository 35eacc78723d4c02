using System.ComponentModel.DataAnnotations;

namespace Kindred.Similarity.Lsh;

/// <summary>Options of dividing users into regions and of the value of a region.</summary>
public sealed record LshOptions
{
    /// <summary>Number of divisions of all users into regions, each by other hyperplanes.</summary>
    /// <value>Tables. Default 100.</value>
    [Range(1, 10_000)]
    public int Tables { get; init; } = 100;

    /// <summary>Hyperplanes per table: a table has 2^bits regions.</summary>
    /// <value>Default 8.</value>
    [Range(1, 16)]
    public int Bits { get; init; } = 8;

    /// <summary>Number of region sizes that a density is averaged over: all bits, two bits fewer, and so on while bits are left.</summary>
    /// <value>
    /// Default 3, so regions of 8, 6 and 4 bits: large regions suit small lists, small regions suit large lists. 1 is the plain form of the
    /// paper.
    /// </value>
    [Range(1, 8)]
    public int Levels { get; init; } = 3;

    /// <summary>The value of a region.</summary>
    public LshScore Score { get; init; } = LshScore.Density;

    /// <summary>a, added to the seeds of a region for <see cref="LshScore.Density"/>.</summary>
    /// <value>Seeds. Default 0.1.</value>
    [Range(1e-6, 1e6)]
    public double SeedSmoothing { get; init; } = 0.1;

    /// <summary>b, added to the users of a region for <see cref="LshScore.Density"/>.</summary>
    /// <value>Users. Default 10.</value>
    [Range(1e-6, 1e9)]
    public double UserSmoothing { get; init; } = 10;

    /// <summary>Minimum seeds in the population for a list to be trained.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;

    /// <summary>Seed of the hyperplanes.</summary>
    public ulong Seed { get; init; } = 1;
}
