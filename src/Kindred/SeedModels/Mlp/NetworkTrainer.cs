using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.SeedModels.Mlp;

/// <summary>Trains hidden layers beside a linear model, from that linear model on.</summary>
/// <remarks>
/// The output weights begin at zero, so that the network begins as the linear model and only departs from it where that lowers
/// the loss. Both are regularised by L2 in the gradient: where there is too little data for them, the units die by themselves.
/// The learning rate falls to zero over the epochs.
/// </remarks>
internal sealed class NetworkTrainer : IDisposable
{
    private readonly MlpOptions _options;
    private readonly NetworkShape _shape;
    private readonly NetworkTile _tile;
    private readonly AlignedMatrix _parameters;
    private readonly AlignedMatrix _gradient;
    private readonly AlignedMatrix _ridge;
    private readonly AlignedMatrix _moments;
    private readonly float[] _scores = new float[NetworkTile.Rows];
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
        _shape = new NetworkShape(set.Columns, set.Inputs.Columns, options.Layers);
        _tile = new NetworkTile(_shape);
        _parameters = new AlignedMatrix(1, _shape.Count);
        _gradient = new AlignedMatrix(1, _shape.Count);
        _ridge = new AlignedMatrix(1, _shape.Count);
        _moments = new AlignedMatrix(2, _shape.Count);
        Prior = prior;
        _risk = Risk();
        Initialize(linear);
    }

    private ulong Key { get; }

    private double? Prior { get; }

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
            _tile.Prepare(_parameters.Row(0));
        }

        return loss / Math.Max(1, order.Length);
    }

    /// <summary>The parameters as they are now, as weights on standardised inputs.</summary>
    public StandardizedNetwork Current() => StandardizedNetwork.Of(_shape, _parameters.Row(0));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in new IDisposable[] { _tile, _parameters, _gradient, _ridge, _moments }) part.Dispose();
    }

    private void Initialize(double[] linear)
    {
        var parameters = _parameters.Row(0);
        for (var k = 0; k < linear.Length; k++) parameters[k] = (float)linear[k];

        // Uniform with standard deviation √(2/inputs) (He et al. 2015) for inputs in use; padding and biases stay zero.
        for (var layer = 0; layer < _shape.Units.Count; layer++)
        {
            var (stride, inputs) = (_shape.Inputs(layer), layer == 0 ? _shape.Columns - 1 : _shape.Inputs(layer));
            var range = Math.Sqrt(12 * 2.0 / (layer == 0 ? _shape.Columns : inputs));
            var key = Key.Then(layer == 0 ? UserHash.Of("hidden weights"u8) : UserHash.Of("second hidden weights"u8));
            var weights = parameters[_shape.Weights(layer)];
            for (var unit = 0; unit < _shape.Units[layer]; unit++)
            {
                for (var k = 0; k < inputs; k++)
                {
                    weights[PanelKernels.Place(k, unit, stride)] = (float)((key.Then((ulong)(unit * stride + k)).ToUnit() - 0.5) * range);
                }
            }
        }

        var rows = Math.Max(1, _weights.Count(weight => weight > 0));
        _ridge.Row(0)[..(_set.Columns - 1)].Fill((float)(_options.RegularizationPerDimension * (_set.Columns - 2) / rows));
        _ridge.Row(0)[_shape.Stride..].Fill((float)(_options.HiddenRegularization / rows));
        _tile.Prepare(parameters);
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
        for (var first = 0; _risk is not null && first < rows.Length; first += NetworkTile.Rows)
        {
            AddRisk(rows.Slice(first, Math.Min(NetworkTile.Rows, rows.Length - first)), ref positive, ref negative);
        }

        var loss = 0.0;
        for (var first = 0; first < rows.Length; first += NetworkTile.Rows)
        {
            loss += RunTile(rows.Slice(first, Math.Min(NetworkTile.Rows, rows.Length - first)), 1.0 / rows.Length, negative < 0);
        }

        return _risk is null ? loss : positive + Math.Max(0, negative);
    }

    private double RunTile(ReadOnlySpan<int> rows, double share, bool isNegative)
    {
        var scores = Forward(rows);
        var loss = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            double z = scores[i], label = _labels[rows[i]], weight = _weights[rows[i]];
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

            scores[i] = (float)(slope * share);
        }

        _tile.Backward(_parameters.Row(0), scores, _gradient.Row(0));
        return loss;
    }

    private void AddRisk(ReadOnlySpan<int> rows, ref double positive, ref double negative)
    {
        var scores = Forward(rows);
        for (var i = 0; i < rows.Length; i++)
        {
            double z = scores[i], label = _labels[rows[i]], weight = _weights[rows[i]];
            positive += _risk!.Positive(z, label, weight);
            negative += _risk.Negative(z, label, weight);
        }
    }

    /// <summary>The scores of these rows.</summary>
    private Span<float> Forward(ReadOnlySpan<int> rows)
    {
        _tile.Load(_set, rows);
        var scores = _scores.AsSpan(0, rows.Length);
        _tile.Forward(_parameters.Row(0), scores);
        return scores;
    }
}
