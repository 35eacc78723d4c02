using System.Globalization;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.LinearModels.Regression;

/// <summary>Describes <see cref="RegressionMethod"/>.</summary>
internal static class RegressionDescriptor
{
    /// <summary>The description.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "regression",
        Summary = "Logistic regression on items, the baseline of the act-alike post.",
        Reads = UserInputs.Items,
        Create = (settings, _) => new RegressionMethod(new RegressionOptions { MinimumSeeds = settings.MinimumSeeds }),
        Scorers = [ItemWeightsScorer.Format],
        Variants = [Variant(0.01), Variant(0.03), Variant(0.1), Variant(1)],
    };

    private static TuningVariant Variant(double c) => new(string.Create(CultureInfo.InvariantCulture, $"regression-{c}"), (minimum, _) =>
        new RegressionMethod(new RegressionOptions { C = c, MinimumSeeds = minimum }));
}
