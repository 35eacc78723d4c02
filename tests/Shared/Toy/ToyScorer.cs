using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Tests.Toy;

/// <summary>Scores users by their cosines with the seeds' embeddings, which are the scorer's parameters.</summary>
internal sealed class ToyScorer(float[] seeds, int dimension, float sharpness, bool onlyAlike, bool averages) : IStoredScorer
{
    /// <summary>The storage format of this scorer.</summary>
    public static ScorerFormat Format { get; } = ScorerFormat.Of("toy", stored => new ToyScorer(
        stored.Values("seeds"), (int)stored.Values("dimension")[0], stored.Values("sharpness")[0],
        stored.Setting("only_alike") == "true", stored.Setting("averages") == "true")) with
    {
        HoldsSeeds = true,
    };

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding;

    /// <inheritdoc/>
    public double CostPerPair => seeds.Length;

    /// <inheritdoc/>
    public ScorerParameters Parameters => new("toy")
    {
        Settings = new Dictionary<string, string>
        {
            ["only_alike"] = onlyAlike ? "true" : "false",
            ["averages"] = averages ? "true" : "false",
        },
        Tensors =
        [
            new("seeds", [seeds.Length / dimension, dimension], seeds), new("dimension", [1], [dimension]),
            new("sharpness", [1], [sharpness]),
        ],
    };

    /// <inheritdoc/>
    public void Score(UserTile users, Span<float> scores)
    {
        Span<float> user = stackalloc float[dimension];
        for (var i = 0; i < users.Count; i++)
        {
            Normalize(users.Shard.Embeddings.Span.Slice(users.Rows[i] * dimension, dimension), user);
            var sum = 0.0;
            for (var s = 0; s < seeds.Length; s += dimension)
            {
                var cosine = 0.0;
                for (var k = 0; k < dimension; k++) cosine += (double)seeds[s + k] * user[k];
                if (cosine > 0 || !onlyAlike) sum += Math.Sign(cosine) * Math.Pow(Math.Abs(cosine), sharpness);
            }

            scores[i] = (float)(averages ? sum * dimension / seeds.Length : sum);
        }
    }

    /// <summary>Writes an embedding scaled to unit length; a zero embedding stays zero.</summary>
    public static void Normalize(ReadOnlySpan<float> embedding, Span<float> unit)
    {
        var square = 0.0;
        foreach (var value in embedding) square += (double)value * value;
        for (var k = 0; k < embedding.Length; k++) unit[k] = square > 0 ? (float)(embedding[k] / Math.Sqrt(square)) : 0;
    }
}
