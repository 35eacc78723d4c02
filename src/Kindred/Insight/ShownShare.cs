namespace Kindred.Insight;

/// <summary>A share of users in whole percents, of which no count below the minimum can be read.</summary>
/// <param name="Share">The share, or null where fewer users than the minimum, or none, are behind it.</param>
/// <param name="Under">An upper bound where <paramref name="Share"/> is null: the minimum's share, rounded up.</param>
public readonly record struct ShownShare(double? Share, double? Under)
{
    /// <summary>The part of a count that may be shown.</summary>
    public static ShownShare Of(long count, long users, int minimum)
    {
        var rounded = users > 0 ? Math.Round((double)count / users, 2) : 0;
        return count >= minimum && rounded > 0
            ? new ShownShare(rounded, null)
            : new ShownShare(null, users > 0 ? Math.Min(1, Math.Ceiling(100.0 * minimum / users) / 100) : 1);
    }

    /// <summary>The part of an exact share that may be shown.</summary>
    public static ShownShare Of(double share, long users, int minimum) => Of((long)Math.Round(share * users), users, minimum);
}
