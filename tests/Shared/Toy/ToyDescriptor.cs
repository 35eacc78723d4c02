using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Tests.Toy;

/// <summary>Describes <see cref="ToyMethod"/>. A new method needs only its folder and one line that adds it.</summary>
internal static class ToyDescriptor
{
    private static readonly MethodOption _sharpness = MethodOption.Of<ToyOptions>(
        nameof(ToyOptions.Sharpness), "The power to which cosines are raised.");

    private static readonly MethodOption _mostCompared = MethodOption.Of<ToyOptions>(
        nameof(ToyOptions.MostCompared), "The maximum number of seeds that users are compared with.", "users");

    private static readonly MethodOption _onlyAlike = MethodOption.Of<ToyOptions>(
        nameof(ToyOptions.OnlyAlike), "Count only seeds that a user is like.");

    private static readonly MethodOption _total = new("total", MethodOptionKind.Choice)
    {
        Description = "The aggregation of the powers to a score.",
        Choices = ["mean", "sum"],
        Default = "mean",
    };

    /// <summary>The method's descriptor.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "toy",
        Summary = "The mean of a power of the cosines with the seeds.",
        Reads = UserInputs.Embedding,
        Create = (settings, _) => new ToyMethod(
            new ToyOptions
            {
                Sharpness = settings.Get<double>(_sharpness),
                MostCompared = settings.Get<int>(_mostCompared),
                OnlyAlike = settings.Get<bool>(_onlyAlike),
            },
            settings.Get<string>(_total) == "mean",
            settings.MinimumSeeds),
        Options = [_sharpness, _mostCompared, _onlyAlike, _total],
        Scorers = [ToyScorer.Format],
    };
}
