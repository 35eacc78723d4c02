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
        Summary = "Ranks by the blend of methods that tuning chose for the list's size.",
        Reads = null,
        Create = (settings, methods) => new AutoMethod(
            settings.Tuning?.Invoke() ?? throw new ArgumentException("This method needs the choice of a tuning.", nameof(settings)),
            settings.MinimumSeeds, settings.Seed, methods.Variant),
        Scorers = [BlendScorer.Format],
        NeedsTuning = true,
    };
}
