using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Similarity.Nearest;

/// <summary>Ranks users by the mean cosine with the seeds that are nearest to them, weighted by sample weights.</summary>
/// <remarks>The mean of a mixed list can be unlike all of its users; its nearest seeds are still like a user. Seeds with weight 0 or
/// without an embedding are left out.</remarks>
public sealed class NearestMethod(NearestOptions options) : IExpansionMethod
{
    /// <inheritdoc/>
    public string Name => "nearest";

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default)
    {
        seeds.RequireAtLeast(options.MinimumSeeds);
        var population = context.Population;
        var all = new TrainingRows(seeds.Users.Count);
        for (var s = 0; s < seeds.Users.Count; s++)
        {
            if (seedWeights[s] == 0 || UserEmbeddings.Length(population.EmbeddingOf(seeds.Users[s])) == 0) continue;
            all.Add(seeds.Users[s], UserHash.Of(population.UserId(seeds.Users[s])), seedWeights[s]);
        }

        var sample =
            all.Sample(options.MaxSeeds, SampleKey.Of(options.Seed, UserHash.Of("nearest seeds"u8)).Then(HoldOut.ListKey(seeds.List.Id)));
        var dimension = population.Dimension;
        var vectors = new float[sample.Count * dimension];
        var weights = new float[sample.Count];
        for (var s = 0; s < sample.Count; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            (var user, weights[s]) = sample[s];
            var embedding = population.EmbeddingOf(user);
            var length = UserEmbeddings.Length(embedding);
            for (var k = 0; k < dimension; k++) vectors[s * dimension + k] = (float)(embedding[k] / length);
        }

        return new SeedModel(new NearestScorer(vectors, weights, dimension, options.Neighbours), new Dictionary<string, double>
        {
            ["positives"] = seeds.Users.Count,
            ["compared_with"] = sample.Count,
        });
    }
}
