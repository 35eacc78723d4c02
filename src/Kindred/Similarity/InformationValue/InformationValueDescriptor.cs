using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Similarity.InformationValue;

/// <summary>Describes <see cref="InformationValueMethod"/>.</summary>
internal static class InformationValueDescriptor
{
    /// <summary>The description.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "iv",
        Summary = "Adds up the information values of a user's items that seeds have more often than candidates.",
        Reads = UserInputs.Items,
        Create = (settings, _) => new InformationValueMethod(new InformationValueOptions { MinimumSeeds = settings.MinimumSeeds }),
        Scorers = [ItemWeightsScorer.Format],
        Variants = [new("iv", (minimum, _) => new InformationValueMethod(new InformationValueOptions { MinimumSeeds = minimum }))],
    };
}
