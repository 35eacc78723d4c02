using Kindred.SeedModels;
using Kindred.SeedModels.Baselines;
using Kindred.SeedModels.Centroid;
using Kindred.SeedModels.FoldIn;
using Kindred.SeedModels.InformationValue;
using Kindred.SeedModels.Jaccard;
using Kindred.SeedModels.Linear;
using Kindred.SeedModels.Lsh;
using Kindred.SeedModels.Mlp;
using Kindred.SeedModels.Nearest;
using Kindred.SeedModels.Regression;
using Kindred.SeedModels.Ridge;
using Kindred.Tuning;

namespace Kindred.Tests.SeedModels;

/// <summary>A method as <see cref="MethodContractTests"/> try it: with settings at which all of it runs on a few hundred users.</summary>
internal sealed record MethodUnderTest(Func<IExpansionMethod> Create)
{
    /// <summary>Every method, a line each.</summary>
    public static IReadOnlyDictionary<string, MethodUnderTest> All { get; } = new MethodUnderTest[]
    {
        new(() => new MlpMethod(new MlpOptions { HiddenUnits = 16, HiddenFrom = 0, HiddenRegularization = 0.1, Epochs = 3, Patience = 3, LearningRate = 0.02 })) { NameMatters = true },
        new(() => new LinearMethod(new MlpOptions())),
        new(() => new FoldInMethod(new FoldInOptions())),
        new(() => new RidgeMethod(new RidgeOptions { Regularization = 10, PopularityExponent = 0.15 })),
        new(() => new RegressionMethod(new RegressionOptions())),
        new(() => new InformationValueMethod(new InformationValueOptions())),
        new(() => new JaccardMethod(new JaccardOptions { MaxSeeds = 60 })),
        new(() => new LshMethod(new LshOptions { Tables = 20 })),
        new(() => new CentroidMethod(new CentroidOptions())),
        new(() => new NearestMethod(new NearestOptions { MaxSeeds = 60 })) { NameMatters = true },
        new(() => new AutoMethod(new TuningChoice(false, 100, [new SizeBlend(0, [new("ridge-300", 1), new("linear-2.5", 2)], 9, 1, 9, 0.5)], 0.5, 0.4, 0.01), 25, 1)),
        new(() => new ActivityMethod()) { Learns = false },
        new(() => new RandomMethod(1)) { Learns = false, NameMatters = true },
    }.ToDictionary(method => method.Create().Name);

    /// <summary>Whether it learns from the seed list: then it is kept, refuses a small one, and is better than chance.</summary>
    public bool Learns { get; init; } = true;

    /// <summary>Whether chance keyed by the list's name has a part in it.</summary>
    public bool NameMatters { get; init; }
}
