namespace Kindred.Pipeline.Store;

/// <summary>Counts of users as the owner of a list may see them: rounded, and hidden if small.</summary>
/// <remarks>
/// An exact count of a list's users in the population reveals whether a given user is in it: two lists that differ by this user
/// differ by one. With rounding that works only for lists crafted to lie at a rounding boundary: see docs/privacy.md.
/// </remarks>
public static class OwnerCounts
{
    /// <summary>The rounding step of shown counts.</summary>
    public const int Step = 10;

    /// <summary>Returns the count as it may be shown; null if it must be hidden.</summary>
    /// <param name="count">The count.</param>
    /// <param name="suppressBelow">Counts below this are not shown: <see cref="RunVersion.SuppressBelow"/>.</param>
    public static long? Of(long count, int suppressBelow) => count < suppressBelow ? null : (count + Step / 2) / Step * Step;
}
