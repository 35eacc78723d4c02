using Kindred.Populations;
using Kindred.Sampling;
using Kindred.SeedLists;

namespace Kindred.SeedModels;

/// <summary>The number of rows of each kind that a training reads, and the seed of their choice.</summary>
internal readonly record struct TrainingSample(int MaxPositives, int MaxNegatives, ulong Seed)
{
    /// <summary>The candidates that the linear models of all lists learn from: the pool, or a sample of it that does not depend on any
    /// list.</summary>
    public CandidatePool SharedOf(CandidatePool pool) => pool.Sample(MaxNegatives, SampleKey.Of(Seed, UserHash.Of("shared negatives"u8)));

    /// <summary>The key of everything drawn for one list.</summary>
    public ulong KeyOf(SeedMatch seeds) => SampleKey.Of(Seed, UserHash.Of("training set"u8)).Then(HoldOut.ListKey(seeds.List.Id));

    /// <summary>A list's seeds, or a sample of them if there are too many.</summary>
    public TrainingRows PositivesOf(SeedMatch seeds, float[] seedWeights, Population population)
    {
        var all = new TrainingRows(seeds.Users.Count);
        for (var i = 0; i < seeds.Users.Count; i++)
        {
            all.Add(seeds.Users[i], UserHash.Of(population.UserId(seeds.Users[i])), seedWeights[i]);
        }

        return all.Sample(MaxPositives, KeyOf(seeds).Then(1));
    }

    /// <summary>The weights of a list's seeds, with zero for those who are not in <see cref="PositivesOf"/>.</summary>
    public float[] PositiveWeights(SeedMatch seeds, float[] seedWeights, Population population)
    {
        if (seeds.Users.Count <= MaxPositives) return seedWeights;
        var positives = PositivesOf(seeds, seedWeights, population);
        var taken = Enumerable.Range(0, positives.Count).Select(i => positives[i].User).ToHashSet();
        return [.. seeds.Users.Select((user, i) => taken.Contains(user) ? seedWeights[i] : 0)];
    }
}
