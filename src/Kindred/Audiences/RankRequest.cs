using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>Users whose ranks are wanted.</summary>
/// <param name="Scorer">Ranks the candidates.</param>
/// <param name="Users">Distinct users who are candidates and not excluded.</param>
/// <param name="Excluded">Users who are no candidates.</param>
public sealed record RankRequest(IUserScorer Scorer, IReadOnlyList<UserRow> Users, IReadOnlyList<UserSet> Excluded);
