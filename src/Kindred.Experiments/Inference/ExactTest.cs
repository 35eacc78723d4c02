namespace Kindred.Experiments.Inference;

/// <summary>Exact tests of counts: the p-value is the probability of all outcomes that are at most as probable as the observed
/// one.</summary>
/// <remarks>
/// While the hypothesis is true, a p-value of at most α has a probability of at most α, however small the counts are. Nothing is drawn at
/// random.
/// </remarks>
internal static class ExactTest
{
    // Equal probabilities differ by rounding. R and SciPy use the same tolerance.
    private const double Tolerance = 1 + 1e-7;

    /// <summary>Tests a count against a share, two-sided.</summary>
    public static double Binomial(long successes, long trials, double share) =>
        Math.Min(1, BinomialUpTo(Tolerance * BinomialProbability.Of(successes, trials, share), trials, share));

    /// <summary>Tests counts against shares.</summary>
    /// <remarks>Takes time in proportion to <see cref="Lines"/>.</remarks>
    /// <param name="counts">[categories] counts; at least two.</param>
    /// <param name="shares">[categories] probabilities above 0 that add up to 1.</param>
    public static double Multinomial(IReadOnlyList<long> counts, IReadOnlyList<double> shares)
    {
        var left = new double[shares.Count];
        for (var i = shares.Count - 1; i >= 0; i--) left[i] = shares[i] + (i + 1 < shares.Count ? left[i + 1] : 0);
        long trials = counts.Sum(), remaining = trials;
        var observed = 1.0;
        for (var i = 0; i < counts.Count - 1; remaining -= counts[i++])
        {
            observed *= BinomialProbability.Of(counts[i], remaining, shares[i] / left[i]);
        }

        return Math.Min(1, UpTo(0, trials, 1, Tolerance * observed));

        // The probability of all outcomes of the categories from this one on, times that of the earlier ones.
        double UpTo(int category, long units, double before, double bound)
        {
            if (before == 0) return 0;
            var share = shares[category] / left[category];
            if (category == shares.Count - 2) return before * BinomialUpTo(bound / before, units, share);
            var sum = 0.0;
            for (long count = 0; count <= units; count++)
            {
                sum += UpTo(category + 1, units - count, before * BinomialProbability.Of(count, units, share), bound);
            }

            return sum;
        }
    }

    /// <summary>The number of binomial distributions that <see cref="Multinomial"/> sums over: C(n + k − 2, k − 2).</summary>
    public static double Lines(long trials, int categories)
    {
        var lines = 1.0;
        for (var i = 1; i <= categories - 2; i++) lines *= (trials + i) / (double)i;
        return lines;
    }

    /// <summary>Tests whether the share of marked units is the same inside and outside a group (Fisher 1935), two-sided.</summary>
    /// <param name="marked">Marked units of the group.</param>
    /// <param name="group">Units of the group.</param>
    /// <param name="allMarked">Marked units of all.</param>
    /// <param name="all">All units.</param>
    public static double Fisher(long marked, long group, long allMarked, long all)
    {
        long least = Math.Max(0, group - (all - allMarked)), most = Math.Min(group, allMarked);
        if (least == most) return 1;
        var share = group / (double)all;
        var mode = Math.Clamp((long)((group + 1.0) * (allMarked + 1.0) / (all + 2.0)), least, most);
        var sum = Sum(
            least, mode, most, Probability(mode), Tolerance * Probability(marked),
            count => (allMarked - count) * (double)(group - count) / ((count + 1.0) * (all - allMarked - group + count + 1.0)));
        return Math.Min(1, sum);

        double Probability(long count) => BinomialProbability.Of(count, allMarked, share)
            * BinomialProbability.Of(group - count, all - allMarked, share) / BinomialProbability.Of(group, all, share);
    }

    private static double BinomialUpTo(double bound, long trials, double share)
    {
        // A single outcome.
        if (trials == 0 || share >= 1) return bound >= 1 ? 1 : 0;
        var mode = Math.Clamp((long)((trials + 1.0) * share), 0, trials);
        double odds = share / (1 - share), highest = BinomialProbability.Of(mode, trials, share);
        return highest <= bound ? 1 : Sum(0, mode, trials, highest, bound, count => (trials - count) / (count + 1.0) * odds);
    }

    /// <summary>Sums the probabilities up to a bound of a distribution that falls on both sides of its mode.</summary>
    /// <param name="least">The smallest count.</param>
    /// <param name="mode">The most probable count.</param>
    /// <param name="most">The largest count.</param>
    /// <param name="highest">The probability of the mode.</param>
    /// <param name="bound">The largest probability to add.</param>
    /// <param name="ratio">The probability of the next count, divided by that of a count.</param>
    private static double Sum(long least, long mode, long most, double highest, double bound, Func<long, double> ratio)
    {
        double above = 0, below = 0;
        var probability = highest;
        for (var count = mode; count < most;)
        {
            probability *= ratio(count++);
            if (probability > bound) continue;
            if (!(above + probability > above)) break;
            above += probability;
        }

        probability = highest;
        for (var count = mode; count > least;)
        {
            probability /= ratio(--count);
            if (probability > bound) continue;
            if (!(below + probability > below)) break;
            below += probability;
        }

        return above + below + (highest <= bound ? highest : 0);
    }
}
