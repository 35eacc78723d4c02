using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Similarity.Centroid;

/// <summary>Describes <see cref="CentroidMethod"/>.</summary>
internal static class CentroidDescriptor
{
    /// <summary>The description.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "centroid",
        Summary = "Ranks by the cosine with the direction from the candidates' mean embedding to the seeds' mean.",
        Reads = UserInputs.Embedding,
        Create = (settings, _) => new CentroidMethod(new CentroidOptions { MinimumSeeds = settings.MinimumSeeds }),
        Scorers = [EmbeddingDotScorer.Format],
        Variants = [new("centroid", (minimum, _) => new CentroidMethod(new CentroidOptions { MinimumSeeds = minimum }))],
    };
}
