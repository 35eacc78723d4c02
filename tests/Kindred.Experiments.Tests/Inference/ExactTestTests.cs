using System.Numerics;
using Kindred.Experiments.Inference;
using Kindred.Statistics;

namespace Kindred.Experiments.Tests.Inference;

public sealed class ExactTestTests
{
    // Rational arithmetic; SciPy's binomtest gives the same.
    [Theory]
    [InlineData(8, 50, .05, 0.0031883432222975824)]
    [InlineData(3, 51, .01, 0.014573451253254698)]
    [InlineData(2, 20, .01, 0.01685933763565178)]
    [InlineData(0, 20, .5, 1.9073486328125e-06)]
    [InlineData(140, 1000, .1, 5.8678905028274636e-05)]
    public void Binomial_probabilities_are_the_known_ones(long successes, long trials, double share, double expected) =>
        Assert.Equal(1, ExactTest.Binomial(successes, trials, share) / expected, 1e-12);

    [Fact]
    public void Binomial_probabilities_are_those_of_whole_numbers() =>
        Gen.Select(Gen.Int[0, 70], Gen.Int[0, 70], Gen.Int[1, 20], Gen.Int[1, 20]).Sample((one, other, weight, rest) =>
            AssertEqual(
                UpTo(Outcomes(one + other, 2), [one, other], [weight, rest]),
                ExactTest.Binomial(one, one + other, weight / (double)(weight + rest))));

    [Fact]
    public void Multinomial_probabilities_are_those_of_whole_numbers() =>
        Gen.Select(Gen.Int[0, 6].Array[2, 5], Gen.Int[1, 9].Array[5]).Where((counts, _) => counts.Sum() <= 14).Sample((counts, weights) =>
        {
            weights = weights[..counts.Length];
            var exact = ExactTest.Multinomial([.. counts.Select(count => (long)count)], [.. weights.Select(weight => weight / (double)weights.Sum())]);
            AssertEqual(UpTo(Outcomes(counts.Sum(), counts.Length), counts, weights), exact);
        });

    // The first is Fisher's: a lady finds three of four cups of tea.
    [Theory]
    [InlineData(3, 4, 4, 8, 34.0 / 70)]
    [InlineData(0, 10, 10, 20, 2.0 / 184_756)]
    [InlineData(4, 4, 4, 4, 1)]
    [InlineData(0, 0, 3, 9, 1)]
    public void Fishers_test_has_the_known_probabilities(long marked, long group, long allMarked, long all, double expected) =>
        Assert.Equal(1, ExactTest.Fisher(marked, group, allMarked, all) / expected, 1e-12);

    [Fact]
    public void Fishers_test_is_that_of_whole_numbers() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[1, 30]).Sample((marked, unmarked, others, rest) =>
        {
            int group = marked + unmarked, allMarked = marked + others, all = group + others + rest;
            var ways = Enumerable.Range(0, Math.Min(group, allMarked) + 1).Where(count => group - count <= all - allMarked)
                .ToDictionary(count => count, count => Choose(allMarked, count) * Choose(all - allMarked, group - count));
            AssertEqual(UpTo([.. ways.Values], ways[marked]), ExactTest.Fisher(marked, group, allMarked, all));
        });

    // Chance deviates less and less from the normal distribution.
    [Fact]
    public void Millions_of_units_lose_no_precision()
    {
        double z = 3.3, n = 4e8, gap = Math.Round(z * Math.Sqrt(n) / 2);
        var exact = ExactTest.Binomial((long)(n / 2 + gap), (long)n, .5);
        Assert.Equal(1, exact / NormalDistribution.TwoSided((gap - .5) / (Math.Sqrt(n) / 2)), 1e-6);
        // Half of the units are in the group, half of all are marked: the variance is n/16.
        exact = ExactTest.Fisher((long)(n / 4 + gap), (long)n / 2, (long)n / 2, (long)n);
        Assert.Equal(1, exact / NormalDistribution.TwoSided((gap - .5) / (Math.Sqrt(n) / 4)), 1e-5);
    }

    [Fact]
    public void Counts_that_never_happen_by_chance_have_no_probability()
    {
        Assert.Equal(0, ExactTest.Binomial(1_000_000, 1_000_000, .5));
        Assert.InRange(ExactTest.Fisher(0, 500, 500, 1_000), 0, 1e-200);
        Assert.Equal(1, ExactTest.Binomial(0, 0, .3));
    }

    private static void AssertEqual(double expected, double actual) => Assert.Equal(1, actual / expected, 1e-10);

    // Products of integers are exact, up to a common factor.
    private static double UpTo(IEnumerable<int[]> outcomes, int[] observed, int[] weights)
    {
        BigInteger Ways(int[] counts)
        {
            var (ways, left) = (BigInteger.One, counts.Sum());
            for (var i = 0; i < counts.Length; left -= counts[i++]) ways *= Choose(left, counts[i]) * BigInteger.Pow(weights[i], counts[i]);
            return ways;
        }

        return UpTo([.. outcomes.Select(Ways)], Ways(observed));
    }

    private static double UpTo(IReadOnlyList<BigInteger> ways, BigInteger observed)
    {
        const int digits = 10_000_000;
        var sum = ways.Where(way => way * digits <= observed * (digits + 1)).Aggregate(BigInteger.Zero, (sum, way) => sum + way);
        return Math.Exp(BigInteger.Log(sum) - BigInteger.Log(ways.Aggregate(BigInteger.Zero, (all, way) => all + way)));
    }

    private static IEnumerable<int[]> Outcomes(int units, int categories) => categories == 1 ? [[units]]
        : Enumerable.Range(0, units + 1).SelectMany(count => Outcomes(units - count, categories - 1).Select(rest => (int[])[count, .. rest]));

    private static BigInteger Choose(int n, int k) => k < 0 || k > n ? 0
        : Enumerable.Range(1, k).Aggregate(BigInteger.One, (ways, i) => ways * (n - k + i) / i);
}
