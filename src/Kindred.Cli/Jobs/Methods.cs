using Kindred.Cli.Terminal;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.SeedModels.Baselines;
using Kindred.SeedModels.Centroid;
using Kindred.SeedModels.FoldIn;
using Kindred.SeedModels.InformationValue;
using Kindred.SeedModels.Jaccard;
using Kindred.SeedModels.Linear;
using Kindred.SeedModels.Lsh;
using Kindred.SeedModels.Mlp;
using Kindred.SeedModels.Regression;
using Kindred.SeedModels.Nearest;
using Kindred.SeedModels.Ridge;
using Kindred.Tuning;

namespace Kindred.Cli.Jobs;

/// <summary>The methods by name.</summary>
internal static class Methods
{
    public const string Default = "mlp";

    /// <summary>The blend that tuning chose.</summary>
    public const string Auto = "auto";

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
    public static IReadOnlyList<string> Names { get; } = [.. _methods.Keys, Auto];

    /// <summary>Those that learn nothing from a seed list.</summary>
    public static IReadOnlyList<string> Untrained { get; } = ["activity", "random"];

    /// <summary>Those that the settings of a network concern.</summary>
    public static IReadOnlyList<string> ReadsMlpOptions { get; } = ["mlp", "linear"];

    /// <summary>A method by its name; one that is tuned needs the population and the lists too.</summary>
    /// <param name="request">Which.</param>
    /// <param name="folder">The population's folder.</param>
    /// <param name="population">The population, opened.</param>
    /// <param name="country">The target country, or null for everybody.</param>
    /// <param name="lists">The users that will be trained on.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="screen">Says what is going on.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="KindredException">There is no such method.</exception>
    public static IExpansionMethod Create(
        MethodRequest request, string folder, Population population, string? country, IReadOnlyList<SeedMatch> lists, int threads,
        Screen screen, CancellationToken cancellation)
    {
        if (request.Name != Auto) return Create(request.Name, request.Mlp);
        var options = new TuningOptions { MinimumSeeds = request.Mlp.MinimumSeeds, Seed = request.Mlp.Seed, Threads = threads };
        return TuneJob.Auto(folder, population, country, lists, request.Limits, options, screen, cancellation);
    }

    private static IExpansionMethod Create(string name, MlpOptions options) => _methods.TryGetValue(name, out var create)
        ? create(options)
        : throw new KindredException(ErrorKind.Usage, $"There is no method '{name}'. Known are {string.Join(", ", Names)}.");
}
