using Kindred.Networks.Mlp;
using Kindred.Tests.Numerics;

namespace Kindred.Tests.Scoring;

/// <summary>Networks of random numbers.</summary>
internal static class TestNetworks
{
    public static NetworkScorer Scorer(int dimension, ulong seed, params int[] units)
    {
        var layers = new List<DenseLayer>();
        var inputs = dimension + 1;
        foreach (var count in units)
        {
            layers.Add(new DenseLayer(TestNumbers.Array(count * inputs, seed * 10 + (ulong)layers.Count), TestNumbers.Array(count, seed * 10 + 5)));
            inputs = count;
        }

        return new NetworkScorer(new Network(
            TestNumbers.Array(dimension + 1, seed * 10 + 6), 0.5f, layers, units.Length == 0 ? [] : TestNumbers.Array(inputs, seed * 10 + 7)));
    }
}
