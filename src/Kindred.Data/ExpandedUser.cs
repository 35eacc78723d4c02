namespace Kindred.Data;

/// <summary>A user of an audience.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Score">The score: the higher, the more similar to the seed list.</param>
public readonly record struct ExpandedUser(string Id, float Score);
