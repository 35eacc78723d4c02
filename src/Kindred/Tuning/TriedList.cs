namespace Kindred.Tuning;

/// <summary>A list that methods were tried on.</summary>
/// <param name="Id">Where it came from.</param>
/// <param name="Seeds">Users trained on.</param>
/// <param name="Recall">[methods] average recall.</param>
public sealed record TriedList(string Id, int Seeds, IReadOnlyList<double> Recall);
