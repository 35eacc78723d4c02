using System.Globalization;
using Kindred.Bench.Data;
using Kindred.Bench.Figures;
using Kindred.Numerics;

namespace Kindred.Bench.Jobs;

/// <summary>Epochs of the training of a network, one model per thread.</summary>
internal sealed class TrainingJob : ThroughputJob
{
    private readonly ModelShape _shape;
    private readonly int _rows;
    private readonly TrainingData _data;
    private readonly BenchTraining[] _models;

    /// <param name="name">The name of the job in figures.</param>
    /// <param name="shape">The network.</param>
    /// <param name="rows">Number of users that it is trained on, half of them seeds.</param>
    /// <param name="threads">Maximum models trained at a time.</param>
    /// <param name="seed">Seed of users, labels and weights.</param>
    public TrainingJob(string name, ModelShape shape, int rows, int threads, ulong seed)
    {
        Name = name;
        _shape = shape;
        _rows = rows;
        _data = TrainingData.Create(seed, rows, shape.Dimension);
        _models = [.. Enumerable.Range(0, threads).Select(model => new BenchTraining(_data, shape, (ulong)model))];
    }

    public override string Name { get; }

    public override string Unit => "samples";

    public override string Description => string.Create(CultureInfo.InvariantCulture,
        $"an epoch over {_rows:N0} users, network {_shape}, batches of {BenchTraining.BatchSize:N0}, one model a thread");

    public override double FlopsPerItem => _shape.TrainingFlops;

    public override long Items(int threads) => (long)_rows * threads;

    public override void Run(int threads) => Workers.Run(threads, threads, (model, _) => _models[model].RunEpoch());

    public override JobCheck Check() => new() { Loss = _models[0].FreshLoss() };

    public override void Dispose()
    {
        foreach (var model in _models) model.Dispose();
        _data.Dispose();
    }
}
