using System.ComponentModel.DataAnnotations;

namespace Kindred.LinearModels.Regression;

/// <summary>Options of logistic regression on raw items.</summary>
public sealed record RegressionOptions
{
    /// <summary>scikit-learn's C: the weight of a user's loss relative to |θ|²/2. A smaller C keeps weights smaller.</summary>
    /// <value>Default 0.03.</value>
    [Range(1e-6, 1e6)]
    public double C { get; init; } = 0.03;

    /// <summary>Minimum seeds in the population for a list to be trained.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;
}
