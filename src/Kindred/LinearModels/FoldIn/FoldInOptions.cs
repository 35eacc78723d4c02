using System.ComponentModel.DataAnnotations;

namespace Kindred.LinearModels.FoldIn;

/// <summary>Options of folding a seed list in as one more item of the embedding.</summary>
public sealed record FoldInOptions
{
    /// <summary>α₀, the weight of a user who is not on the list.</summary>
    /// <value>Default 0.1, as in the training of embeddings.</value>
    [Range(1e-6, 100)]
    public double UnobservedWeight { get; init; } = 0.1;

    /// <summary>λ, multiplied with (seeds + α₀ · users).</summary>
    /// <value>Default 0.001, as in the training of embeddings.</value>
    [Range(1e-9, 100)]
    public double Regularization { get; init; } = 0.001;

    /// <summary>Minimum seeds in the population for a list to be trained.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;
}
