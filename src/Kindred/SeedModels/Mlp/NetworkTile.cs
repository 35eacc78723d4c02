using Kindred.Numerics;

namespace Kindred.SeedModels.Mlp;

/// <summary>Some rows on their way through a network and back, as working space of one thread that stays in cache.</summary>
internal sealed class NetworkTile : IDisposable
{
    /// <summary>The most rows of a tile.</summary>
    public const int Rows = 192;

    private readonly NetworkShape _shape;
    private readonly PanelTile _inputs;
    private readonly PanelTile[] _hidden;
    private readonly PanelTile[] _delta;
    private readonly float[][] _transposed;
    private int _count;

    /// <summary>Room for the rows of a network of this shape.</summary>
    public NetworkTile(NetworkShape shape)
    {
        _shape = shape;
        _inputs = new PanelTile(Rows, shape.Stride);
        _hidden = [.. shape.Units.Select(units => new PanelTile(Rows, units))];
        _delta = [.. shape.Units.Select(units => new PanelTile(Rows, units))];
        _transposed = [.. shape.Units.Select((units, layer) => layer > 0 ? new float[shape.Inputs(layer) * units] : [])];
    }

    /// <summary>Reads rows of a set.</summary>
    public void Load(TrainingSet set, ReadOnlySpan<int> rows)
    {
        _count = rows.Length;
        for (var i = 0; i < rows.Length; i++) _inputs.Set(i, set.Inputs.Row(rows[i]));
    }

    /// <summary>Readies parameters for <see cref="Backward"/>: to be called when they have changed.</summary>
    /// <param name="parameters">As <see cref="NetworkShape"/> says.</param>
    public void Prepare(ReadOnlySpan<float> parameters)
    {
        for (var layer = 1; layer < _transposed.Length; layer++)
        {
            var weights = parameters[_shape.Weights(layer)];
            var (inputs, units) = (_shape.Inputs(layer), _shape.Units[layer]);
            for (var k = 0; k < inputs; k++)
            {
                for (var unit = 0; unit < units; unit++)
                {
                    _transposed[layer][PanelKernels.Place(unit, k, units)] = weights[PanelKernels.Place(k, unit, inputs)];
                }
            }
        }
    }

    /// <summary>The scores of the rows.</summary>
    /// <param name="parameters">As <see cref="NetworkShape"/> says.</param>
    /// <param name="scores">[rows].</param>
    public void Forward(ReadOnlySpan<float> parameters, Span<float> scores)
    {
        var inputs = _inputs;
        for (var layer = 0; layer < _hidden.Length; layer++)
        {
            inputs.MultiplyRelu(parameters[_shape.Weights(layer)], parameters[_shape.Bias(layer)], _hidden[layer], _count);
            inputs = _hidden[layer];
        }

        for (var i = 0; i < _count; i++)
        {
            scores[i] = Dot(_inputs, i, parameters[_shape.Skip]);
            if (_hidden.Length > 0) scores[i] += Dot(_hidden[^1], i, parameters[_shape.Output]);
        }
    }

    /// <summary>Adds to the gradient what the rows of the last <see cref="Forward"/> contribute.</summary>
    /// <param name="parameters">Those of <see cref="Forward"/>, and of <see cref="Prepare"/>.</param>
    /// <param name="slopes">[rows] derivatives of the loss by the scores.</param>
    /// <param name="gradient">Laid out like the parameters.</param>
    public void Backward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> slopes, Span<float> gradient)
    {
        for (var i = 0; i < _count; i++)
        {
            AddScaled(gradient[_shape.Skip], slopes[i], _inputs, i);
            if (_hidden.Length > 0) BackwardOutput(i, slopes[i], parameters[_shape.Output], gradient[_shape.Output]);
        }

        for (var layer = _hidden.Length - 1; layer > 0; layer--)
        {
            for (var i = 0; i < _count; i++) AddScaled(gradient[_shape.Bias(layer)], 1, _delta[layer], i);
            _hidden[layer - 1].AddTransposedProduct(_delta[layer], _count, gradient[_shape.Weights(layer)]);
            _delta[layer].MultiplyGated(_transposed[layer], _hidden[layer - 1], _delta[layer - 1], _count);
        }

        if (_hidden.Length > 0) _inputs.AddTransposedProduct(_delta[0], _count, gradient[_shape.Weights(0)]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputs.Dispose();
        foreach (var tile in _hidden.Concat(_delta)) tile.Dispose();
    }

    private void BackwardOutput(int row, float slope, ReadOnlySpan<float> output, Span<float> gradient)
    {
        AddScaled(gradient, slope, _hidden[^1], row);
        for (var unit = 0; unit < output.Length; unit += 16)
        {
            VectorKernels.ScaleWherePositive(_delta[^1].Sixteen(row, unit), slope, output.Slice(unit, 16), _hidden[^1].Sixteen(row, unit));
        }
    }

    private static float Dot(PanelTile tile, int row, ReadOnlySpan<float> weights)
    {
        var sum = 0f;
        for (var first = 0; first < weights.Length; first += 16) sum += VectorKernels.Dot(tile.Sixteen(row, first), weights.Slice(first, 16));
        return sum;
    }

    private static void AddScaled(Span<float> sum, float factor, PanelTile tile, int row)
    {
        for (var first = 0; first < sum.Length; first += 16) VectorKernels.AddScaled(sum.Slice(first, 16), factor, tile.Sixteen(row, first));
    }
}
