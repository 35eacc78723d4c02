namespace Kindred.Audiences;

/// <summary>One size of a published audience. Its number is its place in the published list.</summary>
/// <remarks>
/// The sizes of one target (a seed list in a country) are adjacent and ascending: a user in one of them is in all later ones.
/// </remarks>
/// <param name="SeedListId">The seed list.</param>
/// <param name="Country">The country of the members, or null for all users.</param>
/// <param name="Size">The requested size, such as <c>1%</c>.</param>
/// <param name="Users">Number of members at the time of publication; 0 for an audience without members.</param>
/// <param name="Score">The score of the last admitted user.</param>
/// <param name="LastUserId">The last admitted user: among equal scores, users with ids up to this one are in.</param>
public sealed record PublishedAudience(string SeedListId, string? Country, string Size, long Users, float Score, string LastUserId);
