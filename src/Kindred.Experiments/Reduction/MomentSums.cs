namespace Kindred.Experiments.Reduction;

/// <summary>Raw sums over units of their four numbers and of products of two of them: fourteen numbers, N D P Q, then NN ND NP NQ DD DP
/// DQ PP PQ QQ.</summary>
/// <remarks>If each unit's denominator is 1, only N, P, NN, NP and PP are summed; <see cref="ToMoments"/> derives the rest.</remarks>
internal static class MomentSums
{
    public const int Length = MetricMoments.Variables + MetricMoments.Products;

    /// <summary>Adds a unit's numbers.</summary>
    public static void Add(Span<double> sums, bool unitDenominator, double n, double d, double p, double q)
    {
        sums = sums[..Length];
        sums[0] += n;
        sums[4] += n * n;
        sums[6] += n * p;
        if (unitDenominator) return;
        sums[1] += d;
        sums[5] += n * d;
        sums[7] += n * q;
        sums[8] += d * d;
        sums[9] += d * p;
        sums[10] += d * q;
    }

    /// <summary>Adds a unit's numbers of the pre-period.</summary>
    public static void AddBefore(Span<double> sums, bool unitDenominator, double p, double q)
    {
        sums = sums[..Length];
        sums[2] += p;
        sums[11] += p * p;
        if (unitDenominator) return;
        sums[3] += q;
        sums[12] += p * q;
        sums[13] += q * q;
    }

    /// <summary>Replaces a unit's earlier numbers.</summary>
    public static void Change(Span<double> sums, bool unitDenominator, double oldN, double oldD, double n, double d, double p, double q)
    {
        sums = sums[..Length];
        sums[0] += n - oldN;
        sums[4] += n * n - oldN * oldN;
        sums[6] += (n - oldN) * p;
        if (unitDenominator) return;
        sums[1] += d - oldD;
        sums[5] += n * d - oldN * oldD;
        sums[7] += (n - oldN) * q;
        sums[8] += d * d - oldD * oldD;
        sums[9] += (d - oldD) * p;
        sums[10] += (d - oldD) * q;
    }

    public static MetricMoments ToMoments(ReadOnlySpan<double> sums, long units, bool unitDenominator, bool hasBefore)
    {
        if (!unitDenominator) return MetricMoments.FromSums(units, sums[..MetricMoments.Variables], sums[MetricMoments.Variables..Length]);
        double ones = units, onesBefore = hasBefore ? units : 0, before = hasBefore ? 1 : 0;
        return MetricMoments.FromSums(
            units,
            [sums[0], ones, sums[2], onesBefore],
            [sums[4], sums[0], sums[6], before * sums[0], ones, sums[2], onesBefore, sums[11], before * sums[2], onesBefore]);
    }
}
