using Kindred.Numerics;
using Kindred.Statistics;

namespace Kindred.Tests.Statistics;

/// <summary>Compares with mpmath 1.3 at 40 digits: erfc(z/√2)/2; betainc(ν/2, ½, 0, ν/(ν + t²)), and the integral of the density for
/// large ν; gammainc(ν/2, x/2, ∞), all regularised; quantiles by findroot.</summary>
public sealed class DistributionTests
{
    [Theory]
    [InlineData(-40, 1.0)]
    [InlineData(-3, 0.99865010196836991)]
    [InlineData(-1.5, 0.93319279873114193)]
    [InlineData(-0.3, 0.61791142218895263)]
    [InlineData(0, 0.5)]
    [InlineData(1e-10, 0.49999999996010577)]
    [InlineData(0.5, 0.3085375387259869)]
    [InlineData(0.999, 0.15889734564131829)]
    [InlineData(1, 0.15865525393145705)]
    [InlineData(1.2, 0.11506967022170828)]
    [InlineData(1.959963984540054, 0.025000000000000011)]
    [InlineData(3, 0.0013498980316300945)]
    [InlineData(5, 2.8665157187919391e-7)]
    [InlineData(8, 6.2209605742717841e-16)]
    [InlineData(12.345, 2.591712067896197e-35)]
    [InlineData(25, 3.0566967063825609e-138)]
    [InlineData(37.5, 4.6053530095819548e-308)]
    public void The_normal_tail_is_accurate_however_far_out(double z, double expected)
    {
        AssertRelative(expected, NormalDistribution.UpperTail(z), 2e-15);
        AssertRelative(expected, NormalDistribution.Cumulative(-z), 2e-15);
        if (z >= 0) AssertRelative(2 * expected, NormalDistribution.TwoSided(-z), 2e-15);
    }

    [Theory]
    [InlineData(1e-300, -37.047096299361199)]
    [InlineData(1e-100, -21.273453560965324)]
    [InlineData(1e-20, -9.2623400897984076)]
    [InlineData(1e-09, -5.9978070150076869)]
    [InlineData(0.001, -3.0902323061678135)]
    [InlineData(0.025, -1.9599639845400542)]
    [InlineData(0.1, -1.2815515655446004)]
    [InlineData(0.2499, -0.67480447011060999)]
    [InlineData(0.2501, -0.67417509707465894)]
    [InlineData(0.4, -0.25334710313579974)]
    [InlineData(0.4999999, -2.5066282747031065e-7)]
    [InlineData(0.5, 0.0)]
    [InlineData(0.50000001, 2.5066282872262044e-8)]
    [InlineData(0.75, 0.67448975019608174)]
    [InlineData(0.8, 0.84162123357291436)]
    [InlineData(0.95, 1.6448536269514723)]
    [InlineData(0.975, 1.9599639845400539)]
    [InlineData(0.99, 2.3263478740408408)]
    [InlineData(0.9999, 3.7190164854557084)]
    [InlineData(0.9999999999999991, 7.956038125481531)]
    public void The_normal_quantile_is_accurate(double p, double expected) =>
        AssertRelative(expected, NormalDistribution.Quantile(p), 1e-15);

    [Theory]
    [InlineData(0, 7, 1)]
    [InlineData(0.5, 1, 0.70483276469913345)]
    [InlineData(2, 1, 0.29516723530086655)]
    [InlineData(1e-08, 1, 0.99999999363380228)]
    [InlineData(1000000000000.0, 1, 6.3661977236758134e-13)]
    [InlineData(3.5, 2, 0.072827350054469335)]
    [InlineData(-2.2, 5, 0.079093897903182348)]
    [InlineData(1, 17, 0.33133276203867883)]
    [InlineData(12, 59, 1.8004065386783141e-17)]
    [InlineData(30, 100, 8.3803325586882922e-52)]
    [InlineData(2.5, 0.5, 0.40097052905329318)]
    [InlineData(1e+200, 0.5, 6.4140195082844581e-101)]
    [InlineData(0.3, 0.01, 0.98201868734430759)]
    [InlineData(1.7, 3.7, 0.17012463249285957)]
    [InlineData(1.5, 1.5, 0.3099947412227997)]
    [InlineData(4.2, 12.345, 0.0011596862235253381)]
    [InlineData(1.96, 6800.5, 0.050036567350019734)]
    [InlineData(1.7, 6800.5, 0.089176653265845057)]
    [InlineData(1.75, 100000.0, 0.080121380617394864)]
    [InlineData(5, 100000.0, 5.7427016786416729e-7)]
    [InlineData(20, 1000000.0, 5.7330870473903718e-89)]
    [InlineData(2, 1000000000.0, 0.045500264166313247)]
    [InlineData(10, 1000000000.0, 1.5239744906091078e-23)]
    [InlineData(2, 1000000000000000.0, 0.045500263896358684)]
    [InlineData(2, double.PositiveInfinity, 0.045500263896358414)]
    public void Students_tails_are_accurate_for_any_degrees_of_freedom(double t, double freedom, double expected)
    {
        AssertRelative(expected, StudentDistribution.TwoSided(t, freedom), 2e-14);
        AssertRelative(expected, StudentDistribution.TwoSided(-t, freedom), 2e-14);
    }

    [Theory]
    [InlineData(0.975, 1, 12.706204736174693)]
    [InlineData(0.975, 2.5, 3.5746548420036818)]
    [InlineData(0.025, 6865.25, -1.9603095921163026)]
    [InlineData(0.995, 30, 2.749995653567225)]
    [InlineData(0.6, 7.7, 0.26226040672481149)]
    [InlineData(0.5001, 3, 0.00027206990911047338)]
    [InlineData(1e-10, 4, -416.17514032960412)]
    [InlineData(1e-10, 0.8, -733679538955.22992)]
    [InlineData(0.9999999, 1000000.0, 5.1993740209144228)]
    [InlineData(0.75, 1000000000.0, 0.67448975044141667)]
    [InlineData(0.3, 0.3, -1.6126582577896126)]
    [InlineData(0.7501, 20, 0.68727877114850937)]
    [InlineData(0.975, double.PositiveInfinity, 1.9599639845400539)]
    [InlineData(0.5, 3, 0)]
    public void Students_quantile_is_accurate_for_any_degrees_of_freedom(double p, double freedom, double expected) =>
        AssertRelative(expected, StudentDistribution.Quantile(p, freedom), 5e-14);

    [Fact]
    public void Students_quantile_inverts_the_tail() =>
        Gen.Select(Gen.Double[-40, -0.7], Gen.Double[-2, 20]).Sample((logOfTail, logOfFreedom) =>
        {
            double tail = Math.Exp(logOfTail), freedom = Math.Exp(logOfFreedom);
            var found = StudentDistribution.TwoSided(StudentDistribution.Quantile(tail, freedom), freedom) / 2;
            AssertRelative(tail, found, 1e-12);
        });

    [Theory]
    [InlineData(0, 3, 1)]
    [InlineData(0.001, 1, 0.97477287936996039)]
    [InlineData(3.841458820694124, 1, 0.050000000000000057)]
    [InlineData(10.827566170662733, 1, 0.00099999999999999969)]
    [InlineData(200, 1, 2.0884875837625448e-45)]
    [InlineData(1400, 1, 2.1010145162642175e-306)]
    [InlineData(0.5, 2, 0.77880078307140487)]
    [InlineData(7.3, 2.5, 0.0419534598185198)]
    [InlineData(0.01, 7, 0.99999999924305903)]
    [InlineData(20, 7, 0.0055696830729455713)]
    [InlineData(90, 99, 0.72983441028465107)]
    [InlineData(99, 99, 0.4810969124082639)]
    [InlineData(150, 99, 0.00072044539571696292)]
    [InlineData(1000, 99, 7.2296079024912631e-149)]
    [InlineData(3, 0.3, 0.018028011461251417)]
    [InlineData(10500, 10000, 0.00024794736798936085)]
    [InlineData(double.PositiveInfinity, 2, 0)]
    public void The_chi_square_tail_is_accurate(double x, double freedom, double expected) =>
        AssertRelative(expected, ChiSquareDistribution.UpperTail(x, freedom), freedom > 1000 ? 1e-11 : 5e-13);

    [Fact]
    public void A_squared_normal_has_one_degree_of_freedom_and_tails_never_grow() =>
        Gen.Select(Gen.Double[0, 8], Gen.Double[0, 3], Gen.Double[0.1, 200]).Sample((z, more, freedom) =>
        {
            AssertRelative(NormalDistribution.TwoSided(z), ChiSquareDistribution.UpperTail(z * z, 1), 1e-13);
            Assert.True(NormalDistribution.UpperTail(z) >= NormalDistribution.UpperTail(z + more));
            Assert.True(StudentDistribution.TwoSided(z, freedom) >= StudentDistribution.TwoSided(z + more, freedom) - 1e-15);
            Assert.True(ChiSquareDistribution.UpperTail(z, freedom) >= ChiSquareDistribution.UpperTail(z + more, freedom) - 1e-15);
        });

    [Fact]
    public void The_ends_are_the_limits_and_invalid_arguments_are_refused()
    {
        Assert.Equal(0, NormalDistribution.UpperTail(double.PositiveInfinity));
        Assert.Equal(1, NormalDistribution.UpperTail(double.NegativeInfinity));
        Assert.Equal(double.NegativeInfinity, NormalDistribution.Quantile(0));
        Assert.Equal(double.PositiveInfinity, StudentDistribution.Quantile(1, 3));
        Assert.Equal(0, StudentDistribution.TwoSided(double.NegativeInfinity, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentDistribution.TwoSided(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentDistribution.Quantile(-0.1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquareDistribution.UpperTail(1, 0));
    }

    [Theory]
    [InlineData(1e-300, 690.77552789821371)]
    [InlineData(1e-05, 11.512919692895826)]
    [InlineData(0.1, 2.2527126517342059)]
    [InlineData(0.5, 0.57236494292470009)]
    [InlineData(1, 0.0)]
    [InlineData(1.4616321449683622, -0.12148629053584961)]
    [InlineData(1.5, -0.12078223763524522)]
    [InlineData(2, 0.0)]
    [InlineData(2.5, 0.28468287047291916)]
    [InlineData(3, 0.69314718055994531)]
    [InlineData(11.9, 17.258477450595522)]
    [InlineData(12, 17.502307845873886)]
    [InlineData(20, 39.339884187199494)]
    [InlineData(100.25, 360.28455963776423)]
    [InlineData(10000.0, 82099.717496442377)]
    [InlineData(100000000.0, 1742068066.1038347)]
    [InlineData(1000000000000000.0, 33538776394910669.0)]
    public void The_logarithm_of_gamma_equals_mpmaths(double x, double expected) =>
        Assert.Equal(expected, PortableMath.LogGamma(x), 5e-15 * Math.Max(2, Math.Abs(expected)));

    [Theory]
    [InlineData(-0.9999990463256836, -13.862943611198906)]
    [InlineData(-0.5, -0.69314718055994531)]
    [InlineData(-0.1, -0.10536051565782631)]
    [InlineData(-0.09999, -0.10534940460844312)]
    [InlineData(-0.01, -0.010050335853501441)]
    [InlineData(-1e-09, -1.0000000005000001e-9)]
    [InlineData(1e-300, 1.0e-300)]
    [InlineData(1e-12, 9.9999999999949998e-13)]
    [InlineData(0.003, 0.0029955089797984789)]
    [InlineData(0.0999, 0.095219266580933911)]
    [InlineData(0.5, 0.40546510810816438)]
    [InlineData(10, 2.3978952727983705)]
    [InlineData(0, 0)]
    public void The_logarithm_of_one_plus_a_small_number_keeps_its_digits(double x, double expected) =>
        AssertRelative(expected, PortableMath.LogOnePlus(x), 1e-15);

    private static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"{actual:R} is not {expected:R} within {tolerance}.");
}
