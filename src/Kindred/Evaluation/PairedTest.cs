using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Statistics;

namespace Kindred.Evaluation;

/// <summary>Two-sided tests of the difference between two methods on the same seed lists, and their correction for multiple
/// testing.</summary>
public static class PairedTest
{
    /// <summary>Up to this many lists, all 2ⁿ sign patterns are counted; beyond, <see cref="Draws"/> patterns are drawn.</summary>
    public const int ExactUpTo = 16;

    /// <summary>Number of sign patterns drawn if there are too many to count.</summary>
    public const int Draws = 99_999;

    // Mathematically equal sums may differ in their last bits.
    private const double Rounding = 1e-12;

    /// <summary>
    /// The sign-flip test of the mean: without a difference between the methods, either sign of each list's difference would be equally
    /// likely. Its p-value is the share of sign patterns with a mean at least as far from zero as the observed one.
    /// </summary>
    /// <remarks>
    /// Exact for up to <see cref="ExactUpTo"/> lists; its smallest value is then 2/2ⁿ, so that five lists can never show a difference
    /// at 5%. Beyond, (1 + as far)/(1 + drawn), which is also a valid test (Phipson and Smyth 2010). It does not assume a normal
    /// distribution.
    /// </remarks>
    /// <param name="differences">One difference per list, in any unit.</param>
    /// <param name="seed">Seed of the drawn patterns.</param>
    public static double SignFlip(IReadOnlyList<double> differences, ulong seed = 1)
    {
        var observed = Math.Abs(differences.Sum());
        var least = observed - Rounding * differences.Sum(Math.Abs);
        // Flipping the sign of a zero difference changes nothing.
        var sizes = differences.Select(Math.Abs).Where(size => size > 0).ToArray();
        return sizes.Length <= ExactUpTo ? CountPatterns(sizes, least) : DrawPatterns(sizes, least, seed);
    }

    /// <summary>Student's paired t-test of the mean difference; NaN for fewer than two lists.</summary>
    public static double StudentT(IReadOnlyList<double> differences)
    {
        if (differences.Count < 2) return double.NaN;
        var (mean, error) = Measured.MeanOf(differences);
        if (error == 0) return mean == 0 ? 1 : 0;
        var freedom = differences.Count - 1;
        return StudentDistribution.TwoSided(mean / error, freedom);
    }

    /// <summary>Holm's step-down correction: the chance of even one false alarm among all the tests stays below the level.</summary>
    /// <param name="values">The p-values of one family of tests; NaN for an impossible test, which does not count.</param>
    /// <returns>One adjusted p-value per test, in the same order.</returns>
    public static double[] Holm(IReadOnlyList<double> values) => AdjustedPValues.Holm(values);

    /// <summary>The smallest p-value that <see cref="SignFlip"/> can give for a number of lists, corrected by <see cref="Holm"/> for a
    /// number of tests.</summary>
    /// <param name="lists">Lists that the methods are compared on.</param>
    /// <param name="tests">Tests of the family.</param>
    public static double SmallestCorrected(int lists, int tests) =>
        Math.Min(1, tests * (lists <= ExactUpTo ? Math.Pow(2, 1 - Math.Max(1, lists)) : 1.0 / (1 + Draws)));

    /// <summary>The minimum number of lists for which <see cref="SmallestCorrected"/> is at most a level; null if no number is
    /// enough.</summary>
    /// <param name="level">The level, above 0.</param>
    /// <param name="tests">Tests of the family.</param>
    public static int? FewestLists(double level, int tests)
    {
        // Beyond this number, the smallest value no longer falls.
        for (var lists = 1; lists <= ExactUpTo + 1; lists++)
        {
            if (SmallestCorrected(lists, tests) <= level) return lists;
        }

        return null;
    }

    private static double CountPatterns(double[] sizes, double least)
    {
        var far = 0;
        for (var pattern = 0; pattern < 1 << sizes.Length; pattern++)
        {
            var sum = 0.0;
            for (var i = 0; i < sizes.Length; i++) sum += (pattern >> i & 1) == 0 ? sizes[i] : -sizes[i];
            if (Math.Abs(sum) >= least) far++;
        }

        return (double)far / (1 << sizes.Length);
    }

    private static double DrawPatterns(double[] sizes, double least, ulong seed)
    {
        var purpose = SampleKey.Of(seed, UserHash.Of("sign flips"u8));
        var far = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var key = purpose.Then((ulong)draw);
            var sum = 0.0;
            for (var i = 0; i < sizes.Length; i++)
            {
                if (i % 64 == 0 && i > 0) key = key.Then((ulong)i);
                sum += (key >> (i % 64) & 1) == 0 ? sizes[i] : -sizes[i];
            }

            if (Math.Abs(sum) >= least) far++;
        }

        return (1.0 + far) / (1 + Draws);
    }
}
