using Kindred.Networks.Mlp;
using Kindred.SeedModels;

namespace Kindred.Networks.Linear;

/// <summary>A fitted linear model.</summary>
/// <param name="Weights">[columns] weights on the inputs that <paramref name="Scale"/> produces, that of the constant last.</param>
/// <param name="Loss">The mean weighted loss over all rows with a weight other than 0.</param>
/// <param name="Positives">Number of seeds that it was fitted on.</param>
/// <param name="Negatives">Number of other users that it was fitted on.</param>
/// <param name="Passes">Number of passes over all rows.</param>
/// <param name="LogitOffset">ln(β/γ): what to add to a log-odds learnt from shares β of the negatives and γ of the positives.</param>
/// <param name="Scale">The scale that converts users into inputs.</param>
internal sealed record LinearModel(double[] Weights, double Loss, int Positives, int Negatives, int Passes, double LogitOffset,
    InputScale Scale)
{
    /// <summary>The network without a hidden layer that scores users.</summary>
    public Network ToNetwork()
    {
        double[] folded = [.. Weights];
        var bias = Scale.Unstandardize(folded);
        return new Network(Array.ConvertAll(folded[..^1], weight => (float)weight), (float)(bias + LogitOffset), [], []);
    }
}
