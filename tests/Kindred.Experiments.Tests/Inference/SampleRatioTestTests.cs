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
            Assert.Equal(Math.Exp(-statistic / 2), result.PValue, 1e-9);
        });

    [Fact]
    public void The_Bayes_factor_is_the_product_of_the_predictive_probabilities_of_each_unit() =>
        Gen.Select(Gen.Int[0, 2].Array[0, 400], Gen.Double[0.001, 1].Array[3], Gen.Int[1, 40]).Sample((arms, weights, times) =>
        {
            double[] shares = [.. weights.Select(weight => weight / weights.Sum())];
            var counts = new long[3];
            var log = 0.0;
            for (var i = 0; i < arms.Length * times; i++)
            {
                var arm = arms[i / times];
                log += Math.Log((SampleRatioTest.PriorWeight * shares[arm] + counts[arm]) / (SampleRatioTest.PriorWeight + i) / shares[arm]);
                counts[arm]++;
            }

            var p = SampleRatioTest.Of(counts, weights).SequentialPValue;
            if (log < 690) Assert.Equal(1, p / Math.Min(1, Math.Exp(-log)), 1e-8);
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
}
