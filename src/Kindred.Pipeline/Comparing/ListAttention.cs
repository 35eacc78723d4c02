namespace Kindred.Pipeline.Comparing;

/// <summary>A list that needs attention.</summary>
/// <param name="List">The seed list.</param>
/// <param name="Country">The country; null for all countries.</param>
/// <param name="Reason">The reason.</param>
public sealed record ListAttention(string List, string? Country, string Reason);
