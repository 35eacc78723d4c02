using Kindred.App.Evaluation;

namespace Kindred.App.Comparison;

/// <summary>Request of a comparison of methods.</summary>
public sealed record CompareRequest
{
    /// <summary>The splits, and the settings of all methods; the name of its method is not used.</summary>
    public required EvaluateRequest Evaluate { get; init; }

    /// <summary>The methods by name; none for all that can be used on the population.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>The method that gains are over; null for regression, or what is nearest to it.</summary>
    public string? Baseline { get; init; }

    /// <summary>Numbers of seeds to train on, each in turn; none for all that the lists have.</summary>
    public IReadOnlyList<int> SeedSizes { get; init; } = [];

    /// <summary>Whether every method that learns is compared with sample weights and without.</summary>
    public bool BothWeightings { get; init; }

    /// <summary>The folder that the result is saved to; finished parts are kept beside it until then.</summary>
    public required string Out { get; init; }

    /// <summary>Whether to go on with a run of the same kind that was stopped.</summary>
    public bool Resume { get; init; }
}
