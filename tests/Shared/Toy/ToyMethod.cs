using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Tests.Toy;

/// <summary>A method that exists only in tests. It ranks users by the mean of a power of their cosines with the seeds.</summary>
internal sealed class ToyMethod(ToyOptions options, bool averages, int minimumSeeds) : IExpansionMethod
{
    /// <inheritdoc/>
    public string Name => "toy";

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default)
    {
        seeds.RequireAtLeast(minimumSeeds);
        var (population, dimension) = (context.Population, context.Population.Dimension);
        var compared = Math.Min(seeds.Users.Count, options.MostCompared);
        var units = new float[compared * dimension];
        for (var s = 0; s < compared; s++)
        {
            var (shard, row) = seeds.Users[s];
            ToyScorer.Normalize(population.Shards[shard].Embeddings.Span.Slice(row * dimension, dimension), units.AsSpan(s * dimension));
        }

        var scorer = new ToyScorer(units, dimension, (float)options.Sharpness, options.OnlyAlike, averages);
        return new SeedModel(scorer, new Dictionary<string, double> { ["positives"] = compared });
    }
}
