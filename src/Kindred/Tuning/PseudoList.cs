namespace Kindred.Tuning;

/// <summary>A seed list that every platform has: the users of one item, or of a few that go together.</summary>
/// <param name="Id">The item ids, joined by +.</param>
/// <param name="Items">Item numbers; hidden while the list is tried.</param>
/// <param name="Users">Its users as indexes of the candidate pool, ascending.</param>
/// <param name="Fold">The fold that it is tried in.</param>
internal sealed record PseudoList(string Id, IReadOnlyList<int> Items, IReadOnlyList<int> Users, int Fold);
