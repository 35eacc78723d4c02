using Kindred.App.Seeds;
using Kindred.App.Tuning;
using Kindred.Evaluation;

namespace Kindred.App.Evaluation;

/// <summary>Request of reach curves.</summary>
public sealed record ReachRequest
{
    /// <summary>The folder of the population.</summary>
    public required string Population { get; init; }

    /// <summary>The seed lists.</summary>
    public required SeedRequest Seeds { get; init; }

    /// <summary>The method.</summary>
    public MethodRequest Method { get; init; } = new();

    /// <summary>The measurement options.</summary>
    public ReachOptions Reach { get; init; } = new();
}
