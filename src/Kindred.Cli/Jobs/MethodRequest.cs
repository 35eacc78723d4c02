using Kindred.SeedModels.Mlp;

namespace Kindred.Cli.Jobs;

/// <summary>Which method a command is asked to use.</summary>
internal sealed record MethodRequest
{
    public string Name { get; init; } = Methods.Default;

    public MlpOptions Mlp { get; init; } = new();

    /// <summary>What <see cref="Methods.Auto"/> may choose.</summary>
    public AutoLimits Limits { get; init; } = new(Servable: false, MaxCost: null);
}
