using Kindred.App.Evaluation;

namespace Kindred.App.Comparison;

/// <summary>Request of a comparison of methods.</summary>
public sealed record CompareRequest
{
    /// <summary>The splits, and the settings of all methods; the name of its method is not used.</summary>
    public required EvaluateRequest Evaluate { get; init; }

    /// <summary>The names of the methods; empty for all that the population supports.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Includes slow methods (<see cref="SeedModels.MethodDescriptor.IsSlow"/>) when no methods are named.</summary>
    public bool IncludeSlow { get; init; }

    /// <summary>The method that gains are measured against; null for regression or the method nearest to it.</summary>
    public string? Baseline { get; init; }

    /// <summary>The numbers of seeds to train on, each in turn; empty for all seeds of each list.</summary>
    public IReadOnlyList<int> SeedSizes { get; init; } = [];

    /// <summary>Compares every trained method with and without sample weights.</summary>
    public bool BothWeightings { get; init; }

    /// <summary>The output folder; finished parts are kept beside it until the result is saved.</summary>
    public required string Out { get; init; }

    /// <summary>Resumes a stopped run with the same settings.</summary>
    public bool Resume { get; init; }
}
