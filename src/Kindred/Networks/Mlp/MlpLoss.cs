namespace Kindred.Networks.Mlp;

/// <summary>What the hidden layer's training makes small.</summary>
public enum MlpLoss
{
    /// <summary>Weighted binary cross-entropy: everybody who is no seed counts as negative.</summary>
    Weighted,

    /// <summary>Non-negative positive-unlabelled risk: those who are no seeds count as unlabelled, a share of them as positives.</summary>
    NonNegative,
}
