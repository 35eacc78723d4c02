using Kindred.Experiments.Inference;
using Kindred.Sampling;

namespace Kindred.Experiments.Tests.Inference;

public sealed class ArmEstimatesTests
{
    // Users with clicks and impressions, and both from the pre-period. Each has a personal click rate and 0 to hundreds of impressions.
    internal static double[][] Users(ref SeededRandom random, int count)
    {
        var users = new double[count][];
        for (var i = 0; i < count; i++)
        {
            double mean = 8 * Math.Exp(random.NextGaussian()), rate = Math.Min(1, 0.1 * Math.Exp(0.7 * random.NextGaussian()));
            int seen = random.NextPoisson(mean), before = random.NextPoisson(mean);
            users[i] = [random.NextBinomial(seen, rate), seen, random.NextBinomial(before, rate), before];
        }

        return users;
    }

    [Fact]
    public void A_mean_has_the_variance_of_its_units_and_a_share_that_of_a_Bernoulli_variable()
    {
        var mean = ArmEstimates.Of(MetricKind.Mean, RawUnits.Moments([[1, 1, 0, 0], [2, 1, 0, 0], [6, 1, 0, 0]]));
        Assert.Equal((3, 7, 3), (mean.Value, mean.UnitVariance, mean.Units));
        var share = PublishedVectors.Share(3, 10);
        Assert.Equal(0.3, share.Value, 1e-15);
        Assert.Equal(0.21, share.UnitVariance, 1e-15);
        Assert.Equal(Math.Sqrt(0.021), share.StandardError, 1e-15);
    }

    [Fact]
    public void A_ratio_has_the_standard_error_of_its_bootstrap()
    {
        var random = new SeededRandom(11);
        var users = Users(ref random, 2_000);
        var ratios = new double[2_000];
        for (var draw = 0; draw < ratios.Length; draw++)
        {
            double clicks = 0, seen = 0;
            for (var i = 0; i < users.Length; i++)
            {
                var user = users[random.NextInt32(users.Length)];
                (clicks, seen) = (clicks + user[0], seen + user[1]);
            }

            ratios[draw] = clicks / seen;
        }

        var estimate = ArmEstimates.Of(MetricKind.Ratio, RawUnits.Moments(users));
        Assert.Equal(users.Sum(user => user[0]) / users.Sum(user => user[1]), estimate.Value, 1e-12);
        // 2,000 draws estimate a standard deviation to 1.6%.
        Assert.Equal(1, estimate.StandardError / Math.Sqrt(RawUnits.Covariance(ratios, ratios)), 0.06);
        // Treating clicks as independent would make it look more certain.
        Assert.True(estimate.StandardError > 1.3 * Math.Sqrt(estimate.Value * (1 - estimate.Value) / users.Sum(user => user[1])));
    }

    [Fact]
    public void A_ratio_that_is_equal_for_all_units_has_no_variance()
    {
        var estimate = ArmEstimates.Of(MetricKind.Ratio, RawUnits.Moments([[0.3, 3, 0, 0], [0.7, 7, 0, 0], [1.1, 11, 0, 0]]));
        Assert.Equal(0.1, estimate.Value, 1e-15);
        Assert.InRange(estimate.UnitVariance, 0, 1e-16);
    }

    [Fact]
    public void A_zero_denominator_and_a_single_unit_leave_the_variance_unknown()
    {
        foreach (var kind in new[] { MetricKind.Mean, MetricKind.Share, MetricKind.Ratio })
        {
            Assert.Equal(new ArmEstimate(0, double.PositiveInfinity, 0), ArmEstimates.Of(kind, default));
            Assert.Equal(new ArmEstimate(1, double.PositiveInfinity, 1), ArmEstimates.Of(kind, RawUnits.Moments([[1, 1, 0, 0]])));
        }

        Assert.Equal(new ArmEstimate(0, double.PositiveInfinity, 2), ArmEstimates.Of(MetricKind.Ratio, RawUnits.Moments([[0, 0, 0, 0], [0, 0, 0, 0]])));
        Assert.Throws<ArgumentException>(() => ArmEstimates.Of(MetricKind.Quantile, default));
    }
}
