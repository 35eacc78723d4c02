using System.ComponentModel.DataAnnotations;

namespace Kindred.SeedLists;

/// <summary>Options of the seeds' weights in training.</summary>
public sealed record SampleWeightOptions
{
    /// <summary>The metric columns to weight by; without any, all seeds have the same weight.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>Columns that are rates or counts regardless of their values.</summary>
    public IReadOnlyDictionary<string, WeightScale> Scales { get; init; } = new Dictionary<string, WeightScale>();

    /// <summary>The minimum weight of a seed before scaling to mean 1.</summary>
    /// <value>Default 0.1. Not used with <see cref="Literal"/>.</value>
    [Range(0.0, 1.0)]
    public double Floor { get; init; } = 0.1;

    /// <summary>Uses weights exactly as in the act-alike post, in [0, 1]: the least engaged seed weighs 0, with neither a floor nor a mean
    /// of 1.</summary>
    public bool Literal { get; init; }
}
