namespace Kindred.Pipeline.Comparing;

/// <summary>One audience in two versions.</summary>
/// <param name="List">The seed list.</param>
/// <param name="Country">The country; null for everybody.</param>
/// <param name="Size">The size.</param>
/// <param name="Before">Its users in the one; null where that has no such audience.</param>
/// <param name="After">Its users in the other; null where that has none.</param>
/// <param name="Gained">Users, active or not, who came in.</param>
/// <param name="Lost">Users, active or not, who went out.</param>
public sealed record AudienceDifference(string List, string? Country, string Size, long? Before, long? After, long Gained, long Lost);
