using System.ComponentModel.DataAnnotations;

namespace Kindred.SeedModels.Lsh;

/// <summary>How users are cut into regions, and what a region is worth.</summary>
public sealed record LshOptions
{
    /// <summary>How often all users are cut into regions, each time by other hyperplanes.</summary>
    /// <value>Tables. Default 100.</value>
    [Range(1, 10_000)]
    public int Tables { get; init; } = 100;

    /// <summary>Hyperplanes of a table: it has 2^bits regions. Few bits and many tables: see docs/methods.md.</summary>
    /// <value>Default 6.</value>
    [Range(1, 16)]
    public int Bits { get; init; } = 6;

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

    /// <summary>The fewest seeds in the population that a model is trained on.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;

    /// <summary>Seed of the hyperplanes.</summary>
    public ulong Seed { get; init; } = 1;
}
