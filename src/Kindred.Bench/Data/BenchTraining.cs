using Kindred.Networks.Mlp;

namespace Kindred.Bench.Data;

/// <summary>The training of one network, one epoch at a time.</summary>
internal sealed class BenchTraining : IDisposable
{
    /// <summary>Rows per step: the default of <see cref="MlpOptions"/>.</summary>
    public static int BatchSize { get; } = new MlpOptions().BatchSize;

    // So many epochs that the learning rate, which falls to zero over them, stays nearly constant.
    private const int Epochs = 1000;
    private const int CheckedEpochs = 5;

    private readonly TrainingData _data;
    private readonly ModelShape _shape;
    private readonly NetworkTrainer _trainer;
    private int _epoch;

    public BenchTraining(TrainingData data, ModelShape shape, ulong key)
    {
        _data = data;
        _shape = shape;
        _trainer = Create(key);
    }

    public void RunEpoch() => _trainer.RunEpoch(_epoch++ % Epochs, CancellationToken.None);

    /// <summary>The mean loss over the last of five epochs from the start.</summary>
    public double FreshLoss()
    {
        using var trainer = Create(key: 0);
        var loss = 0.0;
        for (var epoch = 0; epoch < CheckedEpochs; epoch++) loss = trainer.RunEpoch(epoch, CancellationToken.None);
        return loss;
    }

    /// <inheritdoc/>
    public void Dispose() => _trainer.Dispose();

    private NetworkTrainer Create(ulong key)
    {
        // Without regularisation, which peers define in other units: after the same epochs, losses are about the same.
        var options = new MlpOptions
        {
            HiddenUnits = _shape.Hidden[0],
            SecondHiddenUnits = _shape.Hidden.ElementAtOrDefault(1),
            Epochs = Epochs,
            HiddenRegularization = 0,
            RegularizationPerDimension = 0,
        };
        return new NetworkTrainer(_data.Set, _data.Set.Labels, _data.Set.Weights, new double[_data.Set.Columns], options, key);
    }
}
