using Kindred.Networks.Mlp;
using Kindred.SeedModels;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.Networks.Mlp;

/// <summary>The network and its gradient as plain loops in double precision.</summary>
internal sealed class ReferenceNetwork
{
    private readonly TrainingSet _set;
    private readonly int _columns;

    // One entry per layer, then the output.
    private readonly int[] _units;
    private readonly int[] _starts;

    public ReferenceNetwork(TrainingSet set, StandardizedNetwork network)
    {
        _set = set;
        _columns = set.Columns;
        _units = [.. network.Hidden.Select(layer => layer.Units)];
        Parameters = [.. network.Parameters().Select(value => (double)value)];
        _starts = new int[_units.Length + 1];
        _starts[0] = _columns;
        for (var layer = 0; layer < _units.Length; layer++) _starts[layer + 1] = _starts[layer] + _units[layer] * (Inputs(layer) + 1);
    }

    /// <summary>Skip [columns], weights [units × inputs] and bias [units] of each hidden layer, output [units of the last layer].</summary>
    public double[] Parameters { get; }

    /// <summary>The log-odds of one row.</summary>
    public double Score(int row) => Score(row, out _);

    private double Score(int row, out double[][] hidden)
    {
        var x = _set.Inputs.Row(row);
        hidden = new double[_units.Length + 1][];
        hidden[0] = new double[_columns - 1];
        var score = Parameters[_columns - 1] * x[_columns - 1];
        for (var k = 0; k < _columns - 1; k++)
        {
            hidden[0][k] = x[k];
            score += Parameters[k] * x[k];
        }

        for (var layer = 0; layer < _units.Length; layer++)
        {
            hidden[layer + 1] = new double[_units[layer]];
            for (var unit = 0; unit < _units[layer]; unit++)
            {
                var sum = Parameters[BiasAt(layer, unit)];
                for (var k = 0; k < Inputs(layer); k++) sum += Parameters[WeightAt(layer, unit, k)] * hidden[layer][k];
                hidden[layer + 1][unit] = Math.Max(0, sum);
            }
        }

        for (var unit = 0; unit < hidden[^1].Length && _units.Length > 0; unit++) score += hidden[^1][unit] * Parameters[_starts[^1] + unit];
        return score;
    }

    private int Inputs(int layer) => layer == 0 ? _columns - 1 : _units[layer - 1];

    private int WeightAt(int layer, int unit, int input) => _starts[layer] + unit * Inputs(layer) + input;

    private int BiasAt(int layer, int unit) => _starts[layer] + _units[layer] * Inputs(layer) + unit;

    /// <summary>The mean weighted cross-entropy of some rows.</summary>
    public double Loss(ReadOnlySpan<int> rows)
    {
        var loss = 0.0;
        foreach (var row in rows)
        {
            var score = Score(row);
            var p = 1 / (1 + Math.Exp(-score));
            loss -= _set.Weights[row] * (_set.Labels[row] > 0 ? Math.Log(p) : Math.Log(1 - p));
        }

        return loss / rows.Length;
    }

    /// <summary>
    /// The non-negative risk of some rows, with the weights of all rows in the means, and a flag for a negative part below zero.
    /// </summary>
    public (double Risk, bool IsNegative) Risk(ReadOnlySpan<int> rows, double prior)
    {
        double positive = 0, negative = 0;
        var (seeds, others) = Totals();
        foreach (var row in rows)
        {
            var score = Score(row);
            var isSeed = _set.Labels[row] > 0;
            if (isSeed) positive += prior * _set.Weights[row] / seeds * Math.Log(1 + Math.Exp(-score));
            negative += (isSeed ? -prior / seeds : 1 / others) * _set.Weights[row] * Math.Log(1 + Math.Exp(score));
        }

        var scale = (double)_set.Count / rows.Length;
        return ((positive + Math.Max(0, negative)) * scale, negative < 0);
    }

    /// <summary>
    /// The gradient that a step descends, as in the paper: that of <see cref="Risk"/>,
    /// or minus that of its negative part while this is below zero.
    /// </summary>
    public double[] RiskGradient(ReadOnlySpan<int> rows, double prior)
    {
        var isNegative = Risk(rows, prior).IsNegative;
        var (seeds, others) = Totals();
        var scale = (double)_set.Count;
        return Gradient(rows, (row, score) =>
        {
            var p = 1 / (1 + Math.Exp(-score));
            var isSeed = _set.Labels[row] > 0;
            var negative = (isSeed ? -prior / seeds : 1 / others) * p;
            return scale * _set.Weights[row] * (isNegative ? -negative : negative - (isSeed ? prior / seeds * (1 - p) : 0));
        });
    }

    /// <summary>The derivative of <see cref="Loss"/> by every parameter.</summary>
    public double[] Gradient(ReadOnlySpan<int> rows) =>
        Gradient(rows, (row, score) => _set.Weights[row] * (1 / (1 + Math.Exp(-score)) - _set.Labels[row]));

    private (double Seeds, double Others) Totals() =>
        (_set.Weights.Where((_, i) => _set.Labels[i] > 0).Sum(weight => (double)weight), _set.Weights.Where((_, i) => _set.Labels[i] == 0).Sum(weight => (double)weight));

    private double[] Gradient(ReadOnlySpan<int> rows, Func<int, double, double> slope)
    {
        var gradient = new double[Parameters.Length];
        foreach (var row in rows)
        {
            var x = _set.Inputs.Row(row);
            var delta = slope(row, Score(row, out var hidden)) / rows.Length;
            for (var k = 0; k < _columns; k++) gradient[k] += delta * x[k];
            if (_units.Length == 0) continue;

            // By the outputs of the last layer's units, then back layer by layer.
            var back = new double[_units[^1]];
            for (var unit = 0; unit < back.Length; unit++)
            {
                gradient[_starts[^1] + unit] += delta * hidden[^1][unit];
                back[unit] = delta * Parameters[_starts[^1] + unit];
            }

            for (var layer = _units.Length - 1; layer >= 0; layer--) back = Back(layer, hidden, back, gradient);
        }

        return gradient;
    }

    private double[] Back(int layer, double[][] hidden, double[] back, double[] gradient)
    {
        var before = new double[Inputs(layer)];
        for (var unit = 0; unit < _units[layer]; unit++)
        {
            if (hidden[layer + 1][unit] == 0) continue;
            gradient[BiasAt(layer, unit)] += back[unit];
            for (var k = 0; k < before.Length; k++)
            {
                gradient[WeightAt(layer, unit, k)] += back[unit] * hidden[layer][k];
                before[k] += back[unit] * Parameters[WeightAt(layer, unit, k)];
            }
        }

        return before;
    }
}
