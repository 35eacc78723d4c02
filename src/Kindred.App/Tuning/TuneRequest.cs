using Kindred.App.Seeds;
using Kindred.Tuning;

namespace Kindred.App.Tuning;

/// <summary>Request of a tuning.</summary>
public sealed record TuneRequest
{
    /// <summary>The folder of the population.</summary>
    public required string Population { get; init; }

    /// <summary>Seed lists whose sizes the pseudo lists should have; none for all sizes.</summary>
    public SeedRequest? Seeds { get; init; }

    /// <summary>Whether an output of the same kind may be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>How to tune.</summary>
    public TuningOptions Options { get; init; } = new();
}
