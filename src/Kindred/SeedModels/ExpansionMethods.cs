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

namespace Kindred.SeedModels;

/// <summary>The methods that score users, by name.</summary>
public static class ExpansionMethods
{
    private static readonly Dictionary<string, Func<MlpOptions, IExpansionMethod>> _methods = new(StringComparer.Ordinal)
    {
        ["mlp"] = mlp => new MlpMethod(mlp),
        ["linear"] = mlp => new LinearMethod(mlp),
        ["foldin"] = mlp => new FoldInMethod(new FoldInOptions { MinimumSeeds = mlp.MinimumSeeds }),
        ["ridge"] = mlp => new RidgeMethod(new RidgeOptions { MinimumSeeds = mlp.MinimumSeeds }),
        ["regression"] = mlp => new RegressionMethod(new RegressionOptions { MinimumSeeds = mlp.MinimumSeeds }),
        ["iv"] = mlp => new InformationValueMethod(new InformationValueOptions { MinimumSeeds = mlp.MinimumSeeds }),
        ["jaccard"] = mlp => new JaccardMethod(new JaccardOptions { MinimumSeeds = mlp.MinimumSeeds, Seed = mlp.Seed }),
        ["lsh"] = mlp => new LshMethod(new LshOptions { MinimumSeeds = mlp.MinimumSeeds, Seed = mlp.Seed }),
        ["centroid"] = mlp => new CentroidMethod(new CentroidOptions { MinimumSeeds = mlp.MinimumSeeds }),
        ["nearest"] = mlp => new NearestMethod(new NearestOptions { MinimumSeeds = mlp.MinimumSeeds, Seed = mlp.Seed }),
        ["activity"] = _ => new ActivityMethod(),
        ["random"] = mlp => new RandomMethod(mlp.Seed),
    };

    /// <summary>All names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _methods.Keys];

    /// <summary>Those that learn nothing from a seed list.</summary>
    public static IReadOnlyList<string> Untrained { get; } = ["activity", "random"];

    /// <summary>A method by its name, or null if there is none.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">Settings of networks, of which other methods read the fewest seeds and the seed of chance.</param>
    public static IExpansionMethod? Find(string name, MlpOptions options) => _methods.TryGetValue(name, out var create) ? create(options) : null;
}
