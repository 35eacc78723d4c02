using Kindred.Evaluation;
using Kindred.Sampling;
using Kindred.Statistics;

namespace Kindred.Tests.Evaluation;

public sealed class PairedTestTests
{
    private static readonly double[] _ten = [0.031, -0.012, 0.044, 0.008, 0.027, -0.003, 0.019, 0.052, -0.021, 0.011];
    private static readonly double[] _forty =
    [
        0.004, 0.01, -0.001, -0.014, -0.005, -0.016, 0.005, 0.031, -0.006, -0.008, 0.014, 0.011, 0.006, -0.015, 0.003, 0.018, -0.023, -0.005, -0.034, -0.022,
        -0.033, -0.001, -0.021, 0.009, 0.007, 0.0, -0.046, -0.007, 0.003, 0.006, -0.027, -0.006, -0.016, -0.012, 0.025, -0.012, 0.003, 0.022, -0.008, 0.002,
    ];

    // 2 * scipy.stats.t.sf(abs(t), freedom), SciPy 1.15.
    [Theory]
    [InlineData(0.5, 1, 0.7048327646991336)]
    [InlineData(2, 1, 0.2951672353008664)]
    [InlineData(3.5, 2, 0.07282735005446933)]
    [InlineData(-2.2, 5, 0.07909389790318233)]
    [InlineData(1.0, 17, 0.331332762038679)]
    [InlineData(4.5, 17, 0.00031575080010500157)]
    [InlineData(0.01, 30, 0.9920874925731777)]
    [InlineData(12.0, 59, 1.800406538678309e-17)]
    [InlineData(2.5, 399, 0.012819874131279727)]
    [InlineData(40, 3, 3.438068078915854e-05)]
    [InlineData(30, 100, 8.380332558688336e-52)]
    [InlineData(0, 7, 1)]
    public void The_tails_of_the_t_distribution_equal_scipys(double t, int freedom, double expected) =>
        Assert.Equal(1, StudentDistribution.TwoSided(t, freedom) / expected, 1e-10);

    // scipy.stats.ttest_1samp(d, 0) and permutation_test((d,), np.mean, permutation_type='samples', n_resamples=np.inf).
    [Theory]
    [InlineData(1, 3)]
    [InlineData(6, 1)]
    [InlineData(6, 12)]
    [InlineData(9, 12)]
    [InlineData(16, 4)]
    [InlineData(40, 300)]
    public void The_smallest_possible_corrected_p_is_reached_and_never_undercut(int lists, int tests)
    {
        // The strongest possible evidence: ahead by the same amount on every list.
        double minimum = PairedTest.SignFlip([.. Enumerable.Repeat(0.1, lists)]);
        var family = PairedTest.Holm([minimum, .. Enumerable.Repeat(1.0, tests - 1)]);
        // Among 99,999 drawn patterns for 40 lists none has all signs equal.
        Assert.Equal(family[0], PairedTest.SmallestCorrected(lists, tests), 1e-15);
    }

    [Fact]
    public void The_minimum_number_of_lists_is_the_first_that_can_reach_significance()
    {
        // 2^(1 − n) · tests at most .05: 2⁻⁵ is .031; 12 · 2⁻⁸ is .047 and 12 · 2⁻⁷ is .094.
        Assert.Equal(6, PairedTest.FewestLists(0.05, 1));
        Assert.Equal(9, PairedTest.FewestLists(0.05, 12));
        // 1,639 · 2⁻¹⁵ is .050018. From 17 lists on, patterns are drawn and p is at least 10⁻⁵, which is not enough for 5,001 tests.
        Assert.Equal(17, PairedTest.FewestLists(0.05, 1_639));
        Assert.Null(PairedTest.FewestLists(0.05, 5_001));
    }

    [Fact]
    public void Both_tests_of_ten_lists_equal_scipys()
    {
        Assert.Equal(0.06668076705955081, PairedTest.StudentT(_ten), 1e-12);
        Assert.Equal(0.072265625, PairedTest.SignFlip(_ten));
    }

    // SciPy with two million drawn patterns gives .1371 with a standard error of .0002. Kindred's 99,999 patterns have .0011.
    [Fact]
    public void With_drawn_patterns_p_is_close_to_scipys()
    {
        Assert.Equal(0.1338957874749204, PairedTest.StudentT(_forty), 1e-12);
        Assert.Equal(0.1371, PairedTest.SignFlip(_forty), 4 * 0.0011);
        Assert.Equal(PairedTest.SignFlip(_forty, 3), PairedTest.SignFlip(_forty, 3));
        Assert.NotEqual(PairedTest.SignFlip(_forty, 3), PairedTest.SignFlip(_forty, 4));
    }

    [Fact]
    public void With_more_than_64_lists_each_sign_flips_independently()
    {
        // Only two lists, 64 places apart, matter; the rest cancels out. Both must have the same sign (half of the patterns), and
        // the rest must not pull back (a little more than half). If the two flipped together, the share would be twice as large.
        var differences = Enumerable.Range(0, 80).Select(i => i is 3 or 67 ? 1 : i % 2 == 0 ? 1e-9 : -1e-9).ToArray();
        Assert.InRange(PairedTest.SignFlip(differences), 0.22, 0.34);
    }

    [Fact]
    public void A_method_against_itself_has_p_1()
    {
        foreach (var count in new[] { 1, 2, 10, 30 })
        {
            Assert.Equal(1, PairedTest.SignFlip(new double[count]));
            if (count > 1) Assert.Equal(1, PairedTest.StudentT(new double[count]));
        }

        Assert.True(double.IsNaN(PairedTest.StudentT([0.3])));
        Assert.Equal(1, PairedTest.SignFlip([0.3]));
    }

    [Fact]
    public void The_smallest_p_of_n_lists_is_two_sign_patterns_out_of_all() =>
        Assert.All(Enumerable.Range(2, 12), n => Assert.Equal(2.0 / (1 << n), PairedTest.SignFlip([.. Enumerable.Range(1, n).Select(i => 0.1 * i)])));

    [Fact]
    public void Order_and_scale_do_not_matter() =>
        Gen.Double[-1, 1].Array[2, 12].Sample(differences =>
        {
            double[] turned = [.. differences.Select(value => -value)], scaled = [.. differences.Select(value => 1000 * value)];
            var p = PairedTest.SignFlip(differences);
            Assert.InRange(p, 2.0 / (1 << differences.Length), 1);
            Assert.Equal(p, PairedTest.SignFlip(turned));
            Assert.Equal(p, PairedTest.SignFlip(scaled));
            Assert.Equal(PairedTest.StudentT(differences), PairedTest.StudentT(turned), 1e-9);
        });

    [Fact]
    public void Equal_methods_are_called_different_at_the_rate_of_the_level()
    {
        var random = new SeededRandom(5);
        var falsePositives = 0;
        for (var trial = 0; trial < 2000; trial++)
        {
            var differences = Enumerable.Range(0, 10).Select(_ => random.NextDouble() - 0.5).ToArray();
            if (PairedTest.SignFlip(differences) <= 0.05) falsePositives++;
        }

        // The standard error is .005.
        Assert.InRange(falsePositives / 2000.0, 0.03, 0.07);
    }

    [Fact]
    public void Holm_multiplies_by_the_number_of_remaining_tests_and_never_decreases()
    {
        // Sorted: .01 × 4, .02 × 3, .04 × 2, .5 × 1. The test without a p value is ignored.
        double[] expected = [0.08, 0.04, double.NaN, 0.5, 0.06];
        double[] found = PairedTest.Holm([0.04, 0.01, double.NaN, 0.5, 0.02]);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-15);
        Assert.Equal([0.09, 0.09, 0.09], PairedTest.Holm([0.03, 0.05, 0.04]).Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void Holm_keeps_the_order_and_is_never_below_the_plain_value_or_above_Bonferroni() =>
        Gen.Double[0, 1].Array[1, 30].Sample(values =>
        {
            var adjusted = PairedTest.Holm(values);
            for (var i = 0; i < values.Length; i++)
            {
                Assert.InRange(adjusted[i], values[i], Math.Min(1, values[i] * values.Length));
                for (var j = 0; j < values.Length; j++) Assert.True(values[i] > values[j] || adjusted[i] <= adjusted[j]);
            }
        });
}
