namespace Kindred.Pipeline.Store;

/// <summary>What the owner of a list is told of counts of people: nothing of few, and round numbers.</summary>
/// <remarks>
/// A count of the users of a list who are in the population, told exactly, says of anybody whether he is: two lists that differ by him
/// differ by one. Rounding leaves that to lists that are made to lie at the edge of a round number: docs/privacy.md.
/// </remarks>
public static class OwnerCounts
{
    /// <summary>Counts are told as multiples of this.</summary>
    public const int Step = 10;

    /// <summary>The count as it may be told, or null where it may not.</summary>
    /// <param name="count">The count.</param>
    /// <param name="suppressBelow">Counts below this are not told: <see cref="RunVersion.SuppressBelow"/>.</param>
    public static long? Of(long count, int suppressBelow) => count < suppressBelow ? null : (count + Step / 2) / Step * Step;
}
