using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Baselines;

/// <summary>Describes <see cref="ActivityMethod"/>.</summary>
internal static class ActivityDescriptor
{
    /// <summary>The description.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "activity",
        Summary = "Ranks users by the number of their interactions, for every seed list alike.",
        Reads = UserInputs.Activity,
        Create = (_, _) => new ActivityMethod(),
        IsTrained = false,
    };
}
