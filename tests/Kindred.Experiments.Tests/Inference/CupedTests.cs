using Kindred.Experiments.Inference;
using Kindred.Sampling;

namespace Kindred.Experiments.Tests.Inference;

public sealed class CupedTests
{
    [Fact]
    public void A_mean_is_adjusted_like_a_regression_on_arm_and_covariate() =>
        Gen.Select(Gen.Select(Gen.Double[-5, 5], Gen.Double[0, 10]).Array[5, 60], Gen.Select(Gen.Double[-5, 5], Gen.Double[2, 14]).Array[3, 40]).Sample((one, two) =>
        {
            double[][][] arms = [Units(one), Units(two)];
            var found = Cuped.Adjust(MetricKind.Mean, [.. arms.Select(RawUnits.Moments)])!;
            AssertIsRegression([.. arms.Select(Outcomes)], [.. arms.Select(arm => arm.Select(unit => unit[2]).ToArray())], [.. arms.Select(arm => arm.Average(unit => unit[0]))], found);

            static double[][] Units((double, double)[] pairs) => [.. pairs.Select(pair => new[] { pair.Item1 + pair.Item2, 1, pair.Item2, 1 })];
            static double[] Outcomes(double[][] arm) => [.. arm.Select(unit => unit[0])];
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_ratio_is_adjusted_like_a_regression_of_its_linearisation(bool withDenominatorBefore)
    {
        var random = new SeededRandom(21);
        double[][][] arms = [ArmEstimatesTests.Users(ref random, 300), ArmEstimatesTests.Users(ref random, 200), ArmEstimatesTests.Users(ref random, 100)];
        if (!withDenominatorBefore) arms = [.. arms.Select(arm => arm.Select(unit => new[] { unit[0], unit[1], unit[2], 0 }).ToArray())];
        var found = Cuped.Adjust(MetricKind.Ratio, [.. arms.Select(RawUnits.Moments)])!;

        double[][] all = [.. arms.SelectMany(arm => arm)];
        double ratioBefore = all.Sum(unit => unit[2]) / all.Sum(unit => unit[3]), meanBefore = all.Average(unit => unit[3]);
        double[] ratios = [.. arms.Select(arm => arm.Sum(unit => unit[0]) / arm.Sum(unit => unit[1]))];
        double[][] outcomes = [.. arms.Select((arm, i) => arm.Select(unit => (unit[0] - ratios[i] * unit[1]) / arm.Average(user => user[1])).ToArray())];
        double[][] before = [.. arms.Select(arm => arm.Select(unit => withDenominatorBefore ? (unit[2] - ratioBefore * unit[3]) / meanBefore : unit[2]).ToArray())];
        AssertIsRegression(outcomes, before, ratios, found);
    }

    [Fact]
    public void A_useless_covariate_keeps_the_variance_of_a_share_and_a_perfect_one_removes_it()
    {
        // All four combinations are equally frequent.
        double[][] independent = [.. Enumerable.Range(0, 40).Select(i => new double[] { i % 2, 1, i / 2 % 2, 1 })];
        var plain = ArmEstimates.Of(MetricKind.Share, RawUnits.Moments(independent));
        var found = Cuped.Adjust(MetricKind.Share, [RawUnits.Moments(independent), RawUnits.Moments(independent)])!;
        Assert.Equal(plain.UnitVariance, found.Arms[0].UnitVariance, 1e-15);
        Assert.Equal(0, found.VarianceReduction, 1e-15);

        double[][] explained = [.. independent.Select(unit => new[] { unit[0], 1, 3 * unit[0], 1 })];
        found = Cuped.Adjust(MetricKind.Share, [RawUnits.Moments(explained), RawUnits.Moments(explained)])!;
        Assert.Equal(0, found.Arms[1].UnitVariance, 1e-15);
        Assert.Equal(1, found.VarianceReduction, 1e-15);
    }

    [Fact]
    public void A_pre_experiment_imbalance_is_removed_and_an_effect_stays()
    {
        // The treatment's users are better by 2, and its effect is .5.
        double[][] control = [.. Enumerable.Range(0, 100).Select(i => new double[] { 10 + i % 5, 1, i % 5, 1 })];
        double[][] treatment = [.. Enumerable.Range(0, 100).Select(i => new[] { 12.5 + i % 5, 1, 2 + i % 5, 1 })];
        var found = Cuped.Adjust(MetricKind.Mean, [RawUnits.Moments(control), RawUnits.Moments(treatment)])!;
        Assert.Equal(0.5, found.Arms[1].Value - found.Arms[0].Value, 1e-12);
        // Adjusted values stay on the original scale, not centred at 0, because relative lifts need that.
        Assert.Equal(13, found.Arms[0].Value, 1e-12);
    }

    [Fact]
    public void A_constant_or_missing_covariate_changes_nothing()
    {
        double[][] constant = [.. Enumerable.Range(0, 50).Select(i => new[] { i, 1, 0.1, 1 })], missing = [.. constant.Select(unit => new[] { unit[0], 1, 0, 0 })];
        foreach (var kind in new[] { MetricKind.Mean, MetricKind.Ratio })
        {
            Assert.Null(Cuped.Adjust(kind, [RawUnits.Moments(constant), RawUnits.Moments(constant)]));
            Assert.Null(Cuped.Adjust(kind, [RawUnits.Moments(missing), RawUnits.Moments(missing)]));
            Assert.Null(Cuped.Adjust(kind, [default, default]));
        }

        // A ratio that was the same for all users changes nothing either, however many impressions they had.
        double[][] even = [.. Enumerable.Range(0, 50).Select(i => new[] { i % 7, 10.0, i % 3, 4.0 * (i % 3) })];
        Assert.Null(Cuped.Adjust(MetricKind.Ratio, [RawUnits.Moments(even), RawUnits.Moments(even)]));
    }

    [Fact]
    public void An_arm_without_units_stays_unknown_and_the_others_are_adjusted()
    {
        double[][] units = [.. Enumerable.Range(0, 50).Select(i => new double[] { i + i % 3, 1, i, 1 })];
        var found = Cuped.Adjust(MetricKind.Mean, [RawUnits.Moments(units), default])!;
        Assert.Equal(double.PositiveInfinity, found.Arms[1].UnitVariance);
        Assert.InRange(found.VarianceReduction, 0.9, 1);
    }

    /// <summary>
    /// Least squares of the outcomes on one indicator per arm and the covariate,
    /// by Frisch, Waugh and Lovell on the residuals of the arms' means.
    /// </summary>
    private static void AssertIsRegression(double[][] outcomes, double[][] before, double[] values, CupedResult found)
    {
        double[] y = [.. outcomes.SelectMany(Centred)], x = [.. before.SelectMany(Centred)];
        var theta = y.Zip(x, (a, b) => a * b).Sum() / x.Sum(b => b * b);
        var pooled = before.SelectMany(arm => arm).Average();
        double left = 0, all = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            double[] residuals = [.. outcomes[i].Zip(before[i], (a, b) => a - theta * b)];
            Assert.Equal(values[i] - theta * (before[i].Average() - pooled), found.Arms[i].Value, 1e-9);
            Assert.Equal(RawUnits.Covariance(residuals, residuals), found.Arms[i].UnitVariance, 1e-9);
            left += Centred(residuals).Sum(value => value * value);
            all += Centred(outcomes[i]).Sum(value => value * value);
        }

        Assert.Equal(1 - left / all, found.VarianceReduction, 1e-9);
        static double[] Centred(double[] values) => [.. values.Select(value => value - values.Average())];
    }
}
