using Kindred.Scoring;

namespace Kindred.SeedModels;

/// <summary>A kind of scorer that can be stored, and its reader.</summary>
/// <param name="Kind">The kind that <see cref="ScorerParameters.Kind"/> names.</param>
/// <param name="Read">Restores the scorer from its parameters, with the same bits; the second argument reads the scorers that it
/// combines.</param>
public sealed record ScorerFormat(string Kind, Func<ScorerParameters, Func<ScorerParameters, IStoredScorer>, IStoredScorer> Read)
{
    /// <summary>True if its parameters hold embeddings or items of single seed users: such a model is deleted with a seed of it.</summary>
    public bool HoldsSeeds { get; init; }

    /// <summary>Creates the format of a scorer that does not combine others.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="read">Restores the scorer from its parameters.</param>
    public static ScorerFormat Of(string kind, Func<ScorerParameters, IStoredScorer> read) =>
        new(kind, (parameters, _) => read(parameters));
}
