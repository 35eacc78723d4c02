using Kindred.Networks.Mlp;
using Kindred.Sampling;
using Kindred.SeedModels;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.Networks.Mlp;

public sealed class NetworkTrainerTests : IDisposable
{
    private static readonly MlpOptions _options = new()
    {
        HiddenUnits = 32,
        BatchSize = 150,
        Epochs = 4,
        LearningRate = 0.01,
        RegularizationPerDimension = 1.25,
        HiddenRegularization = 10,
    };

    private static readonly ulong _key = SampleKey.Of(9, 9);
    private readonly TrainingSet _set;
    private readonly double[] _linear;

    public NetworkTrainerTests()
    {
        var users = TestPopulation.Random(800, 13, 1);
        _set = TestTraining.Set(
            TestPopulation.Of(users), users.Where(user => user.Embedding[0] * user.Embedding[1] > 0.1).Select(user => user.Id), _options);
        _linear = [.. Enumerable.Range(0, _set.Columns).Select(k => 0.05 * (k % 5) - 0.1)];
    }

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void The_reference_gradient_matches_finite_differences(int second)
    {
        using var trainer = Trainer(second);
        trainer.RunEpoch(0, default);
        var reference = new ReferenceNetwork(_set, trainer.Current());
        var rows = Enumerable.Range(0, 60).ToArray();
        var gradient = reference.Gradient(rows);
        for (var i = 0; i < gradient.Length; i++)
        {
            const double Step = 1e-6;
            var at = reference.Parameters[i];
            reference.Parameters[i] = at + Step;
            var above = reference.Loss(rows);
            reference.Parameters[i] = at - Step;
            var below = reference.Loss(rows);
            reference.Parameters[i] = at;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 2e-6);
        }

        Assert.True(gradient.Count(value => Math.Abs(value) > 1e-5) > gradient.Length / 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(48)]
    public void Two_epochs_equal_the_plain_algorithm_in_double_precision(int second)
    {
        using var trainer = Trainer(second);
        var reference = new ReferenceNetwork(_set, trainer.Current());
        var state = new AdamState(reference, _set, _options);
        for (var epoch = 0; epoch < 2; epoch++)
        {
            var expectedLoss = state.RunEpoch(_key.Then((ulong)epoch));
            Assert.Equal(expectedLoss, trainer.RunEpoch(epoch, default), 1e-5);
        }

        var parameters = trainer.Current().Parameters();
        for (var i = 0; i < parameters.Length; i++) Assert.Equal(reference.Parameters[i], parameters[i], 1e-4);
    }

    [Theory]
    [InlineData(0.02, false, 0)]
    [InlineData(1, true, 0)]
    [InlineData(1, true, 16)]
    public void An_epoch_with_the_non_negative_risk_equals_the_plain_algorithm(double prior, bool meetsNegativeParts, int second)
    {
        // All users score high, so that seeds counted as negatives have a high loss.
        double[] linear = [.. _linear[..^1], meetsNegativeParts ? 1.5 : -1];
        var options = _options with { LearningRate = 0.05, SecondHiddenUnits = second };
        using var trainer = new NetworkTrainer(_set, _set.Labels, _set.Weights, linear, options, _key, prior);
        var reference = new ReferenceNetwork(_set, trainer.Current());
        var state = new AdamState(reference, _set, options) { Prior = prior };
        for (var epoch = 0; epoch < 2; epoch++)
        {
            var expectedRisk = state.RunEpoch(_key.Then((ulong)epoch));
            Assert.Equal(expectedRisk, trainer.RunEpoch(epoch, default), 1e-4);
        }

        var parameters = trainer.Current().Parameters();
        for (var i = 0; i < parameters.Length; i++) Assert.Equal(reference.Parameters[i], parameters[i], 2e-4);
        Assert.Equal(meetsNegativeParts, state.NegativeParts > 0);
        Assert.True(state.NegativeParts < 10, "Both kinds of step should be met.");
    }

    [Fact]
    public void Starts_as_the_linear_model_with_random_units_of_zero_output_weight()
    {
        using var trainer = Trainer(second: 16);
        var start = trainer.Current();
        Assert.Equal(_linear.Select(weight => (float)weight), start.Skip);
        Assert.Equal([32, 16], start.Hidden.Select(layer => layer.Units));
        Assert.All(start.Output, weight => Assert.Equal(0, weight));
        var scores = start.Predict(_set);
        for (var row = 0; row < scores.Length; row++) Assert.Equal(_linear.Select((weight, k) => weight * _set.Inputs.Row(row)[k]).Sum(), scores[row], 1e-5);

        // Uniform with variance 2 / inputs. Biases start at zero.
        foreach (var (layer, inputs) in start.Hidden.Zip([_set.Columns, 32]))
        {
            Assert.Equal(2.0 / inputs, layer.Weights.Average(weight => weight * weight), 0.2 * 2 / inputs);
            Assert.Equal(0, layer.Weights.Average(), 0.05);
            Assert.Equal(layer.Weights.Length, layer.Weights.Distinct().Count());
            Assert.All(layer.Bias, bias => Assert.Equal(0, bias));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void Predictions_equal_the_scores_of_the_reference(int second)
    {
        using var trainer = Trainer(second);
        trainer.RunEpoch(0, default);
        var network = trainer.Current();
        var reference = new ReferenceNetwork(_set, network);
        var weights = _set.Weights.Select((weight, i) => i % 3 == 0 ? 0 : weight).ToArray();
        float[] all = network.Predict(_set), some = network.Predict(_set, weights);
        for (var row = 0; row < _set.Count; row++)
        {
            Assert.Equal(reference.Score(row), all[row], 1e-4);
            Assert.Equal(weights[row] == 0 ? 0 : all[row], some[row]);
        }
    }

    [Fact]
    public void A_row_of_weight_zero_is_not_trained_on()
    {
        var weights = _set.Weights.Select((weight, i) => i % 3 == 0 ? 0 : weight).ToArray();
        var labels = _set.Labels.Select((label, i) => i % 3 == 0 ? 1 - label : label).ToArray();
        using var first = new NetworkTrainer(_set, _set.Labels, weights, _linear, _options, _key);
        using var second = new NetworkTrainer(_set, labels, weights, _linear, _options, _key);
        Assert.Equal(first.RunEpoch(0, default), second.RunEpoch(0, default));
        Assert.Equal(first.Current().Parameters(), second.Current().Parameters());
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(16, 0.5)]
    public void An_epoch_allocates_nothing(int second, double? prior)
    {
        using var trainer = new NetworkTrainer(_set, _set.Labels, _set.Weights, _linear, _options with { SecondHiddenUnits = second }, _key, prior);
        trainer.RunEpoch(0, default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        trainer.RunEpoch(1, default);
        trainer.RunEpoch(2, default);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private NetworkTrainer Trainer(int second = 0) =>
        new(_set, _set.Labels, _set.Weights, _linear, _options with { SecondHiddenUnits = second }, _key);

    private sealed class AdamState(ReferenceNetwork network, TrainingSet set, MlpOptions options)
    {
        private readonly double[] _first = new double[network.Parameters.Length];
        private readonly double[] _second = new double[network.Parameters.Length];
        private int _step;

        public double? Prior { get; init; }

        public int NegativeParts { get; private set; }

        public double RunEpoch(ulong key)
        {
            var order = Enumerable.Range(0, set.Count).OrderBy(row => key.Then(set.Hashes[row])).ToArray();
            var batches = order.Length / options.BatchSize;
            var loss = 0.0;
            for (var batch = 0; batch < batches; batch++)
            {
                var rows = order[(order.Length * batch / batches)..(order.Length * (batch + 1) / batches)];
                loss += (Prior is { } prior ? network.Risk(rows, prior).Risk : network.Loss(rows)) * rows.Length;
                if (Prior is { } share && network.Risk(rows, share).IsNegative) NegativeParts++;
                var rate = options.LearningRate * (1 - _step / (double)(batches * options.Epochs));
                Step(Prior is { } pi ? network.RiskGradient(rows, pi) : network.Gradient(rows), rate, ++_step);
            }

            return loss / order.Length;
        }

        private void Step(double[] gradient, double rate, int step)
        {
            for (var i = 0; i < gradient.Length; i++)
            {
                var g = gradient[i] + Ridge(i) * network.Parameters[i];
                _first[i] = 0.9 * _first[i] + 0.1 * g;
                _second[i] = 0.999 * _second[i] + 0.001 * g * g;
                var deviation = Math.Sqrt(_second[i] / (1 - Math.Pow(0.999, step)));
                network.Parameters[i] -= rate * _first[i] / (1 - Math.Pow(0.9, step)) / (deviation + 1e-8);
            }
        }

        // λ is in units of the summed loss, but the loss here is a mean. The constant of the linear part is not regularised.
        private double Ridge(int i) =>
            (i == set.Columns - 1 ? 0 : i < set.Columns ? options.RegularizationPerDimension * (set.Columns - 2) : options.HiddenRegularization) / set.Count;
    }
}
