using Kindred.Populations;
using Kindred.SeedModels;
using Kindred.SeedModels.Mlp;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedModels;

public sealed class LogisticRegressionTests : IDisposable
{
    private const double Ridge = 3;
    private readonly Population _population = TestPopulation.Of(TestPopulation.Random(700, 8, 1));
    private readonly TrainingSet _set;

    // The labels depend on the first number of the embedding, so that there is something to learn.
    public LogisticRegressionTests() => _set = TestTraining.Set(
        _population, TestPopulation.Random(700, 8, 1).Where((user, i) => user.Embedding[0] > 0.3 && i % 3 != 0).Select(user => user.Id), new MlpOptions());

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Finds_the_minimum_that_Newtons_method_in_double_precision_finds()
    {
        var found = LogisticRegression.Fit(_set, _set.Labels, _set.Weights, Ridge);
        var expected = Slowly(_set.Weights);
        Assert.InRange(Loss(found, _set.Weights) - Loss(expected, _set.Weights), -1e-9, 1e-4);
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], found[k], 2e-3);
    }

    [Fact]
    public void Every_derivative_of_the_loss_is_nearly_zero()
    {
        var found = LogisticRegression.Fit(_set, _set.Labels, _set.Weights, Ridge);
        const double Step = 1e-4;
        for (var k = 0; k < found.Length; k++)
        {
            double[] above = [.. found], below = [.. found];
            above[k] += Step;
            below[k] -= Step;

            // At zero weights the derivatives are of the order of 100.
            Assert.Equal(0, (Loss(above, _set.Weights) - Loss(below, _set.Weights)) / (2 * Step), 0.1);
        }
    }

    [Theory, InlineData(0), InlineData(1e-9)]
    public void More_numbers_than_rows_say_and_no_regularisation_still_separate_the_classes(double ridge)
    {
        // 64 numbers of which 56 are copies: the Hessian has no full rank.
        var users = TestPopulation.Random(300, 8, 4).Select(user =>
            user with { Embedding = [.. Enumerable.Range(0, 64).Select(k => user.Embedding[k % 8])] }).ToArray();
        using var population = TestPopulation.Of(users);
        using var set = TestTraining.Set(population, users.Where(user => user.Embedding[0] > 0.5).Select(user => user.Id), new MlpOptions());
        var theta = LogisticRegression.Fit(set, set.Labels, set.Weights, ridge);
        var scores = LogisticRegression.Predict(set, theta);
        Assert.All(theta, value => Assert.True(double.IsFinite(value)));
        Assert.True(Enumerable.Range(0, set.Count).Where(i => set.Labels[i] > 0).Average(i => scores[i])
            > Enumerable.Range(0, set.Count).Where(i => set.Labels[i] == 0).Average(i => scores[i]) + 1);
    }

    [Fact]
    public void A_row_of_weight_zero_is_as_if_it_were_not_there()
    {
        var weights = _set.Weights.Select((weight, i) => i % 4 == 0 ? 0 : weight).ToArray();
        var labels = _set.Labels.Select((label, i) => i % 4 == 0 ? 1 - label : label).ToArray();
        Assert.Equal(
            LogisticRegression.Fit(_set, _set.Labels, weights, Ridge), LogisticRegression.Fit(_set, labels, weights, Ridge));
        var expected = Slowly(weights);
        var found = LogisticRegression.Fit(_set, labels, weights, Ridge);
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], found[k], 2e-3);
    }

    [Fact]
    public void Arrives_at_the_same_place_from_a_bad_start()
    {
        var start = Enumerable.Range(0, _set.Columns).Select(k => k % 2 == 0 ? 8.0 : -8.0).ToArray();
        var found = LogisticRegression.Fit(_set, _set.Labels, _set.Weights, Ridge, start);
        Assert.InRange(Loss(found, _set.Weights) - Loss(Slowly(_set.Weights), _set.Weights), -1e-9, 1e-4);
    }

    [Fact]
    public void Without_any_positive_weight_the_constant_is_low_and_finite()
    {
        var weights = _set.Labels.Select(label => 1 - label).ToArray();
        var found = LogisticRegression.Fit(_set, _set.Labels, weights, Ridge);
        Assert.All(found, value => Assert.True(double.IsFinite(value)));
        Assert.InRange(found[^1], -40, -5);
    }

    [Fact]
    public void Predict_is_the_product_of_inputs_and_weights()
    {
        var theta = Enumerable.Range(0, _set.Columns).Select(k => 0.1 * k - 0.3).ToArray();
        var scores = LogisticRegression.Predict(_set, theta);
        for (var row = 0; row < _set.Count; row++) Assert.Equal(Dot(theta, row), scores[row], 1e-5);
    }

    private double[] Slowly(float[] weights)
    {
        var n = _set.Columns;
        var theta = new double[n];
        for (var iteration = 0; iteration < 40; iteration++)
        {
            var system = new double[n, n + 1];
            for (var row = 0; row < _set.Count; row++)
            {
                var x = _set.Inputs.Row(row);
                var p = 1 / (1 + Math.Exp(-Dot(theta, row)));
                for (var i = 0; i < n; i++)
                {
                    system[i, n] += weights[row] * (p - _set.Labels[row]) * x[i];
                    for (var j = 0; j < n; j++) system[i, j] += weights[row] * p * (1 - p) * x[i] * x[j];
                }
            }

            for (var i = 0; i < n; i++)
            {
                system[i, i] += RidgeOf(i);
                system[i, n] += RidgeOf(i) * theta[i];
            }

            var step = LinearSystem.Solve(system);
            for (var i = 0; i < n; i++) theta[i] -= step[i];
        }

        return theta;
    }

    private double Loss(double[] theta, float[] weights)
    {
        var loss = 0.0;
        for (var i = 0; i < theta.Length; i++) loss += 0.5 * RidgeOf(i) * theta[i] * theta[i];
        for (var row = 0; row < _set.Count; row++)
        {
            var sign = _set.Labels[row] > 0 ? 1 : -1;
            loss += weights[row] * Math.Log(1 + Math.Exp(-sign * Dot(theta, row)));
        }

        return loss;
    }

    private double RidgeOf(int column) => column == _set.Columns - 1 ? 1e-6 : Ridge;

    private double Dot(double[] theta, int row)
    {
        var sum = 0.0;
        for (var k = 0; k < theta.Length; k++) sum += theta[k] * _set.Inputs.Row(row)[k];
        return sum;
    }
}
