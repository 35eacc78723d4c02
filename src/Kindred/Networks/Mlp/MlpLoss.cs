namespace Kindred.Networks.Mlp;

/// <summary>The loss that the training of the hidden layer minimises.</summary>
public enum MlpLoss
{
    /// <summary>Weighted binary cross-entropy: all users who are not seeds count as negatives.</summary>
    Weighted,

    /// <summary>Non-negative positive-unlabelled risk: users who are not seeds count as unlabelled, and a share of them as
    /// positives.</summary>
    NonNegative,
}
