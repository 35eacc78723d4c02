using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.SeedModels;

namespace Kindred.Networks.Mlp;

/// <summary>Trains hidden layers beside a linear model, starting from that linear model.</summary>
/// <remarks>
/// The output weights start at zero, so that the network starts as the linear model and departs from it only where that lowers the loss.
/// Both parts have L2 regularisation in the gradient: with too little data, the weights of the units shrink to zero. The learning rate
/// falls to zero over the epochs.
/// </remarks>
internal sealed class NetworkTrainer : IDisposable
{
    private readonly MlpOptions _options;
    private readonly NetworkShape _shape;
    private readonly NetworkWorkspace _workspace;
    private readonly AlignedMatrix _parameters;
    private readonly AlignedMatrix _gradient;
    private readonly AlignedMatrix _ridge;
    private readonly AlignedMatrix _moments;
    private readonly RowOrder _order = new();
    private TrainingSet _set;
    private float[] _labels;
    private float[] _weights;
    private NonNegativeRisk? _risk;
    private int _step;

    /// <param name="set">The rows.</param>
    /// <param name="labels">[rows] 1 or 0; may differ from those of the set.</param>
    /// <param name="weights">[rows] sample weights; 0 leaves a row out.</param>
    /// <param name="linear">[columns] the linear model to start from.</param>
    /// <param name="options">Settings.</param>
    /// <param name="key">Key of the initial hidden weights and of the order of the rows.</param>
    /// <param name="prior">π of the non-negative risk, or null for the weighted loss.</param>
    public NetworkTrainer(TrainingSet set, float[] labels, float[] weights, double[] linear, MlpOptions options, ulong key,
        double? prior = null)
    {
        _set = set;
        _labels = labels;
        _weights = weights;
        _options = options;
        Key = key;
        _shape = new NetworkShape(set.Columns, set.Inputs.Columns, options.Layers);
        _workspace = new NetworkWorkspace(_shape);
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

    /// <summary>Continues with other rows of the same list: those of an epoch with fresh negatives.</summary>
    public void Use(TrainingSet set, float[] weights)
    {
        (_set, _labels, _weights) = (set, set.Labels, weights);
        _risk = Risk();
    }

    /// <summary>Goes once through all rows in a fresh order.</summary>
    /// <param name="epoch">0 for the first.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>The mean loss per row.</returns>
    public double RunEpoch(int epoch, CancellationToken cancellation)
    {
        var order = _order.Of(Key.Then((ulong)epoch), _set.Hashes, _weights);
        var batches = Math.Max(1, order.Length / _options.BatchSize);
        var loss = 0.0;
        for (var batch = 0; batch < batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            var first = (int)((long)order.Length * batch / batches);
            var end = (int)((long)order.Length * (batch + 1) / batches);
            loss += RunBatch(order[first..], end - first);
            _step++;
            AdamKernel.Step(_parameters.Row(0), _gradient.Row(0), _ridge.Row(0), _moments, _step, LearningRate(batches));
            _workspace.Prepare(_parameters.Row(0));
        }

        return loss / Math.Max(1, order.Length);
    }

    /// <summary>The current parameters, as weights on standardised inputs.</summary>
    public StandardizedNetwork Current() => StandardizedNetwork.Of(_shape, _parameters.Row(0));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in new IDisposable[] { _workspace, _parameters, _gradient, _ridge, _moments }) part.Dispose();
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
                    weights[ColumnBlockKernels.Place(k, unit, stride)] =
                        (float)((key.Then((ulong)(unit * stride + k)).ToUnit() - 0.5) * range);
                }
            }
        }

        var rows = Math.Max(1, _weights.Count(weight => weight > 0));
        _ridge.Row(0)[..(_set.Columns - 1)].Fill((float)(_options.RegularizationPerDimension * (_set.Columns - 2) / rows));
        _ridge.Row(0)[_shape.Stride..].Fill((float)(_options.HiddenRegularization / rows));
        _workspace.Prepare(parameters);
    }

    private double LearningRate(int batchesAnEpoch)
    {
        // Falls linearly to zero over all epochs.
        var total = (double)batchesAnEpoch * _options.Epochs;
        return _options.LearningRate * Math.Max(0, 1 - (_step - 1) / total);
    }

    private NonNegativeRisk? Risk() => Prior is { } prior ? new NonNegativeRisk(_labels, _weights, prior) : null;

    /// <summary>Adds up the gradient of a batch.</summary>
    /// <param name="rows">The rows of the batch, followed by those of the next batch.</param>
    /// <param name="count">Number of rows of the batch.</param>
    /// <returns>The sum of their losses.</returns>
    private double RunBatch(ReadOnlySpan<int> rows, int count)
    {
        // The gradient of the non-negative risk depends on the sign of a part of it, so that part is computed first.
        double positive = 0, negative = 0;
        for (var first = 0; _risk is not null && first < count; first += _workspace.Rows)
        {
            Forward(rows, first, count);
            for (var i = 0; i < _workspace.Scores.Length; i++)
            {
                var row = rows[first + i];
                var parts = _risk.Parts(_workspace.Scores[i], _workspace.Softplus[i], _labels[row], _weights[row]);
                positive += parts.Positive;
                negative += parts.Negative;
            }
        }

        var loss = 0.0;
        for (var first = 0; first < count; first += _workspace.Rows)
        {
            Forward(rows, first, count);
            if (_risk is null) loss += WeightedSlopes(rows[first..], 1.0 / count);
            else RiskSlopes(rows[first..], 1.0 / count, negative < 0);
            _workspace.Backward(_parameters.Row(0), _gradient.Row(0));
        }

        return _risk is null ? loss : positive + Math.Max(0, negative);
    }

    private void Forward(ReadOnlySpan<int> rows, int first, int count)
    {
        var end = Math.Min(first + _workspace.Rows, count);
        _workspace.Load(_set, rows[first..end], rows.Slice(end, Math.Min(_workspace.Rows, rows.Length - end)));
        _workspace.Forward(_parameters.Row(0));
        _workspace.Logistic();
    }

    private double WeightedSlopes(ReadOnlySpan<int> rows, double share)
    {
        ReadOnlySpan<float> scores = _workspace.Scores, probabilities = _workspace.Probabilities, softplus = _workspace.Softplus;
        var slopes = _workspace.Slopes;
        var loss = 0.0;
        for (var i = 0; i < slopes.Length; i++)
        {
            double label = _labels[rows[i]], weight = _weights[rows[i]];
            loss += weight * (softplus[i] - label * scores[i]);
            slopes[i] = (float)(weight * share * (probabilities[i] - label));
        }

        return loss;
    }

    private void RiskSlopes(ReadOnlySpan<int> rows, double share, bool isNegative)
    {
        var probabilities = _workspace.Probabilities;
        var slopes = _workspace.Slopes;
        for (var i = 0; i < slopes.Length; i++)
        {
            slopes[i] = (float)(share * _risk!.Slope(probabilities[i], _labels[rows[i]], _weights[rows[i]], isNegative));
        }
    }
}
