using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>The confidence that a user likes an item, from the weight of an interaction.</summary>
internal static class Confidences
{
    /// <summary>The confidence that a weight gives: 1 + ln w from 1 on, w itself below (both have slope 1 where they meet).</summary>
    public static float Of(float weight) => weight > 1 ? (float)(1 + PortableMath.Log(weight)) : weight;

    /// <summary>The confidences of some weights.</summary>
    public static void Of(ReadOnlySpan<float> weights, Span<float> confidences)
    {
        for (var i = 0; i < weights.Length; i++) confidences[i] = Of(weights[i]);
    }

    /// <summary>The same rows with confidences as weights; not copied if they are equal.</summary>
    public static SparseRows Of(SparseRows rows)
    {
        if (!rows.Weights.Span.ContainsAnyExceptInRange(float.MinValue, 1f)) return rows;
        var confidences = new float[rows.Weights.Length];
        Of(rows.Weights.Span, confidences);
        return rows with { Weights = confidences };
    }
}
