namespace Kindred.Pipeline.Store;

/// <summary>Counts of people as the owner of a list may see them: none of few people, and round numbers.</summary>
/// <remarks>
/// An exact count of the users of a list who are in the population reveals whether a given user is: two lists that differ by this user
/// differ by one. Rounding leaves that to lists that are made to lie at the edge of a round number: docs/privacy.md.
/// </remarks>
public static class OwnerCounts
{
    /// <summary>Counts are shown as multiples of this.</summary>
    public const int Step = 10;

    /// <summary>The count as it may be shown, or null where it may not.</summary>
    /// <param name="count">The count.</param>
    /// <param name="suppressBelow">Counts below this are not shown: <see cref="RunVersion.SuppressBelow"/>.</param>
    public static long? Of(long count, int suppressBelow) => count < suppressBelow ? null : (count + Step / 2) / Step * Step;
}
