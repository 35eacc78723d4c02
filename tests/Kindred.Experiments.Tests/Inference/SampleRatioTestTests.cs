using Kindred.Experiments.Inference;
using Kindred.Numerics;

namespace Kindred.Experiments.Tests.Inference;

public sealed class SampleRatioTestTests
{
    [Fact]
    public void The_published_mismatch_has_the_published_p()
    {
        // Kohavi, Tang and Xu, Trustworthy Online Controlled Experiments (2020), chapter 3: 821,588 and 815,482, planned 50:50, p = 1.8e-6.
        var result = SampleRatioTest.Of([821_588, 815_482], [1, 1]);
        Assert.Equal(1.8e-6, result.PValue, 0.05e-6);
        Assert.Equal([818_535, 818_535], result.Expected);
        Assert.True(result.SequentialPValue < 0.001);
    }

    [Fact]
    public void The_statistic_is_Pearsons_for_any_planned_shares() =>
        Gen.Select(Gen.Long[0, 10_000].Array[3], Gen.Double[0.01, 5].Array[3]).Sample((units, weights) =>
        {
            var result = SampleRatioTest.Of(units, weights);
            double[] expected = [.. weights.Select(weight => units.Sum() * weight / weights.Sum())];
            var statistic = units.Sum() == 0 ? 0 : units.Zip(expected, (found, planned) => (found - planned) * (found - planned) / planned).Sum();
            Assert.Equal(statistic, result.ChiSquare, 1e-9 * (1 + statistic));
            // With two degrees of freedom the tail is e^(−x/2).
            Assert.Equal(units.Sum() == 0 || expected.Min() < SampleRatioTest.EnoughForChiSquare, result.IsExact);
            if (!result.IsExact) Assert.Equal(Math.Exp(-statistic / 2), result.PValue, 1e-9);
        });

    // The χ² test, which these tests would show to fail, stops 1.69%, 1.38%, .43%, .32%, .15% and .12% of these experiments.
    [Theory]
    [InlineData(20, .01)]
    [InlineData(50, .01)]
    [InlineData(200, .01)]
    [InlineData(50, .05)]
    [InlineData(1_000, .01)]
    [InlineData(300, 1 / 3.0)]
    public void A_sound_experiment_of_any_size_is_stopped_at_most_as_often_as_the_level_says(int total, double share)
    {
        foreach (var level in (double[])[.001, .01, .05])
        {
            var stopped = Enumerable.Range(0, total + 1).Where(units => SampleRatioTest.Of([total - units, units], [1 - share, share]).PValue < level)
                .Sum(units => Probability(units, total, share));
            Assert.InRange(stopped, 0, level);
        }
    }

    [Fact]
    public void A_sound_experiment_of_three_small_arms_is_stopped_at_most_as_often_as_the_level_says()
    {
        double[] shares = [.9, .09, .01];
        var stopped = from one in Enumerable.Range(0, 61)
                      from other in Enumerable.Range(0, 61 - one)
                      let units = (long[])[60 - one - other, one, other]
                      where SampleRatioTest.Of(units, shares).PValue < .01
                      select Probability(one, 60, .09) * Probability(other, 60 - one, .01 / .91);
        // Not zero, or the test would find nothing.
        Assert.InRange(stopped.Sum(), .005, .01);
    }

    [Fact]
    public void Arms_with_too_many_outcomes_are_compared_one_by_one()
    {
        // Four arms of 2,000 units have 1.3 billion outcomes. The two small arms have binomial tests, the two large ones have one together.
        long[] units = [1_010, 950, 28, 12];
        double[] shares = [.49, .49, .01, .01];
        double[] parts =
        [
            ExactTest.Binomial(28, 2_000, .01), ExactTest.Binomial(12, 2_000, .01), ExactTest.Binomial(1_010, 1_960, .5),
        ];
        var result = SampleRatioTest.Of(units, shares);
        Assert.Equal(3 * parts.Min(), result.PValue, 1e-12);
        Assert.True(result.IsExact);
    }

    [Fact]
    public void The_arms_of_a_plan_may_be_in_any_order()
    {
        var one = SampleRatioTest.Of([18, 2, 5], [90, 1, 9]).PValue;
        Assert.Equal(one, SampleRatioTest.Of([2, 5, 18], [1, 9, 90]).PValue, 1e-12);
        Assert.Equal(SampleRatioTest.Of([18, 2], [99, 1]).PValue, SampleRatioTest.Of([2, 18], [1, 99]).PValue, 1e-12);
    }

    [Fact]
    public void The_Bayes_factor_is_the_product_of_the_predictive_probabilities_of_each_unit() =>
        Gen.Select(Gen.Int[0, 2].Array[0, 400], Gen.Double[0.001, 1].Array[3], Gen.Int[1, 40], Gen.Double[1, 1_000]).Sample((arms, weights, times, prior) =>
        {
            double[] shares = [.. weights.Select(weight => weight / weights.Sum())];
            var counts = new long[3];
            var (log, other) = (0.0, 0.0);
            for (var i = 0; i < arms.Length * times; i++)
            {
                var arm = arms[i / times];
                log += Math.Log((SampleRatioTest.PriorWeight * shares[arm] + counts[arm]) / (SampleRatioTest.PriorWeight + i) / shares[arm]);
                other += Math.Log((prior * shares[arm] + counts[arm]) / (prior + i) / shares[arm]);
                counts[arm]++;
            }

            var p = SampleRatioTest.Of(counts, weights).SequentialPValue;
            if (log < 690) Assert.Equal(1, p / Math.Min(1, Math.Exp(-log)), 1e-8);
            if (other < 690) Assert.Equal(1, SampleRatioTest.SequentialPValue(counts, shares, prior) / Math.Min(1, Math.Exp(-other)), 1e-8);
        });

    [Fact]
    public void A_hundred_million_units_lose_no_precision()
    {
        // The same factor computed with Γ itself loses seven digits, so only the remaining digits are compared.
        long[] units = [50_030_000, 49_970_000];
        var p = SampleRatioTest.Of(units, [0.5, 0.5]).SequentialPValue;
        const double K = SampleRatioTest.PriorWeight;
        var log = PortableMath.LogGamma(K) - PortableMath.LogGamma(K + units.Sum()) + units.Sum(n => PortableMath.LogGamma(K / 2 + n) - PortableMath.LogGamma(K / 2))
            + units.Sum() * Math.Log(2);
        Assert.InRange(Math.Exp(-log), 1e-10, 1);
        Assert.Equal(1, p / Math.Exp(-log), 1e-4);
    }

    [Fact]
    public void Units_in_an_arm_with_no_planned_share_are_a_mismatch_and_no_units_are_not()
    {
        var lost = SampleRatioTest.Of([500, 500, 1], [1, 1, 0]);
        Assert.Equal((0.0, 0.0, double.PositiveInfinity), (lost.PValue, lost.SequentialPValue, lost.ChiSquare));
        Assert.Equal(SampleRatioTest.Of([500, 510], [1, 1]).PValue, SampleRatioTest.Of([500, 510, 0], [1, 1, 0]).PValue);
        var nothing = SampleRatioTest.Of([0, 0], [1, 1]);
        Assert.Equal((1, 1.0), (nothing.PValue, nothing.SequentialPValue));
        Assert.Throws<ArgumentException>(() => SampleRatioTest.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => SampleRatioTest.Of([1, 2], [1, 0]));
        Assert.Throws<ArgumentException>(() => SampleRatioTest.Of([1, -2], [1, 1]));
        Assert.Throws<ArgumentException>(() => SampleRatioTest.Of([1, 2], [1, double.NaN]));
    }

    private static double Probability(int successes, int trials, double share)
    {
        var probability = 1.0;
        for (var i = 1; i <= successes; i++) probability *= (trials - successes + i) / (double)i * share;
        return probability * Math.Pow(1 - share, trials - successes);
    }
}
