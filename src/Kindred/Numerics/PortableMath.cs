namespace Kindred.Numerics;

/// <summary>Exponential and logarithm with the same bits on every machine.</summary>
/// <remarks>
/// <see cref="Math.Exp"/> and <see cref="Math.Log(double)"/> call the C library, whose last bit differs between systems;
/// models are compared byte by byte, so they use these. Both are within 2 units in the last place.
/// </remarks>
public static partial class PortableMath
{
    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts, so that k·ln 2 is exact for the part that carries the leading bits.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>e^x; 0 below −745, +∞ above 709.78, NaN for NaN.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > 709.782712893384) return double.PositiveInfinity;
        if (x < -745.2) return 0;

        var k = Math.Round(x * Log2E);
        var r = x - k * Ln2High - k * Ln2Low;

        // Taylor on |r| ≤ ln 2 / 2: the 14th term is below 1e-17.
        var sum = 1.0 / 6227020800;
        sum = sum * r + 1.0 / 479001600;
        sum = sum * r + 1.0 / 39916800;
        sum = sum * r + 1.0 / 3628800;
        sum = sum * r + 1.0 / 362880;
        sum = sum * r + 1.0 / 40320;
        sum = sum * r + 1.0 / 5040;
        sum = sum * r + 1.0 / 720;
        sum = sum * r + 1.0 / 120;
        sum = sum * r + 1.0 / 24;
        sum = sum * r + 1.0 / 6;
        sum = sum * r + 0.5;
        sum = sum * r + 1;
        sum = sum * r + 1;
        return Math.ScaleB(sum, (int)k);
    }

    /// <summary>Natural logarithm; −∞ for 0, NaN below.</summary>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        if (x == 0) return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x)) return x;

        var k = Math.ILogB(x);
        var m = Math.ScaleB(x, -k);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            k++;
        }

        // ln m = 2 artanh(s), s = (m − 1)/(m + 1), |s| ≤ .1716: terms up to s²¹.
        var s = (m - 1) / (m + 1);
        var s2 = s * s;
        var sum = 0.0;
        for (var n = 21; n >= 3; n -= 2) sum = (sum + 1.0 / n) * s2;
        return k * Ln2High + (k * Ln2Low + 2 * s * sum + 2 * s);
    }

    /// <summary>1 / (1 + e^−x), without overflow.</summary>
    public static double Sigmoid(double x)
    {
        var e = Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>ln(1 + e^x), without overflow.</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log(1 + Exp(-Math.Abs(x)));
}
