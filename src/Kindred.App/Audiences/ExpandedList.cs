using Kindred.Audiences;

namespace Kindred.App.Audiences;

/// <summary>A selected audience.</summary>
/// <param name="Audience">The audience.</param>
/// <param name="Reason">The reason for the choice of its model, in words; null if no choice was made.</param>
public sealed record ExpandedList(Audience Audience, string? Reason);
