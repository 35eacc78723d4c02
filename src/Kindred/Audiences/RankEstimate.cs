namespace Kindred.Audiences;

/// <summary>Estimates the rank of a sampled user among all candidates from the rank in the sample.</summary>
/// <remarks>
/// The sample is drawn without replacement, and users are in a total order, so the rank R of the r-th of n sampled users among N follows
/// the negative hypergeometric distribution for any distribution of scores: R ≤ x if and only if at least r of the first x are in the
/// sample. The interval is exact up to R being a whole number.
/// </remarks>
/// <param name="Expected">The rank's expectation, r (N + 1) / (n + 1).</param>
/// <param name="StandardError">Its standard deviation.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end, included.</param>
public readonly record struct RankEstimate(double Expected, double StandardError, long Low, long High)
{
    /// <summary>The estimate of a sampled user.</summary>
    /// <param name="candidates">N: all candidates.</param>
    /// <param name="sampled">n: the sampled candidates.</param>
    /// <param name="rank">r: the user's rank among the sampled candidates, from 1.</param>
    /// <param name="confidence">The confidence of the interval, in (0, 1).</param>
    public static RankEstimate Of(long candidates, long sampled, long rank, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, sampled);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampled, candidates);
        double n = sampled, r = rank, all = candidates;
        var expected = r * (all + 1) / (n + 1);
        var variance = r * (all + 1) * (all - n) * (n + 1 - r) / ((n + 1) * (n + 1) * (n + 2));
        var tail = (1 - confidence) / 2;
        return new RankEstimate(expected, Math.Sqrt(variance),
            Least(candidates, sampled, rank, p => p > tail), Least(candidates, sampled, rank, p => p >= 1 - tail));
    }

    /// <summary>The rank in a sample whose expectation is nearest to a rank among all candidates.</summary>
    public static long RankInSample(long candidates, long sampled, long rank) =>
        Math.Clamp((long)Math.Round(rank * (sampled + 1.0) / (candidates + 1.0), MidpointRounding.AwayFromZero), 1, sampled);

    /// <summary>The smallest x with at least a given probability P(R ≤ x).</summary>
    private static long Least(long candidates, long sampled, long rank, Func<double, bool> isEnough)
    {
        long low = rank, high = candidates - sampled + rank;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (isEnough(AtLeast(candidates, sampled, middle, rank))) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <summary>The probability that at least this many of the first users are in the sample (hypergeometric).</summary>
    private static double AtLeast(double candidates, double sampled, double first, double least)
    {
        var fewest = Math.Max(0, sampled + first - candidates);
        var most = Math.Min(sampled, first);
        if (least <= fewest) return 1;
        if (least > most) return 0;

        // Weights relative to the mode, by the ratio of neighbouring probabilities: no factorial overflows.
        var mode = Math.Clamp(Math.Floor((sampled + 1) * (first + 1) / (candidates + 2)), fewest, most);
        double total = 0, wanted = 0, weight = 1;
        for (var x = mode; x <= most && weight > 1e-18; x++)
        {
            total += weight;
            if (x >= least) wanted += weight;
            weight *= (sampled - x) * (first - x) / ((x + 1) * (candidates - sampled - first + x + 1));
        }

        weight = 1;
        for (var x = mode; x > fewest && weight > 1e-18; x--)
        {
            weight *= x * (candidates - sampled - first + x) / ((sampled - x + 1) * (first - x + 1));
            total += weight;
            if (x - 1 >= least) wanted += weight;
        }

        return wanted / total;
    }
}
