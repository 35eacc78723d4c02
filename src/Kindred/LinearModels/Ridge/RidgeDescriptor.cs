using System.Globalization;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.LinearModels.Ridge;

/// <summary>Describes <see cref="RidgeMethod"/>.</summary>
internal static class RidgeDescriptor
{
    /// <summary>The description.</summary>
    public static MethodDescriptor Value { get; } = new()
    {
        Name = "ridge",
        Summary = "Ridge regression on items, with the seed list as one more item.",
        Reads = UserInputs.Items,
        Create = (settings, _) => new RidgeMethod(new RidgeOptions { MinimumSeeds = settings.MinimumSeeds }),
        Scorers = [ItemWeightsScorer.Format],
        Variants = [Variant(50, 0), Variant(300, 0), Variant(1000, 0), Variant(3000, 0), Variant(300, 0.15)],
    };

    private static TuningVariant Variant(double regularization, double exponent) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"ridge-{regularization}{(exponent == 0 ? "" : $"-p-{exponent.ToString(CultureInfo.InvariantCulture)}")}"), (minimum, _) =>
        new RidgeMethod(new RidgeOptions { Regularization = regularization, PopularityExponent = exponent, MinimumSeeds = minimum }));
}
