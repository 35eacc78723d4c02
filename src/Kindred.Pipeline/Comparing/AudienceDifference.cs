namespace Kindred.Pipeline.Comparing;

/// <summary>One audience in two versions. All counts are of the users whom look-ups find in it, active or not, so that
/// <paramref name="Before"/> − <paramref name="Lost"/> + <paramref name="Gained"/> = <paramref name="After"/>.</summary>
/// <param name="List">The seed list.</param>
/// <param name="Country">The country; null for all countries.</param>
/// <param name="SizeBefore">The requested size in the first version; null if that has no such audience.</param>
/// <param name="SizeAfter">The requested size in the second version; null if that has no such audience.</param>
/// <param name="Before">Its number of users in the first version; null if that has no such audience.</param>
/// <param name="After">Its number of users in the second version; null if that has no such audience.</param>
/// <param name="Gained">The number of users that were added.</param>
/// <param name="Lost">The number of users that were removed.</param>
public sealed record AudienceDifference(
    string List, string? Country, string? SizeBefore, string? SizeAfter, long? Before, long? After, long Gained, long Lost)
{
    /// <summary>The requested size, or both if it changed.</summary>
    public string Size => SizeBefore is { } before && SizeAfter is { } after && before != after ? $"{before} → {after}"
        : (SizeAfter ?? SizeBefore)!;
}
