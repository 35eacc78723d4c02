namespace Kindred.Tuning;

/// <summary>A method that was tried.</summary>
/// <param name="Id">Its name and settings.</param>
/// <param name="Recall">Average recall over all lists.</param>
/// <param name="CostPerPair">Multiply-adds to score one user for one list.</param>
public sealed record TriedMethod(string Id, double Recall, double CostPerPair);
