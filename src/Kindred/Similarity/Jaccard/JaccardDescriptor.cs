using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Similarity.Jaccard;

/// <summary>Describes <see cref="JaccardMethod"/>.</summary>
internal static class JaccardDescriptor
{
    /// <summary>The description.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "jaccard",
        Summary = "Ranks by the mean share of items in common with seeds.",
        Reads = UserInputs.Items,
        Create = (settings, _) => new JaccardMethod(new JaccardOptions { MinimumSeeds = settings.MinimumSeeds, Seed = settings.Seed }),
        Scorers = [JaccardScorer.Format],
    };
}
