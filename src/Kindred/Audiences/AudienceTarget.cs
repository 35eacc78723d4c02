using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>The users that one model ranks, and the sizes of the audiences.</summary>
/// <remarks>Targets of several countries may share a scorer: then a user is scored once for all of them.</remarks>
/// <param name="Scorer">Ranks the users.</param>
/// <param name="Country">Index in <see cref="Population.Countries"/> of the candidates, or null for all users.</param>
/// <param name="Excluded">Users who are not candidates: sets that may be shared between targets.</param>
/// <param name="Sizes">Requested numbers of users, ascending, each at least 1: nested audiences.</param>
public sealed record AudienceTarget(IUserScorer Scorer, int? Country, IReadOnlyList<UserSet> Excluded, IReadOnlyList<long> Sizes)
{
    /// <summary>Active users of the country who are not excluded.</summary>
    /// <param name="population">The users.</param>
    /// <param name="active">Active users of the country: <see cref="Expansion.CountActive"/>.</param>
    public long Candidates(Population population, long active)
    {
        if (Excluded.Count == 1) return active - Excluded[0].CountCandidates(population, Country);

        // Sets may overlap; a user in two of them is subtracted once.
        var excluded = 0L;
        for (var s = 0; s < Excluded.Count; s++)
        {
            excluded += Excluded[s].CountCandidates(population, Country, Excluded.Take(s));
        }

        return active - excluded;
    }
}
