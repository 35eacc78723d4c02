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
internal sealed class NetworkTrainer : IDisposable
{
    private const int TileRows = 192;
    private readonly MlpOptions _options;
    private readonly int _stride;
    private readonly int _units;
    private readonly int _count;
    private readonly AlignedMatrix _parameters;
    private readonly AlignedMatrix _gradient;
    private readonly AlignedMatrix _ridge;
    private readonly AlignedMatrix _moments;
    private readonly PanelTile _inputs;
    private readonly PanelTile _hidden;
    private readonly PanelTile _delta;
    private TrainingSet _set;
    private float[] _labels;
    private float[] _weights;
    private NonNegativeRisk? _risk;
    private int _step;

    /// <param name="set">The rows.</param>
    /// <param name="labels">[rows] 1 or 0; may differ from those of the set.</param>
    /// <param name="weights">[rows] sample weights; 0 leaves a row out.</param>
    /// <param name="linear">[columns] the linear model to begin with.</param>
    /// <param name="options">Settings.</param>
    /// <param name="key">Key of the initial hidden weights and of the order of the rows.</param>
    /// <param name="prior">π of the non-negative risk, or null for the weighted loss.</param>
    public NetworkTrainer(TrainingSet set, float[] labels, float[] weights, double[] linear, MlpOptions options, ulong key, double? prior = null)
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
        _inputs = new PanelTile(TileRows, _stride);
        _hidden = new PanelTile(TileRows, _units);
        _delta = new PanelTile(TileRows, _units);
        Prior = prior;
        _risk = Risk();
        Initialize(linear);
    }

    private ulong Key { get; }

    private double? Prior { get; }

    private Span<float> Skip => _parameters.Row(0)[.._stride];

    private Span<float> HiddenWeights => _parameters.Row(0)[_stride..^_units];

    private Span<float> Output => _parameters.Row(0)[^_units..];

    /// <summary>Goes on with other rows of the same list: those of an epoch with fresh negatives.</summary>
    public void Use(TrainingSet set, float[] weights)
    {
        (_set, _labels, _weights) = (set, set.Labels, weights);
        _risk = Risk();
    }

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
            AdamKernel.Step(_parameters.Row(0), _gradient.Row(0), _ridge.Row(0), _moments, _step, LearningRate(batches));
        }

        return loss / Math.Max(1, order.Length);
    }

    /// <summary>The parameters as they are now, as weights on standardised inputs.</summary>
    public StandardizedNetwork Current()
    {
        var columns = _set.Columns;
        var hidden = new float[_units * columns];
        for (var unit = 0; unit < _units; unit++)
        {
            for (var k = 0; k < columns; k++)
            {
                hidden[unit * columns + k] = HiddenWeights[PanelKernels.Place(k, unit, _stride)];
            }
        }

        return new StandardizedNetwork(Skip[..columns].ToArray(), hidden, Output.ToArray());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in new IDisposable[] { _parameters, _gradient, _ridge, _moments, _inputs, _hidden, _delta }) part.Dispose();
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
                HiddenWeights[PanelKernels.Place(k, unit, _stride)] = (float)((key.Then((ulong)(unit * _stride + k)).ToUnit() - 0.5) * range);
            }
        }

        var rows = Math.Max(1, _weights.Count(weight => weight > 0));
        _ridge.Row(0)[..(_set.Columns - 1)].Fill((float)(_options.RegularizationPerDimension * (_set.Columns - 2) / rows));
        _ridge.Row(0)[_stride..].Fill((float)(_options.HiddenRegularization / rows));
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

    private NonNegativeRisk? Risk() => Prior is { } prior ? new NonNegativeRisk(_labels, _weights, prior) : null;

    private double RunBatch(ReadOnlySpan<int> rows)
    {
        // The non-negative risk needs to know the sign of a part before it can go down.
        double positive = 0, negative = 0;
        for (var first = 0; _risk is not null && first < rows.Length; first += TileRows)
        {
            AddRisk(rows.Slice(first, Math.Min(TileRows, rows.Length - first)), ref positive, ref negative);
        }

        var loss = 0.0;
        for (var first = 0; first < rows.Length; first += TileRows)
        {
            loss += RunTile(rows.Slice(first, Math.Min(TileRows, rows.Length - first)), 1.0 / rows.Length, negative < 0);
        }

        return _risk is null ? loss : positive + Math.Max(0, negative);
    }

    private double RunTile(ReadOnlySpan<int> rows, double share, bool isNegative)
    {
        Forward(rows);
        var loss = 0.0;
        var gradient = _gradient.Row(0);
        for (var i = 0; i < rows.Length; i++)
        {
            var x = _set.Inputs.Row(rows[i]);
            var z = Score(i, x);
            double label = _labels[rows[i]], weight = _weights[rows[i]];
            double slope;
            if (_risk is null)
            {
                loss += weight * (PortableMath.Softplus(z) - label * z);
                slope = weight * (PortableMath.Sigmoid(z) - label);
            }
            else
            {
                slope = _risk.Slope(z, label, weight, isNegative);
            }

            var delta = (float)(slope * share);
            VectorKernels.AddScaled(gradient[.._stride], delta, x);
            Backward(i, delta, gradient[^_units..]);
        }

        _inputs.AddTransposedProduct(_delta, rows.Length, gradient[_stride..^_units]);
        return loss;
    }

    private void AddRisk(ReadOnlySpan<int> rows, ref double positive, ref double negative)
    {
        Forward(rows);
        for (var i = 0; i < rows.Length; i++)
        {
            var z = Score(i, _set.Inputs.Row(rows[i]));
            double label = _labels[rows[i]], weight = _weights[rows[i]];
            positive += _risk!.Positive(z, label, weight);
            negative += _risk.Negative(z, label, weight);
        }
    }

    private void Forward(ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < rows.Length; i++) _inputs.Set(i, _set.Inputs.Row(rows[i]));
        _inputs.MultiplyRelu(HiddenWeights, _hidden, rows.Length);
    }

    private double Score(int row, ReadOnlySpan<float> inputs) => VectorKernels.Dot(inputs, Skip) + HiddenDot(row);

    private float HiddenDot(int row)
    {
        var sum = 0f;
        for (var unit = 0; unit < _units; unit += 16) sum += VectorKernels.Dot(_hidden.Sixteen(row, unit), Output.Slice(unit, 16));
        return sum;
    }

    private void Backward(int row, float delta, Span<float> outputGradient)
    {
        for (var unit = 0; unit < _units; unit += 16)
        {
            var hidden = _hidden.Sixteen(row, unit);
            VectorKernels.AddScaled(outputGradient.Slice(unit, 16), delta, hidden);
            VectorKernels.ScaleWherePositive(_delta.Sixteen(row, unit), delta, Output.Slice(unit, 16), hidden);
        }
    }
}
