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
        Summary = "Gives the seed list the embedding of an item with its users, and ranks by the product with it.",
        Reads = UserInputs.Embedding,
        Create = (settings, _) => new FoldInMethod(new FoldInOptions { MinimumSeeds = settings.MinimumSeeds }),
        Scorers = [EmbeddingDotScorer.Format],
        Variants = [Variant(0.1), Variant(0.01)],
    };

    private static TuningVariant Variant(double unobserved) =>
        new(string.Create(CultureInfo.InvariantCulture, $"foldin-{unobserved}"), (minimum, _) =>
        new FoldInMethod(new FoldInOptions { UnobservedWeight = unobserved, MinimumSeeds = minimum }));
}
