using System.ComponentModel.DataAnnotations;

namespace Kindred.Similarity.Lsh;

/// <summary>How users are cut into regions, and what a region is worth.</summary>
public sealed record LshOptions
{
    /// <summary>How often all users are cut into regions, each time by other hyperplanes.</summary>
    /// <value>Tables. Default 100.</value>
    [Range(1, 10_000)]
    public int Tables { get; init; } = 100;

    /// <summary>Hyperplanes of a table: it has 2^bits regions.</summary>
    /// <value>Default 8.</value>
    [Range(1, 16)]
    public int Bits { get; init; } = 8;

    /// <summary>Sizes of region whose density is averaged: those of all bits, of two bits fewer, and so on while bits are left.</summary>
    /// <value>
    /// Default 3, so regions of 8, 6 and 4 bits: small lists are known in large regions, large lists in small ones. 1 is the plain
    /// form of the paper.
    /// </value>
    [Range(1, 8)]
    public int Levels { get; init; } = 3;

    /// <summary>What a region is worth.</summary>
    public LshScore Score { get; init; } = LshScore.Density;

    /// <summary>a, added to the seeds of a region where <see cref="LshScore.Density"/> is asked for.</summary>
    /// <value>Seeds. Default 0.1.</value>
    [Range(1e-6, 1e6)]
    public double SeedSmoothing { get; init; } = 0.1;

    /// <summary>b, added to the users of a region where <see cref="LshScore.Density"/> is asked for.</summary>
    /// <value>Users. Default 10.</value>
    [Range(1e-6, 1e9)]
    public double UserSmoothing { get; init; } = 10;

    /// <summary>Minimum seeds in the population for a list to be trained.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;

    /// <summary>Seed of the hyperplanes.</summary>
    public ulong Seed { get; init; } = 1;
}
