using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>What a column of numbers holds for one list.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Values">Finite numbers.</param>
/// <param name="Missing">Empty cells.</param>
/// <param name="Bad">Cells that <c>--weight-by</c> would refuse: text, NaN, infinities, numbers below zero.</param>
/// <param name="Least">The least number.</param>
/// <param name="Most">The largest number.</param>
/// <param name="Kind">What it would be taken for.</param>
public sealed record MetricRange(string Column, long Values, long Missing, long Bad, float Least, float Most, MetricKind Kind);
