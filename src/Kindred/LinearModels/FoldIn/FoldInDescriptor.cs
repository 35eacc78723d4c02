using System.Globalization;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.LinearModels.FoldIn;

/// <summary>Describes <see cref="FoldInMethod"/>.</summary>
internal static class FoldInDescriptor
{
    /// <summary>The description.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "foldin",
        Summary = "The product with the embedding that an item with the list's users would have had.",
        Reads = UserInputs.Embedding,
        Create = (settings, _) => new FoldInMethod(new FoldInOptions { MinimumSeeds = settings.MinimumSeeds }),
        Scorers = [EmbeddingDotScorer.Format],
        Variants = [Variant(0.1), Variant(0.01)],
    };

    private static TuningVariant Variant(double unobserved) => new(string.Create(CultureInfo.InvariantCulture, $"foldin-{unobserved}"), (minimum, _) =>
        new FoldInMethod(new FoldInOptions { UnobservedWeight = unobserved, MinimumSeeds = minimum }));
}
