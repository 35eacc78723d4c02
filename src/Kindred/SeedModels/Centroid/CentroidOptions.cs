using System.ComponentModel.DataAnnotations;

namespace Kindred.SeedModels.Centroid;

/// <summary>What the mean of a seed list needs.</summary>
public sealed record CentroidOptions
{
    /// <summary>The fewest seeds in the population that a model is trained on.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;
}
