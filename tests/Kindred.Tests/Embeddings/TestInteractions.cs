using Kindred.Embeddings;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Embeddings;

/// <summary>Small interaction matrices.</summary>
internal static class TestInteractions
{
    /// <summary>A matrix of the given weights. 0 means no interaction. Users are u000, u001, …, items are i000, i001, ….</summary>
    public static InteractionMatrix Of(float[][] weights, int items)
    {
        var starts = new List<long> { 0 };
        var columns = new List<int>();
        var values = new List<float>();
        foreach (var row in weights)
        {
            for (var item = 0; item < row.Length; item++)
            {
                if (row[item] == 0) continue;
                columns.Add(item);
                values.Add(row[item]);
            }

            starts.Add(columns.Count);
        }

        return new InteractionMatrix(
            TestPopulation.Sorted(weights.Select((_, i) => $"u{i:000}")), TestPopulation.Sorted(Enumerable.Range(0, items).Select(i => $"i{i:000}")),
            new SparseRows(starts.ToArray(), columns.ToArray(), values.ToArray()));
    }

    /// <summary>Users of two tastes with weights from below 1 to far above. Every tenth user has no interactions.</summary>
    public static InteractionMatrix Random(int users, int items, ulong seed)
    {
        var random = new SeededRandom(seed);
        var weights = new float[users][];
        for (var u = 0; u < users; u++)
        {
            weights[u] = new float[items];
            for (var item = 0; item < items && u % 10 != 9; item++)
            {
                if (random.NextInt32(item % 2 == u % 2 ? 3 : 12) == 0) weights[u][item] = new[] { 0.25f, 1, 1, 3, 40 }[random.NextInt32(5)];
            }
        }

        return Of(weights, items);
    }
}
