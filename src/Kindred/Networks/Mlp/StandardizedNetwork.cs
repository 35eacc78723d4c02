using Kindred.Numerics;
using Kindred.SeedModels;

namespace Kindred.Networks.Mlp;

/// <summary>A network as it is trained: weights on the standardised columns of a <see cref="TrainingSet"/>.</summary>
/// <param name="Skip">[columns] weights, that of the constant, which is the bias, last.</param>
/// <param name="Hidden">The hidden layers, the first one on all columns except the constant.</param>
/// <param name="Output">[units of the last hidden layer].</param>
internal sealed record StandardizedNetwork(float[] Skip, IReadOnlyList<DenseLayer> Hidden, float[] Output)
{
    /// <summary>The current parameters of a training.</summary>
    /// <param name="shape">Their layout.</param>
    /// <param name="parameters">All parameters.</param>
    public static StandardizedNetwork Of(NetworkShape shape, ReadOnlySpan<float> parameters)
    {
        var hidden = new DenseLayer[shape.Units.Count];
        for (var layer = 0; layer < hidden.Length; layer++)
        {
            var (stride, inputs) = (shape.Inputs(layer), layer == 0 ? shape.Columns - 1 : shape.Inputs(layer));
            var packed = parameters[shape.Weights(layer)];
            hidden[layer] = new DenseLayer(new float[inputs * shape.Units[layer]], new float[shape.Units[layer]]);
            for (var unit = 0; unit < shape.Units[layer]; unit++)
            {
                for (var k = 0; k < inputs; k++)
                {
                    hidden[layer].Weights[unit * inputs + k] = packed[ColumnBlockKernels.Place(k, unit, stride)];
                }
                hidden[layer].Bias[unit] = layer == 0 ? packed[ColumnBlockKernels.Place(inputs, unit, stride)]
                    : parameters[shape.Bias(layer)][unit];
            }
        }

        return new StandardizedNetwork(parameters[shape.Skip][..shape.Columns].ToArray(), hidden, parameters[shape.Output].ToArray());
    }

    /// <summary>The network that scores users, with the standardisation folded into the weights and the log-odds corrected for
    /// sampling.</summary>
    public Network ToNetwork(TrainingSet set) => ToNetwork(set, set.LogitOffset);

    /// <summary>The network that scores users, with the standardisation folded into the weights.</summary>
    /// <param name="set">The rows that it was trained on.</param>
    /// <param name="logitOffset">A number to add to the log-odds.</param>
    public Network ToNetwork(TrainingSet set, double logitOffset)
    {
        var (skip, bias) = Fold(set, Skip.AsSpan(..^1), Skip[^1]);
        return new Network(skip, (float)(bias + logitOffset), [.. Hidden.Select((layer, i) => i == 0 ? Fold(set, layer) : layer)], Output);
    }

    /// <summary>The scores of the set's rows.</summary>
    /// <param name="set">The rows.</param>
    /// <param name="weights">[rows] leaves rows of weight 0 at a score of 0; empty scores all.</param>
    public float[] Predict(TrainingSet set, ReadOnlySpan<float> weights = default)
    {
        var shape = new NetworkShape(set.Columns, set.Inputs.Columns, [.. Hidden.Select(layer => layer.Units)]);
        using var parameters = new AlignedMatrix(1, shape.Count);
        using var workspace = new NetworkWorkspace(shape);
        CopyTo(shape, parameters.Row(0));

        var scores = new float[set.Count];
        var rows = new int[workspace.Rows];
        for (var row = 0; row < scores.Length;)
        {
            var count = 0;
            for (; row < scores.Length && count < rows.Length; row++)
            {
                if (weights.IsEmpty || weights[row] != 0) rows[count++] = row;
            }

            workspace.Load(set, rows.AsSpan(0, count));
            workspace.Forward(parameters.Row(0));
            for (var i = 0; i < count; i++) scores[rows[i]] = workspace.Scores[i];
        }

        return scores;
    }

    /// <summary>Lays the parameters out for training.</summary>
    private void CopyTo(NetworkShape shape, Span<float> parameters)
    {
        Skip.CopyTo(parameters);
        Output.CopyTo(parameters[shape.Output]);
        for (var layer = 0; layer < Hidden.Count; layer++)
        {
            var (of, stride) = (Hidden[layer], shape.Inputs(layer));
            var packed = parameters[shape.Weights(layer)];
            for (var unit = 0; unit < of.Units; unit++)
            {
                var weights = of.Unit(unit);
                for (var k = 0; k < weights.Length; k++) packed[ColumnBlockKernels.Place(k, unit, stride)] = weights[k];
                if (layer == 0) packed[ColumnBlockKernels.Place(weights.Length, unit, stride)] = of.Bias[unit];
            }

            if (layer > 0) of.Bias.CopyTo(parameters[shape.Bias(layer)]);
        }
    }

    private static DenseLayer Fold(TrainingSet set, DenseLayer layer)
    {
        var (weights, bias) = (new float[layer.Weights.Length], new float[layer.Units]);
        for (var unit = 0; unit < layer.Units; unit++)
        {
            var (of, constant) = Fold(set, layer.Unit(unit), layer.Bias[unit]);
            of.CopyTo(weights, unit * of.Length);
            bias[unit] = (float)constant;
        }

        return new DenseLayer(weights, bias);
    }

    private static (float[] Weights, double Bias) Fold(TrainingSet set, ReadOnlySpan<float> standardized, float constant)
    {
        var folded = new double[standardized.Length + 1];
        for (var k = 0; k < standardized.Length; k++) folded[k] = standardized[k];
        folded[^1] = constant;
        var bias = set.Unstandardize(folded);
        return (Array.ConvertAll(folded[..^1], weight => (float)weight), bias);
    }
}
