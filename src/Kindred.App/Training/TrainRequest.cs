using Kindred.App.Seeds;
using Kindred.App.Tuning;

namespace Kindred.App.Training;

/// <summary>Request of a training.</summary>
public sealed record TrainRequest
{
    /// <summary>The folder of the population.</summary>
    public required string Population { get; init; }

    /// <summary>The lists to train on.</summary>
    public required SeedRequest Seeds { get; init; }

    /// <summary>The folder to write.</summary>
    public required string Out { get; init; }

    /// <summary>Whether an output of the same kind may be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>The method.</summary>
    public MethodRequest Method { get; init; } = new();

    /// <summary>Earlier models to begin from, or null.</summary>
    public string? WarmStart { get; init; }

    /// <summary>The target country: seeds and negatives are of it; null for everybody.</summary>
    public string? Country { get; init; }

    /// <summary>Worker threads; the result does not depend on them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
