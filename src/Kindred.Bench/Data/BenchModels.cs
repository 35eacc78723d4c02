using Kindred.SeedModels.Mlp;

namespace Kindred.Bench.Data;

/// <summary>Models with random weights, for users without activity.</summary>
internal static class BenchModels
{
    // Each model has a range of streams for itself: its linear part, then weights and biases of each layer, the output last.
    private const uint First = 1_000;
    private const uint StreamsPerModel = 16;

    private const float LargestBias = 0.1f;

    /// <summary>Models of one shape.</summary>
    public static NetworkScorer[] Create(ulong seed, int count, NetworkShape shape) =>
        [.. Enumerable.Range(0, count).Select(model => new NetworkScorer(Network(new Source(seed, model), shape)))];

    private static Network Network(Source source, NetworkShape shape)
    {
        // The last input is the activity, which these users do not have. Peers' networks have no linear part: it is zero there, and computed.
        float[] skip = [.. source.Uniform(0, shape.Dimension, shape.Hidden.Length == 0 ? 1 : 0), 0];
        if (shape.Hidden.Length == 0) return new Network(skip, 0, [], [], []);
        var hidden = new float[shape.Hidden[0] * (shape.Dimension + 1)];
        var weights = source.Uniform(1, shape.Hidden[0] * shape.Dimension, Scale(shape.Dimension));
        for (var unit = 0; unit < shape.Hidden[0]; unit++)
        {
            weights.AsSpan(unit * shape.Dimension, shape.Dimension).CopyTo(hidden.AsSpan(unit * (shape.Dimension + 1)));
        }

        return new Network(skip, 0, hidden, source.Uniform(2, shape.Hidden[0], LargestBias), source.Uniform(3, shape.Hidden[^1], Scale(shape.Hidden[^1])));
    }

    private static float Scale(int inputs) => MathF.Sqrt(6f / inputs);

    private sealed record Source(ulong Seed, int Model)
    {
        public float[] Uniform(uint part, int count, float scale) =>
            BenchNumbers.Uniform(Seed, First + (uint)Model * StreamsPerModel + part, count, scale);
    }
}
