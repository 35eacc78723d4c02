namespace Kindred.Evaluation;

/// <summary>The ranks of the held-out users of one fold.</summary>
/// <param name="Ranks">Ascending, from 1.</param>
/// <param name="Ranked">Number of ranked users, held-out users included.</param>
public sealed record FoldRanks(IReadOnlyList<long> Ranks, long Ranked);
