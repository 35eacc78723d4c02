using System.Globalization;
using Kindred.SeedModels.Centroid;
using Kindred.SeedModels.FoldIn;
using Kindred.SeedModels.InformationValue;
using Kindred.SeedModels.Linear;
using Kindred.SeedModels.Lsh;
using Kindred.SeedModels.Mlp;
using Kindred.SeedModels.Regression;
using Kindred.SeedModels.Ridge;

namespace Kindred.Tuning;

/// <summary>The methods and settings that tuning tries.</summary>
public static class BaseMethods
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<BaseMethod> All { get; } =
    [
        Linear(0.5), Linear(2.5), Linear(10),
        new("mlp", (minimum, seed) => new MlpMethod(new MlpOptions { MinimumSeeds = minimum, Seed = seed })),
        FoldIn(0.1), FoldIn(0.01),
        Ridge(50, 0), Ridge(300, 0), Ridge(1000, 0), Ridge(3000, 0), Ridge(300, 0.15),
        Regression(0.01), Regression(0.03), Regression(0.1), Regression(1),
        new("iv", (minimum, _) => new InformationValueMethod(new InformationValueOptions { MinimumSeeds = minimum })),
        new("lsh", (minimum, seed) => new LshMethod(new LshOptions { MinimumSeeds = minimum, Seed = seed })),
        new("centroid", (minimum, _) => new CentroidMethod(new CentroidOptions { MinimumSeeds = minimum })),
    ];

    /// <summary>The method of an id.</summary>
    /// <exception cref="KindredException">There is none.</exception>
    public static BaseMethod Get(string id) => All.FirstOrDefault(method => method.Id == id)
        ?? throw new KindredException(ErrorKind.BadInput,
            $"The tuning of the population uses '{id}', which this version does not know. Tune again with `kindred tune`.");

    private static BaseMethod Linear(double regularization) => new(Id("linear", regularization), (minimum, seed) =>
        new LinearMethod(new MlpOptions { RegularizationPerDimension = regularization, MinimumSeeds = minimum, Seed = seed }));

    private static BaseMethod FoldIn(double unobserved) => new(Id("foldin", unobserved), (minimum, _) =>
        new FoldInMethod(new FoldInOptions { UnobservedWeight = unobserved, MinimumSeeds = minimum }));

    private static BaseMethod Regression(double c) => new(Id("regression", c), (minimum, _) =>
        new RegressionMethod(new RegressionOptions { C = c, MinimumSeeds = minimum }));

    private static BaseMethod Ridge(double regularization, double exponent) => new(
        exponent == 0 ? Id("ridge", regularization) : Id("ridge", regularization) + Id("-p", exponent), (minimum, _) =>
        new RidgeMethod(new RidgeOptions { Regularization = regularization, PopularityExponent = exponent, MinimumSeeds = minimum }));

    private static string Id(string name, double setting) => $"{name}-{setting.ToString(CultureInfo.InvariantCulture)}";
}
