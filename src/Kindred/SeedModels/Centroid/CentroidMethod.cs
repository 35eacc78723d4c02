using Kindred.Scoring;
using Kindred.SeedLists;

namespace Kindred.SeedModels.Centroid;

/// <summary>Ranks users by the cosine with the mean of the seeds' embeddings at unit length, weighted by sample weights.</summary>
public sealed class CentroidMethod(CentroidOptions options) : IExpansionMethod
{
    /// <inheritdoc/>
    public string Name => "centroid";

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default)
    {
        seeds.RequireAtLeast(options.MinimumSeeds);
        var sum = new double[context.Population.Dimension];
        for (var s = 0; s < seeds.Users.Count; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            var user = context.Population.EmbeddingOf(seeds.Users[s]);
            var length = UserEmbeddings.Length(user);
            if (length == 0) continue;
            for (var k = 0; k < sum.Length; k++) sum[k] += seedWeights[s] * (user[k] / length);
        }

        var square = 0.0;
        foreach (var value in sum) square += value * value;
        var scale = square > 0 ? 1 / Math.Sqrt(square) : 0;
        return new SeedModel(
            new EmbeddingDotScorer(Array.ConvertAll(sum, value => (float)(value * scale)), unitLength: true),
            new Dictionary<string, double> { ["positives"] = seeds.Users.Count });
    }
}
