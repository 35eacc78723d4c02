using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Similarity.Jaccard;

/// <summary>Ranks users by the share of items that they have in common with seeds: the mean of |A ∩ B| / |A ∪ B| over the seeds.</summary>
/// <remarks>
/// Seeds count with their sample weights. For a large list, a sample of its seeds is used, which depends on the sample's seed and on the
/// users, not on the list's name.
/// </remarks>
public sealed class JaccardMethod(JaccardOptions options) : IExpansionMethod
{
    /// <inheritdoc/>
    public string Name => "jaccard";

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Items;

    /// <inheritdoc/>
    public SeedModel Train(SeedMatch seeds, float[] seedWeights, TrainingContext context, CancellationToken cancellation = default)
    {
        seeds.RequireAtLeast(options.MinimumSeeds);
        var (population, items) = (context.Population, context.Items);
        var all = new TrainingRows(seeds.Users.Count);
        for (var i = 0; i < seeds.Users.Count; i++)
        {
            all.Add(seeds.Users[i], UserHash.Of(population.UserId(seeds.Users[i])), seedWeights[i]);
        }

        var sample = all.Sample(options.MaxSeeds, SampleKey.Of(options.Seed, UserHash.Of("jaccard seeds"u8)));
        var index = SeedItems.Of(population, [.. Enumerable.Range(0, sample.Count).OrderBy(i => sample.Hashes[i]).Select(i => sample[i])]);

        // One step per seed, and one per seed and shared item.
        double steps = 0;
        for (var item = 0; item < items.Items; item++) steps += (double)items.UsersOf(item).Length * index.SeedsOf(item).Length;
        return new SeedModel(new JaccardScorer(index, (float)(sample.Count + steps / items.Users)), new Dictionary<string, double>
        {
            ["positives"] = sample.Count,
        });
    }
}
