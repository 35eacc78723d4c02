using Kindred.SeedModels;
using Kindred.SeedModels.Baselines;
using Kindred.SeedModels.Mlp;

namespace Kindred.Cli.Jobs;

/// <summary>The methods by name.</summary>
internal static class Methods
{
    public const string Default = "mlp";

    public static IReadOnlyList<string> Names { get; } = ["mlp", "activity", "random"];

    /// <exception cref="KindredException">There is no such method.</exception>
    public static IExpansionMethod Create(string name, MlpOptions options) => name switch
    {
        "mlp" => new MlpMethod(options),
        "activity" => new ActivityMethod(),
        "random" => new RandomMethod(options.Seed),
        _ => throw new KindredException(ErrorKind.Usage, $"There is no method '{name}'. Known are {string.Join(", ", Names)}."),
    };
}
