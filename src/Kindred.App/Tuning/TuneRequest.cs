using Kindred.App.Seeds;
using Kindred.Tuning;

namespace Kindred.App.Tuning;

/// <summary>Request of a tuning.</summary>
public sealed record TuneRequest
{
    /// <summary>The folder of the population.</summary>
    public required string Population { get; init; }

    /// <summary>Seed lists that set the sizes of the pseudo lists; empty for all sizes.</summary>
    public SeedRequest? Seeds { get; init; }

    /// <summary>Allows an output of the same kind to be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>The options of tuning.</summary>
    public TuningOptions Options { get; init; } = new();
}
