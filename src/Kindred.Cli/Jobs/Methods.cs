using Kindred.Cli.Terminal;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.SeedModels.Blend;
using Kindred.SeedModels.Mlp;
using Kindred.Tuning;

namespace Kindred.Cli.Jobs;

/// <summary>The methods by name.</summary>
internal static class Methods
{
    public const string Default = "mlp";

    /// <summary>The blend that tuning chose.</summary>
    public const string Auto = "auto";

    private static readonly Dictionary<string, Func<MlpOptions, ISetMethod>> _setMethods = new(StringComparer.Ordinal)
    {
        ["blend"] = mlp => new RoundRobinBlend(ExpansionMethods.Find("regression", mlp)!, ExpansionMethods.Find("lsh", mlp)!, new BlendOptions()),
    };

    /// <summary>All names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ExpansionMethods.Names, .. _setMethods.Keys, Auto];

    /// <summary>Those that learn nothing from a seed list.</summary>
    public static IReadOnlyList<string> Untrained => ExpansionMethods.Untrained;

    /// <summary>Those that the settings of a network concern.</summary>
    public static IReadOnlyList<string> ReadsMlpOptions { get; } = ["mlp", "linear"];

    /// <summary>A method by its name; one that is tuned needs the population and the lists too.</summary>
    /// <param name="request">Which.</param>
    /// <param name="folder">The population's folder.</param>
    /// <param name="population">The population, opened.</param>
    /// <param name="country">The target country, or null for everybody.</param>
    /// <param name="lists">Of each list, users that a method may be chosen on: never those who are looked for later.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="screen">Says what is going on.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="KindredException">There is no such method.</exception>
    public static IMethod Create(
        MethodRequest request, string folder, Population population, string? country, IReadOnlyList<SeedMatch> lists, int threads,
        Screen screen, CancellationToken cancellation)
    {
        if (ExpansionMethods.Find(request.Name, request.Mlp) is { } method) return method;
        if (_setMethods.TryGetValue(request.Name, out var createSet)) return createSet(request.Mlp);
        if (request.Name != Auto) throw new KindredException(ErrorKind.Usage, $"There is no method '{request.Name}'. Known are {string.Join(", ", Names)}.");
        var options = new TuningOptions { MinimumSeeds = request.Mlp.MinimumSeeds, Seed = request.Mlp.Seed, Threads = threads };
        return TuneJob.Auto(folder, population, country, lists, request.Limits, options, screen, cancellation);
    }

    /// <summary>Throws unless models of a method can be trained and kept.</summary>
    /// <exception cref="KindredException">It learns nothing, or has no score per user.</exception>
    public static void RequireTrainable(MethodRequest request)
    {
        if (Untrained.Contains(request.Name))
        {
            throw new KindredException(ErrorKind.Usage,
                $"Method '{request.Name}' has no parameters, so there is nothing to train or to keep. It is there to compare with: use it with `kindred evaluate`.");
        }

        if (!_setMethods.TryGetValue(request.Name, out var create)) return;
        var parts = create(request.Mlp).Parts.Select(part => $"--method {part.Name}");
        throw new KindredException(ErrorKind.Usage,
            $"Method '{request.Name}' has no score per user: it takes users from the rankings of its parts in turn, so there is no model of it to keep. " +
            $"Train one of its parts ({string.Join(" or ", parts)}) or another method, or measure it with `kindred evaluate --method {request.Name}`.");
    }
}
