using Kindred.Networks.Mlp;

namespace Kindred.Bench.Data;

/// <summary>Models with random weights, for users without activity.</summary>
internal static class BenchModels
{
    // Each model has its own range of streams: its linear part, then weights and biases of each layer, the output last.
    private const uint First = 1_000;
    private const uint StreamsPerModel = 16;

    private const float LargestBias = 0.1f;

    /// <summary>Creates models of one shape.</summary>
    public static NetworkScorer[] Create(ulong seed, int count, ModelShape shape) =>
        [.. Enumerable.Range(0, count).Select(model => new NetworkScorer(Network(new Source(seed, model), shape)))];

    private static Network Network(Source source, ModelShape shape)
    {
        // The last input is the activity, which these users do not have. Peers' networks have no linear part: here it is zero, but still
        // computed.
        float[] skip = [.. source.Uniform(0, shape.Dimension, shape.Hidden.Length == 0 ? 1 : 0), 0];
        var hidden = new List<DenseLayer>();
        for (var layer = 0; layer < shape.Hidden.Length; layer++)
        {
            var (inputs, units) = (layer == 0 ? shape.Dimension : shape.Hidden[layer - 1], shape.Hidden[layer]);
            var weights = source.Uniform(2 * (uint)layer + 1, units * inputs, Scale(inputs));
            var bias = source.Uniform(2 * (uint)layer + 2, units, LargestBias);
            hidden.Add(new DenseLayer(layer == 0 ? WithoutActivity(weights, units) : weights, bias));
        }

        var output = shape.Hidden.Length == 0 ? []
            : source.Uniform(2 * (uint)shape.Hidden.Length + 1, shape.Hidden[^1], Scale(shape.Hidden[^1]));
        return new Network(skip, 0, hidden, output);
    }

    /// <summary>Adds one input of weight zero to [units × inputs].</summary>
    private static float[] WithoutActivity(float[] weights, int units) =>
        [.. weights.Chunk(weights.Length / units).SelectMany(unit => unit.Append(0f))];

    private static float Scale(int inputs) => MathF.Sqrt(6f / inputs);

    private sealed record Source(ulong Seed, int Model)
    {
        public float[] Uniform(uint part, int count, float scale) =>
            BenchNumbers.Uniform(Seed, First + (uint)Model * StreamsPerModel + part, count, scale);
    }
}
