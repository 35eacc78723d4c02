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

    /// <summary>The derivative of <see cref="Loss"/> by every parameter.</summary>
    public double[] Gradient(ReadOnlySpan<int> rows)
    {
        var gradient = new double[Parameters.Length];
        var hidden = new double[_units];
        foreach (var row in rows)
        {
            var x = _set.Inputs.Row(row);
            var delta = _set.Weights[row] * (1 / (1 + Math.Exp(-Score(row, hidden))) - _set.Labels[row]) / rows.Length;
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
