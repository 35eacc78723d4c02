using Kindred.SeedModels;
using Kindred.SeedModels.Mlp;

namespace Kindred.Tests.SeedModels.Mlp;

/// <summary>The network and its gradient as plain loops in double precision.</summary>
internal sealed class ReferenceNetwork
{
    private readonly TrainingSet _set;
    private readonly int _columns;
    private readonly int _units;

    public ReferenceNetwork(TrainingSet set, StandardizedNetwork network)
    {
        _set = set;
        _columns = set.Columns;
        _units = network.Output.Length;
        Parameters = [.. network.Skip, .. network.Hidden, .. network.Output];
    }

    /// <summary>Skip [columns], hidden [units × columns], output [units].</summary>
    public double[] Parameters { get; }

    /// <summary>The log-odds of one row, and what its units give.</summary>
    public double Score(int row, double[] hidden)
    {
        var x = _set.Inputs.Row(row);
        var score = 0.0;
        for (var k = 0; k < _columns; k++) score += Parameters[k] * x[k];
        for (var unit = 0; unit < _units; unit++)
        {
            var sum = 0.0;
            for (var k = 0; k < _columns; k++) sum += Parameters[(1 + unit) * _columns + k] * x[k];
            hidden[unit] = Math.Max(0, sum);
            score += hidden[unit] * Parameters[(1 + _units) * _columns + unit];
        }

        return score;
    }

    /// <summary>The mean weighted cross-entropy of some rows.</summary>
    public double Loss(ReadOnlySpan<int> rows)
    {
        var loss = 0.0;
        var hidden = new double[_units];
        foreach (var row in rows)
        {
            var score = Score(row, hidden);
            var p = 1 / (1 + Math.Exp(-score));
            loss -= _set.Weights[row] * (_set.Labels[row] > 0 ? Math.Log(p) : Math.Log(1 - p));
        }

        return loss / rows.Length;
    }

    /// <summary>The non-negative risk of some rows with the means' weights of all rows, and whether its negative part is below zero.</summary>
    public (double Risk, bool IsNegative) Risk(ReadOnlySpan<int> rows, double prior)
    {
        double positive = 0, negative = 0;
        var (seeds, others) = Totals();
        foreach (var row in rows)
        {
            var score = Score(row, new double[_units]);
            var isSeed = _set.Labels[row] > 0;
            if (isSeed) positive += prior * _set.Weights[row] / seeds * Math.Log(1 + Math.Exp(-score));
            negative += (isSeed ? -prior / seeds : 1 / others) * _set.Weights[row] * Math.Log(1 + Math.Exp(score));
        }

        var scale = (double)_set.Count / rows.Length;
        return ((positive + Math.Max(0, negative)) * scale, negative < 0);
    }

    /// <summary>What a step goes down by the paper: the gradient of <see cref="Risk"/>, or where its negative part is below zero, of that part's negative.</summary>
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
        var hidden = new double[_units];
        foreach (var row in rows)
        {
            var x = _set.Inputs.Row(row);
            var delta = slope(row, Score(row, hidden)) / rows.Length;
            for (var k = 0; k < _columns; k++) gradient[k] += delta * x[k];
            for (var unit = 0; unit < _units; unit++)
            {
                gradient[(1 + _units) * _columns + unit] += delta * hidden[unit];
                if (hidden[unit] == 0) continue;
                for (var k = 0; k < _columns; k++)
                {
                    gradient[(1 + unit) * _columns + k] += delta * Parameters[(1 + _units) * _columns + unit] * x[k];
                }
            }
        }

        return gradient;
    }
}
