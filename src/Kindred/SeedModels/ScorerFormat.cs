using Kindred.Scoring;

namespace Kindred.SeedModels;

/// <summary>A kind of scorer that can be stored, and how to read one back.</summary>
/// <param name="Kind">The kind that <see cref="ScorerParameters.Kind"/> names.</param>
/// <param name="Read">Makes the scorer of its parameters, with the same bits; the second argument reads the scorers that it is made of.</param>
public sealed record ScorerFormat(string Kind, Func<ScorerParameters, Func<ScorerParameters, IStoredScorer>, IStoredScorer> Read)
{
    /// <summary>A scorer that is not made of others.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="read">Makes the scorer of its parameters.</param>
    public static ScorerFormat Of(string kind, Func<ScorerParameters, IStoredScorer> read) => new(kind, (parameters, _) => read(parameters));
}
