using Kindred.Blends;
using Kindred.SeedModels;

namespace Kindred.Tuning;

/// <summary>Describes <see cref="AutoMethod"/>.</summary>
internal static class AutoDescriptor
{
    /// <summary>The description.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "auto",
        Summary = "The blend of methods that tuning chose for a list's size.",
        Reads = null,
        Create = (settings, methods) => new AutoMethod(
            settings.Tuning?.Invoke() ?? throw new ArgumentException("This method needs what tuning chose.", nameof(settings)),
            settings.MinimumSeeds, settings.Seed, methods.Variant),
        Scorers = [BlendScorer.Format],

        // Its parts may.
        HoldsSeeds = true,
        NeedsTuning = true,
    };
}
