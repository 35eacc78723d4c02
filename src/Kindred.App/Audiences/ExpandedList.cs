using Kindred.Audiences;

namespace Kindred.App.Audiences;

/// <summary>An audience that was selected.</summary>
/// <param name="Audience">The audience.</param>
/// <param name="Reason">Why its model is what it is, in words, where that was chosen; or null.</param>
public sealed record ExpandedList(Audience Audience, string? Reason);
