using System.ComponentModel.DataAnnotations;

namespace Kindred.Similarity.Jaccard;

/// <summary>Options of comparing users with seeds by the items that they share.</summary>
public sealed record JaccardOptions
{
    /// <summary>Maximum seeds that a user is compared with; a larger list is sampled by key.</summary>
    /// <value>Users. Default 2,000: a score costs about as many steps.</value>
    [Range(1, 100_000)]
    public int MaxSeeds { get; init; } = 2_000;

    /// <summary>Minimum seeds in the population for a list to be trained.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;

    /// <summary>Seed of the sample.</summary>
    public ulong Seed { get; init; } = 1;
}
