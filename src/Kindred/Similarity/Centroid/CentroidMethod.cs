using System.Runtime.CompilerServices;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Similarity.Centroid;

/// <summary>Ranks users by the cosine with one direction: from the mean of the candidates to the weighted mean of the seeds, all at unit
/// length.</summary>
public sealed class CentroidMethod(CentroidOptions options) : IExpansionMethod
{
    // All lists share the mean of a context's candidates.
    private readonly ConditionalWeakTable<CandidatePool, Lazy<double[]>> _candidates = [];

    /// <inheritdoc/>
    public string Name => "centroid";

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default)
    {
        seeds.RequireAtLeast(options.MinimumSeeds);
        var (population, pool) = (context.Population, context.Pool);
        var direction = Mean(population, seeds.Users, seedWeights);
        if (options.SubtractCandidates)
        {
            var everybody = _candidates.GetValue(pool, _ => new Lazy<double[]>(() => Mean(population, pool.Users, null))).Value;
            for (var k = 0; k < direction.Length; k++) direction[k] -= everybody[k];
        }

        var square = 0.0;
        foreach (var value in direction) square += value * value;
        var scale = square > 0 ? 1 / Math.Sqrt(square) : 0;
        return new SeedModel(
            new EmbeddingDotScorer(Array.ConvertAll(direction, value => (float)(value * scale)), unitLength: true),
            new Dictionary<string, double> { ["positives"] = seeds.Users.Count });
    }

    /// <summary>The weighted mean of users' embeddings at unit length; those without one count as zeros.</summary>
    private static double[] Mean(Population population, IReadOnlyList<UserRow> users, float[]? weights)
    {
        var sum = new double[population.Dimension];
        var total = 0.0;
        for (var i = 0; i < users.Count; i++)
        {
            double weight = weights is null ? 1 : weights[i];
            total += weight;
            var embedding = population.EmbeddingOf(users[i]);
            var length = UserEmbeddings.Length(embedding);
            if (length == 0) continue;
            for (var k = 0; k < sum.Length; k++) sum[k] += weight * (embedding[k] / length);
        }

        return total > 0 ? Array.ConvertAll(sum, value => value / total) : sum;
    }
}
