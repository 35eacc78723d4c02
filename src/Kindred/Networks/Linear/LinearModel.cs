using Kindred.Networks.Mlp;
using Kindred.SeedModels;

namespace Kindred.Networks.Linear;

/// <summary>A linear model as it was fitted.</summary>
/// <param name="Weights">[columns] on the inputs that <paramref name="Scale"/> makes, the constant's last.</param>
/// <param name="Loss">The mean weighted loss over all rows that weigh anything.</param>
/// <param name="Positives">Seeds that it was fitted on.</param>
/// <param name="Negatives">Others.</param>
/// <param name="Passes">Passes over all rows that it took.</param>
/// <param name="LogitOffset">ln(β/γ): what to add to a log-odds learnt from shares β of the negatives and γ of the positives.</param>
/// <param name="Scale">How users become inputs.</param>
internal sealed record LinearModel(double[] Weights, double Loss, int Positives, int Negatives, int Passes, double LogitOffset, InputScale Scale)
{
    /// <summary>The network without a hidden layer that scores users.</summary>
    public Network ToNetwork()
    {
        double[] folded = [.. Weights];
        var bias = Scale.Unstandardize(folded);
        return new Network(Array.ConvertAll(folded[..^1], weight => (float)weight), (float)(bias + LogitOffset), [], []);
    }
}
