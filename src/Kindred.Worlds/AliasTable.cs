using Kindred.Sampling;

namespace Kindred.Worlds;

/// <summary>Draws from a discrete distribution in constant time (Walker's alias method, built as by Vose 1991).</summary>
internal sealed class AliasTable
{
    private readonly double[] _accept;
    private readonly int[] _alias;

    /// <param name="weights">The weights: at least one, none negative, not all 0.</param>
    public AliasTable(ReadOnlySpan<double> weights)
    {
        _accept = new double[weights.Length];
        _alias = new int[weights.Length];
        var sum = 0.0;
        foreach (var weight in weights) sum += weight;

        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var i = 0; i < weights.Length; i++)
        {
            _accept[i] = weights[i] * weights.Length / sum;
            (_accept[i] < 1 ? small : large).Push(i);
        }

        Pair(small, large);
    }

    /// <summary>Draws an index with a probability proportional to its weight.</summary>
    public int Draw(ref SeededRandom random)
    {
        var place = random.NextDouble() * _accept.Length;
        var index = (int)place;
        return place - index < _accept[index] ? index : _alias[index];
    }

    private void Pair(Stack<int> small, Stack<int> large)
    {
        while (small.Count > 0 && large.Count > 0)
        {
            int low = small.Pop(), high = large.Pop();
            _alias[low] = high;
            _accept[high] -= 1 - _accept[low];
            (_accept[high] < 1 ? small : large).Push(high);
        }

        // What is left over is 1 up to rounding.
        foreach (var i in small) _accept[i] = 1;
        foreach (var i in large) _accept[i] = 1;
    }
}
