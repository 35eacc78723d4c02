using Kindred.Numerics;

namespace Kindred.Tests.Numerics;

public sealed class PortableMathTests
{
    // The C library itself is within one unit, so a difference of two is an error in Kindred.
    private const double Units = 2;

    [Fact]
    public void Exp_is_within_two_units_in_the_last_place() =>
        Gen.Double[-745, 709.7].Sample(x => Assert.InRange(Difference(Math.Exp(x), PortableMath.Exp(x)), 0, Units), iter: 100_000);

    [Fact]
    public void Exp_of_small_numbers_is_within_two_units_in_the_last_place() =>
        Gen.Double[-1, 1].Sample(x => Assert.InRange(Difference(Math.Exp(x), PortableMath.Exp(x)), 0, Units), iter: 50_000);

    [Fact]
    public void Log_is_within_two_units_in_the_last_place_at_every_magnitude() =>
        Gen.Double[-740, 709].Select(Math.Exp).Where(x => x > 0)
            .Sample(x => Assert.InRange(Difference(Math.Log(x), PortableMath.Log(x)), 0, Units), iter: 100_000);

    [Fact]
    public void Log_near_1_is_within_two_units_in_the_last_place() =>
        Gen.Double[0.5, 2].Sample(x => Assert.InRange(Difference(Math.Log(x), PortableMath.Log(x)), 0, Units), iter: 100_000);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(710, double.PositiveInfinity)]
    [InlineData(-746, 0)]
    public void Exp_of_special_values(double x, double expected) => Assert.Equal(expected, PortableMath.Exp(x));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Log_of_special_values(double x, double expected) => Assert.Equal(expected, PortableMath.Log(x));

    [Fact]
    public void Zero_of_either_sign_is_zero()
    {
        Assert.Equal(1, PortableMath.Exp(-0.0));
        Assert.Equal(double.NegativeInfinity, PortableMath.Log(-0.0));
    }

    [Fact]
    public void The_ends_of_the_range_are_exact()
    {
        Assert.InRange(Difference(Math.Exp(709.782712893384), PortableMath.Exp(709.782712893384)), 0, Units);
        Assert.Equal(double.Epsilon, PortableMath.Exp(-745));
        Assert.InRange(Difference(Math.Log(double.Epsilon), PortableMath.Log(double.Epsilon)), 0, Units);
        Assert.InRange(Difference(Math.Log(double.MaxValue), PortableMath.Log(double.MaxValue)), 0, Units);
    }

    [Fact]
    public void Sigmoid_and_Softplus_do_not_overflow()
    {
        Assert.Equal([0, 0.5, 1], new double[] { -1000, 0, 1000 }.Select(PortableMath.Sigmoid));
        Assert.Equal([0, 1000], new double[] { -1000, 1000 }.Select(PortableMath.Softplus));
        Assert.Equal(Math.Log(2), PortableMath.Softplus(0), 1e-15);
        Assert.True(double.IsNaN(PortableMath.Sigmoid(double.NaN)));
        Assert.True(double.IsNaN(PortableMath.Softplus(double.NaN)));
    }

    [Fact]
    public void Sigmoid_and_Softplus_equal_their_formulas() =>
        Gen.Double[-30, 30].Sample(x =>
        {
            Assert.Equal(1 / (1 + Math.Exp(-x)), PortableMath.Sigmoid(x), 1e-15);
            Assert.Equal(Math.Log(1 + Math.Exp(x)), PortableMath.Softplus(x), 1e-13);
            Assert.Equal(x, PortableMath.Softplus(x) - PortableMath.Softplus(-x), 1e-13);
        }, iter: 10_000);

    // The difference in units in the last place, computed from the bits.
    private static double Difference(double expected, double actual) =>
        Math.Abs((double)(BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(actual)));
}
