using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Baselines;

/// <summary>Describes <see cref="RandomMethod"/>.</summary>
internal static class RandomDescriptor
{
    /// <summary>The description.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "random",
        Summary = "Ranks users at random.",
        Reads = UserInputs.None,
        Create = (settings, _) => new RandomMethod(settings.Seed),
        IsTrained = false,
    };
}
