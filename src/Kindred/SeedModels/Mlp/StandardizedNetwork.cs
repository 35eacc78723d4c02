using Kindred.Numerics;

namespace Kindred.SeedModels.Mlp;

/// <summary>A network as it is trained: weights on the standardised columns of a <see cref="TrainingSet"/>, the constant among them.</summary>
/// <param name="Skip">[columns].</param>
/// <param name="Hidden">[units × columns] row-major.</param>
/// <param name="Output">[units].</param>
internal sealed record StandardizedNetwork(float[] Skip, float[] Hidden, float[] Output)
{
    /// <summary>The network that scores users: standardisation folded into the weights, the log-odds corrected for sampling.</summary>
    public Network ToNetwork(TrainingSet set) => ToNetwork(set, set.LogitOffset);

    /// <summary>The network that scores users: standardisation folded into the weights.</summary>
    /// <param name="set">The rows that it was trained on.</param>
    /// <param name="logitOffset">What to add to the log-odds.</param>
    public Network ToNetwork(TrainingSet set, double logitOffset)
    {
        var columns = set.Columns;
        var units = Output.Length;
        var (skip, bias) = Fold(set, Skip);
        var hidden = new float[units * (columns - 1)];
        var hiddenBias = new float[units];
        for (var unit = 0; unit < units; unit++)
        {
            var (weights, unitBias) = Fold(set, Hidden.AsSpan(unit * columns, columns));
            weights.CopyTo(hidden, unit * (columns - 1));
            hiddenBias[unit] = (float)unitBias;
        }

        return new Network(skip, (float)(bias + logitOffset), hidden, hiddenBias, Output);
    }

    /// <summary>The scores of the set's rows.</summary>
    /// <param name="set">The rows.</param>
    /// <param name="weights">[rows] leaves rows of weight 0 at a score of 0; empty scores all.</param>
    public float[] Predict(TrainingSet set, ReadOnlySpan<float> weights = default)
    {
        using var parameters = new AlignedMatrix(Output.Length + 1, set.Inputs.Columns);
        Skip.CopyTo(parameters.Row(0));
        for (var unit = 0; unit < Output.Length; unit++) Hidden.AsSpan(unit * set.Columns, set.Columns).CopyTo(parameters.Row(unit + 1));

        var scores = new float[set.Count];
        for (var row = 0; row < scores.Length; row++)
        {
            if (!weights.IsEmpty && weights[row] == 0) continue;
            var x = set.Inputs.Row(row);
            var sum = VectorKernels.Dot(x, parameters.Row(0));
            for (var unit = 0; unit < Output.Length; unit++)
            {
                sum += Output[unit] * Math.Max(0, VectorKernels.Dot(x, parameters.Row(unit + 1)));
            }

            scores[row] = sum;
        }

        return scores;
    }

    private static (float[] Weights, double Bias) Fold(TrainingSet set, ReadOnlySpan<float> standardized)
    {
        var folded = new double[standardized.Length];
        for (var k = 0; k < folded.Length; k++) folded[k] = standardized[k];
        var bias = set.Unstandardize(folded);
        return (Array.ConvertAll(folded[..^1], weight => (float)weight), bias);
    }
}
