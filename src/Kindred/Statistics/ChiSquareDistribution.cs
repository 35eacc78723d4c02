using Kindred.Numerics;

namespace Kindred.Statistics;

/// <summary>The χ² distribution, with the same bits on every machine.</summary>
internal static class ChiSquareDistribution
{
    /// <summary>The probability of a value above x: the regularised incomplete gamma function Q(ν/2, x/2).</summary>
    /// <remarks>The relative error is about 10⁻¹³, also far out in the tail: by the series below the mean, by Legendre's continued fraction
    /// above.</remarks>
    /// <param name="x">A number of at least 0.</param>
    /// <param name="freedom">Degrees of freedom ν, above 0.</param>
    public static double UpperTail(double x, double freedom)
    {
        if (!(freedom > 0) || double.IsInfinity(freedom))
        {
            throw new ArgumentOutOfRangeException(nameof(freedom), freedom, "Degrees of freedom must be above 0, and finite.");
        }

        if (double.IsNaN(x)) return x;
        if (x <= 0) return 1;
        if (double.IsPositiveInfinity(x)) return 0;
        double a = freedom / 2, half = x / 2;
        // x^a e^−x / Γ(a)
        var front = PortableMath.Exp(a * PortableMath.Log(half) - half - PortableMath.LogGamma(a));
        return half < a + 1 ? 1 - front * Series(a, half) : front * Fraction(a, half);
    }

    private static double Series(double a, double x)
    {
        double term = 1 / a, sum = term;
        for (var n = 1; term > 1e-17 * sum; n++) sum += term *= x / (a + n);
        return sum;
    }

    // 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))), by Lentz's method.
    private static double Fraction(double a, double x)
    {
        double below = x + 1 - a, value = below, c = below, d = 0;
        for (var n = 1; n < 100_000; n++)
        {
            var above = -n * (n - a);
            below += 2;
            d = 1 / (below + above * d);
            c = below + above / c;
            value *= c * d;
            if (Math.Abs(c * d - 1) < 1e-15) break;
        }

        return 1 / value;
    }
}
