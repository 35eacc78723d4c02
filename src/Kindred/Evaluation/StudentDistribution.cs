using Kindred.Numerics;

namespace Kindred.Evaluation;

/// <summary>Student's t distribution with a whole number of degrees of freedom.</summary>
internal static class StudentDistribution
{
    private const double Tiny = 1e-300;

    /// <summary>The chance of a value at least as far from zero as t: I_x(ν/2, ½) at x = ν/(ν + t²).</summary>
    /// <remarks>
    /// The regularised incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8, evaluated by Lentz's method),
    /// on the side where it converges fast.
    /// </remarks>
    public static double TwoSided(double t, int freedom)
    {
        double a = freedom / 2.0, square = t * t, x = freedom / (freedom + square), rest = square / (freedom + square);
        if (rest == 0) return 1;
        if (x == 0) return 0;
        var front = PortableMath.Exp(a * PortableMath.Log(x) + 0.5 * PortableMath.Log(rest)) / BetaWithHalf(freedom);
        return x < (a + 1) / (a + 2.5)
            ? front * ContinuedFraction(a, 0.5, x) / a
            : 1 - front * ContinuedFraction(0.5, a, rest) / 0.5;
    }

    /// <summary>B(ν/2, ½), from B(½, ½) = π and B(1, ½) = 2 by B(a + 1, b) = B(a, b) · a/(a + b).</summary>
    private static double BetaWithHalf(int freedom)
    {
        var odd = freedom % 2 == 1;
        var value = odd ? Math.PI : 2;
        for (var a = odd ? 0.5 : 1; a < freedom / 2.0; a++) value *= a / (a + 0.5);
        return value;
    }

    private static double ContinuedFraction(double a, double b, double x)
    {
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), value = d;
        for (var m = 1; m < 10_000; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            value *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15) break;
        }

        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
