namespace Kindred.Pipeline.Comparing;

/// <summary>A list that somebody should look at.</summary>
/// <param name="List">The seed list.</param>
/// <param name="Country">The country; null for everybody.</param>
/// <param name="Reason">Why.</param>
public sealed record ListAttention(string List, string? Country, string Reason);
