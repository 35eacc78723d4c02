using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Similarity.Jaccard;

/// <summary>Ranks users by how many of their items they share with seeds: the mean of |A ∩ B| / |A ∪ B| over the seeds.</summary>
/// <remarks>
/// Seeds count with their sample weights. Which seeds a large list is compared by depends on the seed of the sample and on the
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

        // A step for each seed, and one for each that shares an item, once an item.
        double steps = 0;
        for (var item = 0; item < items.Items; item++) steps += (double)items.UsersOf(item).Length * index.SeedsOf(item).Length;
        return new SeedModel(new JaccardScorer(index, (float)(sample.Count + steps / items.Users)), new Dictionary<string, double>
        {
            ["positives"] = sample.Count,
        });
    }
}
