using Kindred.SeedLists;

namespace Kindred.Data.Inputs;

/// <summary>The range of a column of numbers in one list.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Values">Finite numbers.</param>
/// <param name="Missing">Empty cells.</param>
/// <param name="Bad">Cells that cannot be used as weights: text, NaN, infinities, numbers below zero.</param>
/// <param name="Least">The smallest number.</param>
/// <param name="Most">The largest number.</param>
/// <param name="Scale">The scale that it would get as a weight.</param>
public sealed record MetricRange(string Column, long Values, long Missing, long Bad, float Least, float Most, WeightScale Scale);
