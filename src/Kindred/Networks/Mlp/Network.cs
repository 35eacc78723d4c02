namespace Kindred.Networks.Mlp;

/// <summary>The parameters of one seed list's classifier: a linear part and, for larger lists, hidden layers beside it.</summary>
/// <remarks>
/// <code>
/// h₁ = max(0, W₁ x + b₁)     h₂ = max(0, W₂ h₁ + b₂)     …     score = bias + skip · x + output · h, of the last layer
/// </code>
/// The score is the log-odds that a user is a seed. x is a user in the layout of a <see cref="Scoring.UserTile"/>: the half-normalised
/// embedding, then the activity. The standardisation of the inputs in training is folded into the weights.
/// </remarks>
/// <param name="Skip">[inputs] the linear part.</param>
/// <param name="Bias">The log-odds of a user whose inputs are all zero.</param>
/// <param name="Hidden">The hidden layers, the first one on the inputs; empty for a linear model.</param>
/// <param name="Output">[units of the last hidden layer].</param>
public sealed record Network(float[] Skip, float Bias, IReadOnlyList<DenseLayer> Hidden, float[] Output)
{
    /// <summary>Numbers per user: the length of the embedding, plus one for the activity.</summary>
    public int Inputs => Skip.Length;

    /// <summary>Units of the first hidden layer; 0 for a linear model.</summary>
    public int Units => Hidden.Count > 0 ? Hidden[0].Units : 0;

    /// <summary>Multiply-adds of one score.</summary>
    public double Cost => Inputs + Output.Length + Hidden.Sum(layer => (double)layer.Weights.Length);

    /// <summary>True if every parameter is finite.</summary>
    public bool IsFinite =>
        float.IsFinite(Bias) && AllFinite(Skip) && AllFinite(Output)
            && Hidden.All(layer => AllFinite(layer.Weights) && AllFinite(layer.Bias));

    private static bool AllFinite(float[] values) => Array.TrueForAll(values, float.IsFinite);
}
