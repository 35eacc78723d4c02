using Kindred.Populations;

namespace Kindred.SeedModels;

/// <summary>The embedding of one user.</summary>
internal static class UserEmbeddings
{
    /// <summary>[dimension] as stored.</summary>
    public static ReadOnlySpan<float> EmbeddingOf(this Population population, UserRow user) =>
        population.Shards[user.Shard].Embeddings.Span.Slice(user.Row * population.Dimension, population.Dimension);

    /// <summary>Its Euclidean length.</summary>
    public static double Length(ReadOnlySpan<float> embedding)
    {
        var square = 0.0;
        foreach (var value in embedding) square += (double)value * value;
        return Math.Sqrt(square);
    }
}
