using System.ComponentModel.DataAnnotations;

namespace Kindred.LinearModels.Ridge;

/// <summary>How ridge regression on raw items is fitted.</summary>
public sealed record RidgeOptions
{
    /// <summary>λ, in seeds: an item that only a few users have needs about this many seeds to be believed.</summary>
    /// <value>Default 300.</value>
    [Range(1e-3, 1e9)]
    public double Regularization { get; init; } = 300;

    /// <summary>Each item's column is scaled with (users of the item)^−p; 0 leaves popular items their weight.</summary>
    /// <value>Default 0.</value>
    [Range(0.0, 1.0)]
    public double PopularityExponent { get; init; }

    /// <summary>Minimum seeds in the population for a list to be trained.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;
}
