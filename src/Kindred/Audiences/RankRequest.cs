using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>A request for the ranks of some users.</summary>
/// <param name="Scorer">Ranks the candidates.</param>
/// <param name="Users">Distinct users who are candidates and not excluded.</param>
/// <param name="Excluded">Users who are not candidates.</param>
internal sealed record RankRequest(IUserScorer Scorer, IReadOnlyList<UserRow> Users, IReadOnlyList<UserSet> Excluded);
