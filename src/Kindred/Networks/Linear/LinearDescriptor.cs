using System.Globalization;
using Kindred.Networks.Mlp;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Networks.Linear;

/// <summary>Describes <see cref="LinearMethod"/>.</summary>
internal static class LinearDescriptor
{
    /// <summary>The description.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "linear",
        Summary = "Logistic regression on embedding and activity, for lists of any size.",
        Reads = UserInputs.Embedding | UserInputs.Activity,
        Create = (settings, _) => new LinearMethod(OptionsOf(settings)),
        Options = MlpDescriptor.LinearOptions,

        // Manifests record the settings of the network whose linear part this is.
        Record = settings => MlpDescriptor.Record(OptionsOf(settings)),
        Scorers = NetworkScorer.Formats,
        StartsFromPreviousModel = true,
        Variants = [Variant(0.5), Variant(2.5), Variant(10)],
        TuningOrder = 0,
    };

    private static MlpOptions OptionsOf(MethodSettings settings) => MlpDescriptor.OptionsOf(settings with
    {
        Values = settings.Values.Where(pair => MlpDescriptor.LinearOptions.Any(option => option.Name == pair.Key)).ToDictionary(),
    });

    private static TuningVariant Variant(double regularization) =>
        new(string.Create(CultureInfo.InvariantCulture, $"linear-{regularization}"), (minimum, seed) =>
        new LinearMethod(new MlpOptions { RegularizationPerDimension = regularization, MinimumSeeds = minimum, Seed = seed }));
}
