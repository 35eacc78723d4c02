using System.ComponentModel.DataAnnotations;

namespace Kindred.LinearModels.Ridge;

/// <summary>Options of ridge regression on raw items.</summary>
public sealed record RidgeOptions
{
    /// <summary>λ, in seeds: an item that few users have needs about this many seeds to gain weight.</summary>
    /// <value>Default 300.</value>
    [Range(1e-3, 1e9)]
    public double Regularization { get; init; } = 300;

    /// <summary>p: each item's column is multiplied by (users of the item)^−p; 0 does not scale down popular items.</summary>
    /// <value>Default 0.</value>
    [Range(0.0, 1.0)]
    public double PopularityExponent { get; init; }

    /// <summary>Minimum seeds in the population for a list to be trained.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;
}
