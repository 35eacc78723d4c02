using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.SeedModels.Mlp;

/// <summary>Trains a hidden layer beside a linear model, from that linear model on.</summary>
/// <remarks>
/// The hidden units begin with output weights of zero, so that the network begins as the linear model and only departs from it
/// where that lowers the loss. Both are regularised by L2 in the gradient: where there is too little data for them, the units
/// die by themselves. The learning rate falls to zero over the epochs.
/// <code>
/// parameters: skip [stride] | hidden, panels [stride × units] | output [units]
/// </code>
/// </remarks>
internal sealed unsafe class NetworkTrainer : IDisposable
{
    private const int TileRows = 192;
    private const int TileStride = TileRows * PanelKernels.PanelWidth;
    private readonly MlpOptions _options;
    private readonly int _stride;
    private readonly int _units;
    private readonly int _count;
    private readonly AlignedMatrix _parameters;
    private readonly AlignedMatrix _gradient;
    private readonly AlignedMatrix _ridge;
    private readonly AlignedMatrix _moments;
    private readonly AlignedMatrix _inputs;
    private readonly AlignedMatrix _hidden;
    private readonly AlignedMatrix _delta;
    private TrainingSet _set;
    private float[] _labels;
    private float[] _weights;
    private int _step;

    /// <param name="set">The rows.</param>
    /// <param name="labels">[rows] 1 or 0; may differ from those of the set.</param>
    /// <param name="weights">[rows] sample weights; 0 leaves a row out.</param>
    /// <param name="linear">[columns] the linear model to begin with.</param>
    /// <param name="options">Settings.</param>
    /// <param name="key">Key of the initial hidden weights and of the order of the rows.</param>
    public NetworkTrainer(TrainingSet set, float[] labels, float[] weights, double[] linear, MlpOptions options, ulong key)
    {
        _set = set;
        _labels = labels;
        _weights = weights;
        _options = options;
        Key = key;
        _stride = set.Inputs.Columns;
        _units = options.HiddenUnits;
        _count = _stride + _stride * _units + _units;
        _parameters = new AlignedMatrix(1, _count);
        _gradient = new AlignedMatrix(1, _count);
        _ridge = new AlignedMatrix(1, _count);
        _moments = new AlignedMatrix(2, _count);
        _inputs = new AlignedMatrix(TileRows, _stride);
        _hidden = new AlignedMatrix(TileRows, _units);
        _delta = new AlignedMatrix(TileRows, _units);
        Initialize(linear);
    }

    private ulong Key { get; }

    private float* Skip => _parameters.Pointer;

    private float* HiddenWeights => _parameters.Pointer + _stride;

    private float* Output => _parameters.Pointer + _stride + _stride * _units;

    /// <summary>Goes on with other rows of the same list: those of an epoch with fresh negatives.</summary>
    public void Use(TrainingSet set, float[] weights) => (_set, _labels, _weights) = (set, set.Labels, weights);

    /// <summary>Goes once through all rows in a fresh order.</summary>
    /// <param name="epoch">0 for the first.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>The mean loss a row.</returns>
    public double RunEpoch(int epoch, CancellationToken cancellation)
    {
        var order = Order(epoch);
        var batches = Math.Max(1, order.Length / _options.BatchSize);
        var loss = 0.0;
        for (var batch = 0; batch < batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            var first = (int)((long)order.Length * batch / batches);
            var end = (int)((long)order.Length * (batch + 1) / batches);
            loss += RunBatch(order.AsSpan(first, end - first));
            _step++;
            AdamKernel.Step(
                _parameters.Pointer, _gradient.Pointer, _ridge.Pointer, _moments.Pointer, _count, _step, LearningRate(batches));
        }

        return loss / Math.Max(1, order.Length);
    }

    /// <summary>The parameters as they are now, as weights on standardised inputs.</summary>
    public StandardizedNetwork Current()
    {
        var all = new ReadOnlySpan<float>(_parameters.Pointer, _count);
        var columns = _set.Columns;
        var hidden = new float[_units * columns];
        for (var unit = 0; unit < _units; unit++)
        {
            for (var k = 0; k < columns; k++)
            {
                hidden[unit * columns + k] = all[_stride + unit / 16 * 16 * _stride + k * 16 + unit % 16];
            }
        }

        return new StandardizedNetwork(all[..columns].ToArray(), hidden, all[(_count - _units)..].ToArray());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var matrix in new[] { _parameters, _gradient, _ridge, _moments, _inputs, _hidden, _delta }) matrix.Dispose();
    }

    private void Initialize(double[] linear)
    {
        for (var k = 0; k < linear.Length; k++) Skip[k] = (float)linear[k];

        // Uniform with standard deviation √(2/inputs) (He et al. 2015) for inputs in use; padding and constant stay zero.
        var range = Math.Sqrt(12 * 2.0 / _set.Columns);
        var key = Key.Then(UserHash.Of("hidden weights"u8));
        for (var unit = 0; unit < _units; unit++)
        {
            for (var k = 0; k < _set.Columns - 1; k++)
            {
                var place = unit / 16 * 16 * _stride + k * 16 + unit % 16;
                HiddenWeights[place] = (float)((key.Then((ulong)(unit * _stride + k)).ToUnit() - 0.5) * range);
            }
        }

        var rows = Math.Max(1, _weights.Count(weight => weight > 0));
        new Span<float>(_ridge.Pointer, _set.Columns - 1).Fill((float)(_options.RegularizationPerDimension * (_set.Columns - 2) / rows));
        new Span<float>(_ridge.Pointer + _stride, _count - _stride).Fill((float)(_options.HiddenRegularization / rows));
    }

    private double LearningRate(int batchesAnEpoch)
    {
        // Falls linearly to zero over all epochs.
        var total = (double)batchesAnEpoch * _options.Epochs;
        return _options.LearningRate * Math.Max(0, 1 - (_step - 1) / total);
    }

    private int[] Order(int epoch)
    {
        var key = Key.Then((ulong)epoch);
        var rows = new List<int>(_set.Count);
        var keys = new List<ulong>(_set.Count);
        for (var i = 0; i < _set.Count; i++)
        {
            if (_weights[i] == 0) continue;
            rows.Add(i);
            keys.Add(key.Then(_set.Hashes[i]));
        }

        var order = rows.ToArray();
        Array.Sort(keys.ToArray(), order);
        return order;
    }

    private double RunBatch(ReadOnlySpan<int> rows)
    {
        var loss = 0.0;
        for (var first = 0; first < rows.Length; first += TileRows)
        {
            loss += RunTile(rows.Slice(first, Math.Min(TileRows, rows.Length - first)), 1.0 / rows.Length);
        }

        return loss;
    }

    private double RunTile(ReadOnlySpan<int> rows, double share)
    {
        for (var i = 0; i < rows.Length; i++) Gather(rows[i], i);
        var whole = (rows.Length + PanelKernels.RowStep - 1) / PanelKernels.RowStep * PanelKernels.RowStep;
        PanelKernels.Multiply(
            _inputs.Pointer, TileStride, _stride, HiddenWeights, null, _hidden.Pointer, TileStride, _units, whole, relu: true);

        var loss = 0.0;
        float* skipGradient = _gradient.Pointer, outputGradient = skipGradient + (Output - Skip);
        for (var i = 0; i < rows.Length; i++)
        {
            var x = _set.Inputs.Pointer + (long)rows[i] * _stride;
            double z = VectorKernels.Dot(x, Skip, _stride) + HiddenDot(i);
            double label = _labels[rows[i]], weight = _weights[rows[i]];
            loss += weight * (PortableMath.Softplus(z) - label * z);
            var delta = (float)(weight * (PortableMath.Sigmoid(z) - label) * share);
            VectorKernels.AddScaled(skipGradient, delta, x, _stride);
            Backward(i, delta, outputGradient);
        }

        PanelKernels.AddTransposedProduct(
            _inputs.Pointer, TileStride, _stride, _delta.Pointer, TileStride, _units, rows.Length, skipGradient + _stride);
        return loss;
    }

    private void Gather(int row, int place)
    {
        var from = _set.Inputs.Pointer + (long)row * _stride;
        for (var p = 0; p < _stride; p += 16)
        {
            new ReadOnlySpan<float>(from + p, 16).CopyTo(new Span<float>(_inputs.Pointer + (long)p * TileRows + place * 16, 16));
        }
    }

    private float HiddenDot(int place)
    {
        var sum = 0f;
        for (var p = 0; p < _units; p += 16)
        {
            sum += VectorKernels.Dot(_hidden.Pointer + (long)p * TileRows + place * 16, Output + p, 16);
        }

        return sum;
    }

    private void Backward(int place, float delta, float* outputGradient)
    {
        for (var p = 0; p < _units; p += 16)
        {
            float* hidden = _hidden.Pointer + (long)p * TileRows + place * 16, to = _delta.Pointer + (long)p * TileRows + place * 16;
            VectorKernels.AddScaled(outputGradient + p, delta, hidden, 16);
            VectorKernels.ScaleWherePositive(to, delta, Output + p, hidden, 16);
        }
    }
}
