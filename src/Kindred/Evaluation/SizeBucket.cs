namespace Kindred.Evaluation;

/// <summary>Seed lists of about one size.</summary>
/// <param name="Least">Number of seeds of the smallest list in the range, or the lower end of a decade.</param>
/// <param name="Most">Number of seeds of the largest list in the range, or the upper end of a decade, which is included.</param>
/// <param name="Lists">Indexes of the lists in the given order.</param>
/// <param name="Name">The name of a decade, as in the act-alike post; null for a range that was fitted to the lists.</param>
public sealed record SizeBucket(long Least, long Most, IReadOnlyList<int> Lists, string? Name = null)
{
    /// <summary>Buckets with fewer lists than this are unreliable and are marked.</summary>
    public const int FewLists = 5;

    private static readonly string[] _decades = ["thousands", "tens of thousands", "hundreds of thousands", "millions", "tens of millions"];

    /// <summary>Tells whether there are too few lists for a reliable figure.</summary>
    public bool IsSmall => Lists.Count < FewLists;

    /// <summary>Divides lists into the act-alike post's five buckets, from thousands to tens of millions of seeds, or into
    /// quantiles.</summary>
    /// <remarks>
    /// The post's buckets are used if every list has at least 1,000 seeds and not all lists are in one bucket. Otherwise up to four groups
    /// by size are made, with about equally many lists and at least <see cref="FewLists"/> each; lists of equal size stay together.
    /// </remarks>
    /// <param name="seeds">Seeds of each list.</param>
    public static IReadOnlyList<SizeBucket> Of(IReadOnlyList<int> seeds)
    {
        var byDecade = Enumerable.Range(0, seeds.Count).GroupBy(i => Decade(seeds[i])).OrderBy(group => group.Key).ToArray();
        if (byDecade.Length > 1 && byDecade[0].Key >= 0)
        {
            return [.. byDecade.Select(
                group => new SizeBucket(Power(group.Key), Power(group.Key + 1) - 1, [.. group], _decades[group.Key]))];
        }

        return Quantiles(seeds);
    }

    private static List<SizeBucket> Quantiles(IReadOnlyList<int> seeds)
    {
        var order = Enumerable.Range(0, seeds.Count).OrderBy(i => seeds[i]).ThenBy(i => i).ToArray();
        var groups = Math.Clamp(seeds.Count / FewLists, 1, 4);
        var buckets = new List<SizeBucket>();
        for (int first = 0, group = 1; first < order.Length; group++)
        {
            var end = Math.Max((int)((long)order.Length * group / groups), first + 1);
            while (end < order.Length && seeds[order[end]] == seeds[order[end - 1]]) end++;
            buckets.Add(new SizeBucket(seeds[order[first]], seeds[order[end - 1]], [.. order[first..end].Order()]));
            first = end;
        }

        return buckets;
    }

    private static int Decade(int seeds)
    {
        var decade = -1;
        while (decade + 1 < _decades.Length && seeds >= Power(decade + 1)) decade++;
        return decade;
    }

    private static long Power(int decade)
    {
        var power = 1_000L;
        for (var i = 0; i < decade; i++) power *= 10;
        return power;
    }
}
