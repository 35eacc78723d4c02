using Kindred.Catalog;
using Kindred.SeedModels;

namespace Kindred.App.Tuning;

/// <summary>Request of a method.</summary>
public sealed record MethodRequest
{
    /// <summary>The name.</summary>
    public string Name { get; init; } = Methods.All.Default;

    /// <summary>Settings of the method.</summary>
    public MethodSettings Settings { get; init; } = new();

    /// <summary>Limits of what a method that needs tuning may choose.</summary>
    public AutoLimits Limits { get; init; } = new(Servable: false, MaxCost: null);
}
