using System.ComponentModel.DataAnnotations;

namespace Kindred.Similarity.Nearest;

/// <summary>Options of the comparison with the nearest seeds.</summary>
public sealed record NearestOptions
{
    /// <summary>k: the number of nearest seeds over which cosines are averaged.</summary>
    /// <value>Seeds. Default 100: on every measured data set, a smaller k found fewer held-out seeds.</value>
    [Range(1, 1_000)]
    public int Neighbours { get; init; } = 100;

    /// <summary>Maximum seeds of a list that users are compared with; a larger list is sampled down to this many.</summary>
    /// <value>Seeds. Default 2,000. The cost of a score grows with it.</value>
    [Range(25, 1_000_000)]
    public int MaxSeeds { get; init; } = 2_000;

    /// <summary>Minimum seeds in the population for a list to be trained.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;

    /// <summary>Seed of the sample.</summary>
    public ulong Seed { get; init; } = 1;
}
