using Kindred.SeedModels;
using Kindred.SeedModels.Baselines;
using Kindred.SeedModels.Centroid;
using Kindred.SeedModels.FoldIn;
using Kindred.SeedModels.Linear;
using Kindred.SeedModels.Lsh;
using Kindred.SeedModels.Mlp;
using Kindred.SeedModels.Nearest;
using Kindred.SeedModels.Ridge;

namespace Kindred.Cli.Jobs;

/// <summary>The methods by name.</summary>
internal static class Methods
{
    public const string Default = "mlp";

    private static readonly Dictionary<string, Func<MlpOptions, IExpansionMethod>> _methods = new(StringComparer.Ordinal)
    {
        ["mlp"] = mlp => new MlpMethod(mlp),
        ["linear"] = mlp => new LinearMethod(mlp),
        ["foldin"] = mlp => new FoldInMethod(new FoldInOptions { MinimumSeeds = mlp.MinimumSeeds }),
        ["ridge"] = mlp => new RidgeMethod(new RidgeOptions { MinimumSeeds = mlp.MinimumSeeds }),
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

    /// <exception cref="KindredException">There is no such method.</exception>
    public static IExpansionMethod Create(string name, MlpOptions options) => _methods.TryGetValue(name, out var create)
        ? create(options)
        : throw new KindredException(ErrorKind.Usage, $"There is no method '{name}'. Known are {string.Join(", ", Names)}.");
}
