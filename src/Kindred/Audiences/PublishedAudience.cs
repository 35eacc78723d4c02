namespace Kindred.Audiences;

/// <summary>One size of an audience as it was published. Its number is its place in the published list.</summary>
/// <remarks>
/// Sizes of one target, a seed list in a country, stand beside each other and ascend: whoever is in one of them is in the later ones too.
/// </remarks>
/// <param name="SeedListId">The seed list.</param>
/// <param name="Country">The country that members are of, or null for everybody.</param>
/// <param name="Size">The size as it was asked for, such as <c>1%</c>.</param>
/// <param name="Users">Members when it was published; with 0 nobody is one.</param>
/// <param name="Score">The score of the last admitted user.</param>
/// <param name="LastUserId">The last admitted user: among equal scores, ids up to his are in.</param>
public sealed record PublishedAudience(string SeedListId, string? Country, string Size, long Users, float Score, string LastUserId);
