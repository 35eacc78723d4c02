using Kindred.Catalog;
using Kindred.SeedModels;

namespace Kindred.App.Tuning;

/// <summary>Request of a method.</summary>
public sealed record MethodRequest
{
    /// <summary>The name of the method.</summary>
    public string Name { get; init; } = Methods.All.Default;

    /// <summary>Settings of the method.</summary>
    public MethodSettings Settings { get; init; } = new();

    /// <summary>Limits on the choices of a method that needs tuning.</summary>
    public AutoLimits Limits { get; init; } = new(Servable: false, MaxCost: null);
}
