using Kindred.Numerics;
using Kindred.Sampling;

namespace Kindred.Insight;

/// <summary>Finds the number of groups in a seed list, and the group of each seed.</summary>
/// <remarks>
/// The number is the largest whose prediction strength (Tibshirani and Walther 2005) is at least 0.8: half of the sample is
/// clustered, and so is the other half; in the weakest cluster of one half, at least 80% of the pairs of users are also together under the
/// centres of the other half. One group is always strong enough.
/// </remarks>
internal static class SeedGroups
{
    private const double Strong = 0.8;

    /// <summary>The group of each seed, numbered from the largest group down; −1 for a seed without an embedding.</summary>
    /// <param name="seeds">[seeds × stride] unit rows in an order that depends on the users alone.</param>
    /// <param name="options">Limits.</param>
    /// <param name="key">Key of everything drawn.</param>
    public static int[] Of(AlignedMatrix seeds, InsightOptions options, ulong key)
    {
        var known = Enumerable.Range(0, (int)seeds.Rows).Where(i => VectorKernels.Dot(seeds.Row(i), seeds.Row(i)) > 0).ToArray();
        var sample = known.OrderBy(i => key.Then(1).Then((ulong)i)).Take(options.ClusterSample).ToArray();
        var groups = new int[seeds.Rows];
        Array.Fill(groups, -1);
        foreach (var i in known) groups[i] = 0;
        var count = Count(seeds, sample, options, key);
        if (count == 1) return groups;

        using var centres = SphericalKMeans.Fit(seeds, sample, count, key.Then(2));
        foreach (var i in known) groups[i] = SphericalKMeans.Nearest(centres, seeds.Row(i), out _);
        var bySize = Enumerable.Range(0, count).OrderByDescending(group => groups.Count(other => other == group)).ToArray();
        return Array.ConvertAll(groups, group => group < 0 ? -1 : Array.IndexOf(bySize, group));
    }

    private static int Count(AlignedMatrix seeds, int[] sample, InsightOptions options, ulong key)
    {
        // At most so many groups that every group of a half is large enough to be described.
        var (first, second) = (sample[..(sample.Length / 2)], sample[(sample.Length / 2)..]);
        for (var count = Math.Min(options.MostClusters, first.Length / options.MinimumCount); count > 1; count--)
        {
            using var ofFirst = SphericalKMeans.Fit(seeds, first, count, key.Then(3).Then((ulong)count));
            using var ofSecond = SphericalKMeans.Fit(seeds, second, count, key.Then(4).Then((ulong)count));
            var strength = (Strength(seeds, second, ofSecond, ofFirst) + Strength(seeds, first, ofFirst, ofSecond)) / 2;
            if (strength >= Strong) return count;
        }

        return 1;
    }

    private static double Strength(AlignedMatrix seeds, int[] used, AlignedMatrix own, AlignedMatrix other)
    {
        var together = new long[own.Rows, other.Rows];
        foreach (var i in used)
        {
            together[SphericalKMeans.Nearest(own, seeds.Row(i), out _), SphericalKMeans.Nearest(other, seeds.Row(i), out _)]++;
        }

        var weakest = 1.0;
        for (var c = 0; c < own.Rows; c++)
        {
            var (size, pairs) = (0L, 0L);
            for (var d = 0; d < other.Rows; d++)
            {
                size += together[c, d];
                pairs += together[c, d] * (together[c, d] - 1);
            }

            weakest = Math.Min(weakest, size < 2 ? 0 : (double)pairs / (size * (size - 1)));
        }

        return weakest;
    }
}
