using Kindred.Numerics;

namespace Kindred.Statistics;

/// <summary>The standard normal distribution, with the same bits on every machine.</summary>
/// <remarks>The relative error of tails and quantiles is about 10⁻¹⁵, also far out.</remarks>
public static class NormalDistribution
{
    private const double InverseRootOfTwoPi = 0.3989422804014327;

    // From here on the tail uses its continued fraction; nearer to 0 it is ½ minus the middle, without loss of digits.
    private const double TailFrom = 1;

    /// <summary>The probability of a value of at most z.</summary>
    public static double Cumulative(double z) => UpperTail(-z);

    /// <summary>The probability of a value above z.</summary>
    public static double UpperTail(double z)
    {
        if (double.IsNaN(z)) return z;
        if (Math.Abs(z) < TailFrom) return 0.5 - Middle(z);
        var tail = Density(z) * MillsRatio(Math.Abs(z));
        return z > 0 ? tail : 1 - tail;
    }

    /// <summary>The probability of a value at least as far from 0 as z.</summary>
    public static double TwoSided(double z) => Math.Min(1, 2 * UpperTail(Math.Abs(z)));

    /// <summary>The quantile: the value with a given share of the distribution below it.</summary>
    /// <param name="p">0 to 1; the quantiles of 0 and 1 are −∞ and +∞.</param>
    public static double Quantile(double p)
    {
        if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A share is from 0 to 1.");
        if (p is 0 or 1) return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        if (Math.Abs(p - 0.5) < 0.25) return MiddleQuantile(p - 0.5);
        return p < 0.5 ? -TailQuantile(p) : TailQuantile(1 - p);
    }

    /// <summary>The density at z.</summary>
    internal static double Density(double z)
    {
        // z² is split into the square of a number of few bits, which is exact, and a small rest, because its rounding would matter far out.
        var near = Math.Round(z * 65536) / 65536;
        var rest = (z - near) * (z + near);
        return Math.Abs(z) > 40 ? 0 : InverseRootOfTwoPi * PortableMath.Exp(-near * near / 2) * PortableMath.Exp(-rest / 2);
    }

    /// <summary>The probability between 0 and z, by the series of positive terms φ(z) (z + z³/3 + z⁵/15 + …).</summary>
    private static double Middle(double z)
    {
        double term = z, sum = z;
        for (var n = 3; Math.Abs(term) > 1e-18 * Math.Abs(sum); n += 2) sum += term *= z * z / n;
        return Density(z) * sum;
    }

    /// <summary>The tail divided by the density: 1/(z + 1/(z + 2/(z + 3/…))), for z from <see cref="TailFrom"/> on.</summary>
    private static double MillsRatio(double z)
    {
        // With this many terms the rest is about e^(−2z√n), less than 10⁻¹⁷; evaluated from the last term to the first.
        var fraction = z;
        for (var n = (int)(420 / (z * z)) + 20; n > 0; n--) fraction = z + n / fraction;
        return 1 / fraction;
    }

    private static double MiddleQuantile(double share)
    {
        var z = share / InverseRootOfTwoPi;
        for (var step = 0; step < 6; step++) z -= (Middle(z) - share) / Density(z);
        return z;
    }

    /// <summary>The z with a small share above it, by Newton's method on the logarithm of the tail, which is nearly a parabola.</summary>
    private static double TailQuantile(double share)
    {
        var square = -2 * PortableMath.Log(share);
        var z = Math.Sqrt(Math.Max(0.25, square - PortableMath.Log(2 * Math.PI * Math.Max(1, square - 2))));
        for (var step = 0; step < 8; step++)
        {
            var (tail, density) = (UpperTail(z), Density(z));
            // At the end of the range of a double, the initial guess is accurate enough.
            if (tail == 0 || density == 0) break;
            z += PortableMath.Log(tail / share) * (tail / density);
        }

        return z;
    }
}
