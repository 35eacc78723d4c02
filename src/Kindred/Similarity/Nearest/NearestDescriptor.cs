using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Similarity.Nearest;

/// <summary>Describes <see cref="NearestMethod"/>.</summary>
internal static class NearestDescriptor
{
    /// <summary>The description.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "nearest",
        Summary = "Ranks by the mean cosine with the seeds that are nearest to a user.",
        Reads = UserInputs.Embedding,
        Create = (settings, _) => new NearestMethod(new NearestOptions { MinimumSeeds = settings.MinimumSeeds, Seed = settings.Seed }),
        Scorers = [NearestScorer.Format],
        // It compares every user with every seed.
        IsSlow = true,
    };
}
