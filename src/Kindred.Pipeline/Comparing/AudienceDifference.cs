namespace Kindred.Pipeline.Comparing;

/// <summary>One audience in two versions.</summary>
/// <param name="List">The seed list.</param>
/// <param name="Country">The country; null for all countries.</param>
/// <param name="Size">The size.</param>
/// <param name="Before">Its number of users in the first version; null if that has no such audience.</param>
/// <param name="After">Its number of users in the second version; null if that has no such audience.</param>
/// <param name="Gained">The number of users, active or not, that were added.</param>
/// <param name="Lost">The number of users, active or not, that were removed.</param>
public sealed record AudienceDifference(string List, string? Country, string Size, long? Before, long? After, long Gained, long Lost);
