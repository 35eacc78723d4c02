namespace Kindred.Tuning;

/// <summary>A pseudo seed list, which every platform has: the users of one item, or of a few similar items.</summary>
/// <param name="Id">The item ids, joined by +.</param>
/// <param name="Items">Item numbers, which are hidden in the trial of the list.</param>
/// <param name="Users">Its users as indexes of the candidate pool, ascending.</param>
/// <param name="Fold">The fold in which it is tried.</param>
internal sealed record PseudoList(string Id, IReadOnlyList<int> Items, IReadOnlyList<int> Users, int Fold);
