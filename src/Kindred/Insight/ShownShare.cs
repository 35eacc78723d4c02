namespace Kindred.Insight;

/// <summary>A share of users in whole percents that reveals no count below the minimum.</summary>
/// <param name="Share">The share, or null if it counts fewer users than the minimum, or none.</param>
/// <param name="Under">An upper bound if <paramref name="Share"/> is null: the share of the minimum, rounded up.</param>
public readonly record struct ShownShare(double? Share, double? Under)
{
    /// <summary>Converts a count to a share that may be shown.</summary>
    public static ShownShare Of(long count, long users, int minimum)
    {
        var rounded = users > 0 ? Math.Round((double)count / users, 2) : 0;
        return count >= minimum && rounded > 0
            ? new ShownShare(rounded, null)
            : new ShownShare(null, users > 0 ? Math.Min(1, Math.Ceiling(100.0 * minimum / users) / 100) : 1);
    }

    /// <summary>Converts an exact share to one that may be shown.</summary>
    public static ShownShare Of(double share, long users, int minimum) => Of((long)Math.Round(share * users), users, minimum);
}
