namespace Kindred.Experiments.Reduction;

/// <summary>A property of units that splits them into segments.</summary>
/// <param name="Dimension">Its name.</param>
/// <param name="Values">The values that occur, in ordinal order.</param>
/// <param name="ValueOfCode">[codes of segments] the place of the code's value among <paramref name="Values"/>; −1 for none.</param>
public sealed record SegmentPlan(string Dimension, IReadOnlyList<string> Values, IReadOnlyList<int> ValueOfCode);
