namespace Kindred.Tuning;

/// <summary>A list that methods were tried on.</summary>
/// <param name="Id">The id of its items or of its seed list.</param>
/// <param name="Seeds">Number of users trained on.</param>
/// <param name="Recall">[methods] average recall.</param>
public sealed record TriedList(string Id, int Seeds, IReadOnlyList<double> Recall);
