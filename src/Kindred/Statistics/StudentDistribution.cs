using Kindred.Numerics;

namespace Kindred.Statistics;

/// <summary>Student's t distribution, for any number of degrees of freedom above 0, with the same bits on every machine.</summary>
/// <remarks>+∞ degrees of freedom are the normal distribution. The relative error of tails is about 10⁻¹⁴, also far out.</remarks>
public static class StudentDistribution
{
    private const double InverseRootOfPi = 0.5641895835477563;

    /// <summary>The probability of a value at least as far from zero as t: I_x(ν/2, ½) at x = ν/(ν + t²).</summary>
    /// <param name="t">Any number.</param>
    /// <param name="freedom">Degrees of freedom ν, above 0.</param>
    public static double TwoSided(double t, double freedom)
    {
        ThrowUnlessPositive(freedom);
        if (double.IsNaN(t)) return t;
        return double.IsPositiveInfinity(freedom) ? NormalDistribution.TwoSided(t) : Split(Math.Abs(t), freedom).Outside;
    }

    /// <summary>The quantile: the value with a given share of the distribution below it.</summary>
    /// <param name="p">0 to 1; the quantiles of 0 and 1 are −∞ and +∞.</param>
    /// <param name="freedom">Degrees of freedom ν, above 0.</param>
    public static double Quantile(double p, double freedom)
    {
        ThrowUnlessPositive(freedom);
        var normal = NormalDistribution.Quantile(p);
        if (double.IsPositiveInfinity(freedom) || p is 0 or 0.5 or 1) return normal;
        // 1 − 2p is exact near ½, where the share inside is small.
        double inside = Math.Abs(1 - 2 * p), outside = 2 * Math.Min(p, 1 - p);
        return Math.CopySign(Distance(inside, outside, freedom, Math.Abs(normal)), normal);
    }

    /// <summary>The t with given shares inside and outside of ±t, by Newton's method on the logarithms of both, kept within known
    /// bounds.</summary>
    private static double Distance(double inside, double outside, double freedom, double guess)
    {
        double low = -740, high = 709, at = PortableMath.Log(guess);
        for (var step = 0; step < 200; step++)
        {
            var t = PortableMath.Exp(at);
            var (found, rest, slope) = Split(t, freedom);
            // The smaller of the two has all of its digits.
            var small = inside < outside;
            var gap = small ? PortableMath.Log(found / inside) : -PortableMath.Log(rest / outside);
            if (gap > 0) high = at;
            else low = at;
            var next = at - gap * (small ? found : rest) / (slope * t);
            if (Math.Abs(next - at) <= 4e-16 * Math.Max(1, Math.Abs(at))) break;
            at = next > low && next < high ? next : (low + high) / 2;
            if (at == low || at == high) break;
        }

        return PortableMath.Exp(at);
    }

    /// <summary>Shares inside and outside of ±t, and twice the density at t.</summary>
    private static (double Inside, double Outside, double Slope) Split(double t, double freedom)
    {
        if (t == 0) return (0, 1, 2 * PortableMath.GammaRatioOfHalf(freedom / 2) * InverseRootOfPi / Math.Sqrt(freedom));
        if (double.IsPositiveInfinity(t)) return (1, 0, 0);

        // Written so that neither t² nor the complement of a number near 1 loses digits.
        double a = freedom / 2, inverse = freedom / t / t, ratio = t / freedom * t;
        double x = inverse < 1 ? inverse / (1 + inverse) : 1 / (1 + ratio), y = inverse < 1 ? 1 / (1 + inverse) : ratio / (1 + ratio);
        var logOfX = inverse < 1
            ? PortableMath.Log(freedom) - 2 * PortableMath.Log(t) - PortableMath.LogOnePlus(inverse)
            : -PortableMath.LogOnePlus(ratio);

        // x^a y^½ / B(a, ½)
        var front = PortableMath.Exp(a * logOfX) * Math.Sqrt(y) * PortableMath.GammaRatioOfHalf(a) * InverseRootOfPi;
        var slope = 2 * front / t;
        if (y > 1.5 / (a + 2.5))
        {
            var outside = Math.Min(1, front * Fraction(a, x, y));
            return (1 - outside, outside, slope);
        }

        var inside = Math.Min(1, front * Series(a, y));
        return (inside, 1 - inside, slope);
    }

    /// <summary>I_x(a, ½) without its front, by the continued fraction of Didonato and Morris (1992, formula 9), from the front by Lentz's
    /// method.</summary>
    /// <remarks>Its terms contain 1 − x as a separate number, so that no digits are lost if x is nearly 1.</remarks>
    private static double Fraction(double a, double x, double y)
    {
        const double B = 0.5;
        double surplus = (a + B) * y - B, first = a / (a + 1) * (surplus + 1), value = first, c = first, d = 0;
        for (var n = 1; n < 100_000; n++)
        {
            var scale = a + 2 * n - 1;
            var above = (a + n - 1) / scale * ((a + B + n - 1) / scale) * n * (B - n) * x * x;
            var below = n + n * (B - n) * x / scale + (a + n) / (scale + 2) * (surplus + 1 + n * (1 + y));
            d = 1 / (below + above * d);
            c = below + above / c;
            value *= c * d;
            if (Math.Abs(c * d - 1) < 1e-15) break;
        }

        return 1 / value;
    }

    /// <summary>I_y(½, a) without its front, by its series of positive terms: 2 Σ (a + ½)ₙ/(3/2)ₙ yⁿ.</summary>
    private static double Series(double a, double y)
    {
        double term = 2, sum = 2;
        for (var n = 0; term > 1e-17 * sum; n++) sum += term *= (a + 0.5 + n) / (1.5 + n) * y;
        return sum;
    }

    private static void ThrowUnlessPositive(double freedom)
    {
        if (!(freedom > 0)) throw new ArgumentOutOfRangeException(nameof(freedom), freedom, "Degrees of freedom must be above 0.");
    }
}
