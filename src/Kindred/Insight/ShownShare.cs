namespace Kindred.Insight;

/// <summary>A share of users in whole percents, of which no count below the minimum can be read.</summary>
/// <param name="Share">The share, or null where fewer users than the minimum, or none, are behind it.</param>
/// <param name="Under">Where <paramref name="Share"/> is null, a share that it is below: the minimum's, rounded up.</param>
public readonly record struct ShownShare(double? Share, double? Under)
{
    /// <summary>What may be shown of a count.</summary>
    public static ShownShare Of(long count, long users, int minimum)
    {
        var rounded = users > 0 ? Math.Round((double)count / users, 2) : 0;
        return count >= minimum && rounded > 0
            ? new ShownShare(rounded, null)
            : new ShownShare(null, users > 0 ? Math.Min(1, Math.Ceiling(100.0 * minimum / users) / 100) : 1);
    }

    /// <summary>What may be shown of an exact share.</summary>
    public static ShownShare Of(double share, long users, int minimum) => Of((long)Math.Round(share * users), users, minimum);
}
