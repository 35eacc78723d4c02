namespace Kindred.SeedModels.Mlp;

/// <summary>The parameters of one seed list's classifier: a linear part and, for larger lists, a hidden layer beside it.</summary>
/// <remarks>
/// score = bias + skip · x + output · max(0, hidden · x + hiddenBias), the log-odds that a user is a seed. x is a user as a
/// <see cref="Scoring.UserTile"/> lays him out: the half-normalised embedding, then the activity. What standardised the inputs in
/// training is folded into the weights.
/// </remarks>
/// <param name="Skip">[inputs] the linear part.</param>
/// <param name="Bias">The log-odds of a user whose inputs are all zero.</param>
/// <param name="Hidden">[units × inputs] row-major; empty for a linear model.</param>
/// <param name="HiddenBias">[units].</param>
/// <param name="Output">[units].</param>
public sealed record Network(float[] Skip, float Bias, float[] Hidden, float[] HiddenBias, float[] Output)
{
    /// <summary>Numbers a user: the embedding's length and one for the activity.</summary>
    public int Inputs => Skip.Length;

    /// <summary>Hidden units; 0 for a linear model.</summary>
    public int Units => Output.Length;

    /// <summary>Whether every parameter is finite.</summary>
    public bool IsFinite =>
        float.IsFinite(Bias) && AllFinite(Skip) && AllFinite(Hidden) && AllFinite(HiddenBias) && AllFinite(Output);

    private static bool AllFinite(float[] values) => Array.TrueForAll(values, float.IsFinite);
}
