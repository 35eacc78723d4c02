using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Similarity.Lsh;

/// <summary>Describes <see cref="LshMethod"/>.</summary>
internal static class LshDescriptor
{
    /// <summary>The description.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "lsh",
        Summary = "Ranks by the density of seeds in a user's regions of locality-sensitive hashing.",
        Reads = UserInputs.Embedding | UserInputs.Activity,
        Create = (settings, _) => Create(settings.MinimumSeeds, settings.Seed),
        Scorers = [LshScorer.Format],
        Variants = [new("lsh", Create)],
    };

    private static LshMethod Create(int minimum, ulong seed) => new(new LshOptions { MinimumSeeds = minimum, Seed = seed });
}
