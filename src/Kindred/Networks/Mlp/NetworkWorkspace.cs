using Kindred.Numerics;
using Kindred.SeedModels;

namespace Kindred.Networks.Mlp;

/// <summary>The forward and backward pass of some rows through a network, in working space of one thread that stays in cache.</summary>
internal sealed class NetworkWorkspace : IDisposable
{
    // Inputs and hidden units of a workspace take half of a second-level cache of 512 KB; weights and gradient share the cache.
    private const int CacheBytes = 288 * 1024;
    private const int MostRows = 192;

    private readonly NetworkShape _shape;
    private readonly RowChunk _inputs;
    private readonly RowChunk[] _hidden;
    private readonly AlignedMatrix? _transposed;
    private readonly AlignedMatrix _lanes;
    private readonly AlignedMatrix _scores;
    private readonly RowPrefetch _next;
    private readonly int _turnsAStep;
    private int _count;

    /// <summary>Creates room for the rows of a network of this shape, which has at most two hidden layers.</summary>
    public NetworkWorkspace(NetworkShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shape.Units.Count, 2);
        _shape = shape;
        var rowBytes = (shape.Stride + shape.Units.Sum()) * sizeof(float);
        Rows = Math.Clamp(CacheBytes / rowBytes / RowChunk.RowStep * RowChunk.RowStep, RowChunk.RowStep, MostRows);
        _inputs = new RowChunk(Rows, shape.Columns);
        _hidden = [.. shape.Units.Select(units => new RowChunk(Rows, units))];
        if (shape.Units.Count == 2) _transposed = new AlignedMatrix(shape.Units[1], shape.Units[0]);
        _lanes = new AlignedMatrix(Rows, ColumnBlocks.Width);
        _scores = new AlignedMatrix(4, Rows);
        _next = new RowPrefetch(Rows);

        // Every product takes one prefetch turn per step: forward into all layers, and back into the first of two.
        _turnsAStep = shape.Units.Concat(shape.Units.SkipLast(1)).Sum(units => ColumnBlockKernels.Turns(ColumnBlockKernels.RowStep, units));
    }

    /// <summary>Maximum rows of a workspace.</summary>
    public int Rows { get; }

    /// <summary>The scores of the rows, after <see cref="Forward"/>.</summary>
    public ReadOnlySpan<float> Scores => _scores.Row(0)[.._count];

    /// <summary>The sigmoids of the scores, after <see cref="Logistic"/>.</summary>
    public ReadOnlySpan<float> Probabilities => _scores.Row(1)[.._count];

    /// <summary>ln(1 + e^score), after <see cref="Logistic"/>.</summary>
    public ReadOnlySpan<float> Softplus => _scores.Row(2)[.._count];

    /// <summary>[rows] derivatives of the loss by the scores. The caller fills them in before <see cref="Backward"/>.</summary>
    public Span<float> Slopes => _scores.Row(3)[.._count];

    /// <summary>Reads rows of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="rows">The rows to read.</param>
    /// <param name="next">The rows that are read next, if known: they are prefetched during the work on these.</param>
    public void Load(TrainingSet set, ReadOnlySpan<int> rows, ReadOnlySpan<int> next = default)
    {
        _count = rows.Length;
        _inputs.Gather(set.Inputs, rows);
        _next.Want(set.Inputs, next, rows.Length / ColumnBlockKernels.RowStep * _turnsAStep + 1);
    }

    /// <summary>Prepares parameters for <see cref="Backward"/>. Call it whenever they have changed.</summary>
    /// <param name="parameters">Parameters in the layout of <see cref="NetworkShape"/>.</param>
    public void Prepare(ReadOnlySpan<float> parameters)
    {
        if (_transposed is not null)
        {
            RowChunk.Transpose(parameters[_shape.Weights(1)], _shape.Units[0], _transposed.RowRange(0, _shape.Units[1]));
        }
    }

    /// <summary>Computes the scores of the rows.</summary>
    /// <param name="parameters">Parameters in the layout of <see cref="NetworkShape"/>.</param>
    public void Forward(ReadOnlySpan<float> parameters)
    {
        var below = _inputs;
        for (var layer = 0; layer < _hidden.Length; layer++)
        {
            below.MultiplyRelu(parameters[_shape.Weights(layer)], parameters[_shape.Bias(layer)], _hidden[layer], _count, _next);
            below = _hidden[layer];
        }

        _lanes.RowRange(0, Rows).Clear();
        _inputs.AddDots(parameters[_shape.Skip], _count, _lanes);
        if (_hidden.Length > 0) below.AddDots(parameters[_shape.Output], _count, _lanes);
        RowChunk.SumLanes(_lanes, _scores.Row(0)[.._count]);
    }

    /// <summary>Computes the terms of the loss from the scores.</summary>
    public void Logistic() => SimdMath.Logistic(_scores.Row(0), _scores.Row(1), _scores.Row(2));

    /// <summary>Adds the rows' contribution to the gradient, given their <see cref="Slopes"/>; their hidden values are
    /// overwritten.</summary>
    /// <param name="parameters">The same as for <see cref="Forward"/> and <see cref="Prepare"/>.</param>
    /// <param name="gradient">Laid out like the parameters.</param>
    public void Backward(ReadOnlySpan<float> parameters, Span<float> gradient)
    {
        _inputs.AddWeightedRows(Slopes, gradient[_shape.Skip]);
        if (_hidden.Length == 0) return;
        var last = _hidden.Length - 1;
        _hidden[last].BackThroughOutput(Slopes, parameters[_shape.Output], gradient[_shape.Output], gradient[_shape.Bias(last)]);
        if (last == 1)
        {
            // The outputs of the first layer are needed for the gradient of the second; after that, only their signs are.
            _hidden[0].AddTransposedProduct(_hidden[1], _count, gradient[_shape.Weights(1)]);
            _hidden[1].MultiplyGated(_transposed!.RowRange(0, _shape.Units[1]), _hidden[0], _count, _next);
        }

        _inputs.AddTransposedProduct(_hidden[0], _count, gradient[_shape.Weights(0)]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var workspace in _hidden) workspace.Dispose();
        _transposed?.Dispose();
        foreach (var part in new IDisposable[] { _inputs, _lanes, _scores }) part.Dispose();
    }
}
