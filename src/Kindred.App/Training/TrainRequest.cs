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

    /// <summary>Allows an output of the same kind to be replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>The method.</summary>
    public MethodRequest Method { get; init; } = new();

    /// <summary>Earlier models for a warm start; null for a cold start.</summary>
    public string? WarmStart { get; init; }

    /// <summary>The target country of seeds and negatives; null for all countries.</summary>
    public string? Country { get; init; }

    /// <summary>Worker threads; the result does not depend on them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
