using System.ComponentModel.DataAnnotations;

namespace Kindred.SeedLists;

/// <summary>How much each seed user counts in training.</summary>
public sealed record SampleWeightOptions
{
    /// <summary>The metric columns to weigh by; none weighs all seeds alike.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>Columns that are rates or counts whatever their values look like.</summary>
    public IReadOnlyDictionary<string, MetricKind> Kinds { get; init; } = new Dictionary<string, MetricKind>();

    /// <summary>The least weight of a seed before scaling to mean 1.</summary>
    /// <value>Default 0.1. Not used with <see cref="Literal"/>.</value>
    [Range(0.0, 1.0)]
    public double Floor { get; init; } = 0.1;

    /// <summary>Weights exactly as in the act-alike post, in [0, 1]: the least engaged seed weighs nothing, and there is no floor and no mean 1.</summary>
    public bool Literal { get; init; }
}
