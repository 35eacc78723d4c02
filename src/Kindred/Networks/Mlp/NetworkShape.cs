using Kindred.Numerics;

namespace Kindred.Networks.Mlp;

/// <summary>The layout of the parameters of a network in training in one array.</summary>
/// <remarks>
/// <code>
/// skip [stride] | first layer: column blocks [stride × units] | second: blocks [units × units₂], bias [units₂] | … | output [units of the
/// last]
/// </code>
/// The first layer's bias is the weight of the constant among its inputs. Weights are in the blocks of <see cref="ColumnBlockKernels"/>.
/// </remarks>
internal sealed class NetworkShape
{
    private readonly int[] _starts;

    /// <param name="columns">Numbers of a row that are in use: embedding, activity, constant.</param>
    /// <param name="stride">Numbers of a row, a multiple of 16.</param>
    /// <param name="units">Units of each hidden layer, multiples of 16.</param>
    public NetworkShape(int columns, int stride, IReadOnlyList<int> units)
    {
        (Columns, Stride, Units) = (columns, stride, units);
        _starts = new int[units.Count + 1];
        _starts[0] = stride;
        for (var layer = 0; layer < units.Count; layer++)
        {
            _starts[layer + 1] = _starts[layer] + Inputs(layer) * units[layer] + (layer > 0 ? units[layer] : 0);
        }

        Count = _starts[^1] + (units.Count > 0 ? units[^1] : 0);
    }

    /// <summary>Numbers of a row that are in use.</summary>
    public int Columns { get; }

    /// <summary>Numbers of a row.</summary>
    public int Stride { get; }

    /// <summary>Units of each hidden layer.</summary>
    public IReadOnlyList<int> Units { get; }

    /// <summary>Number of all parameters.</summary>
    public int Count { get; }

    /// <summary>[stride] the linear part.</summary>
    public Range Skip => ..Stride;

    /// <summary>[units of the last layer].</summary>
    public Range Output => _starts[^1]..;

    /// <summary>Inputs of a layer.</summary>
    public int Inputs(int layer) => layer == 0 ? Stride : Units[layer - 1];

    /// <summary>Column blocks [inputs × units] of a layer.</summary>
    public Range Weights(int layer) => _starts[layer]..(_starts[layer] + Inputs(layer) * Units[layer]);

    /// <summary>[units] of a layer; empty for the first.</summary>
    public Range Bias(int layer) => (_starts[layer] + Inputs(layer) * Units[layer]).._starts[layer + 1];
}
