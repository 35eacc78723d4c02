namespace Kindred.Data;

/// <summary>The users most similar to a seed list.</summary>
/// <param name="SeedList">The id of the seed list.</param>
/// <param name="Users">The users, best first.</param>
public sealed record ExpandedAudience(string SeedList, IReadOnlyList<ExpandedUser> Users);
