namespace Kindred.Numerics;

public static partial class PortableMath
{
    private const double HalfLogOfTwoPi = 0.9189385332046727;

    /// <summary>ln(1 + x), without loss of digits near 0; −∞ for −1, NaN below.</summary>
    public static double LogOnePlus(double x)
    {
        if (!(Math.Abs(x) < 0.1)) return Log(1 + x);

        // ln(1 + x) = 2 artanh(s), s = x/(2 + x), |s| ≤ .053: terms up to s¹³.
        var s = x / (2 + x);
        var square = s * s;
        var sum = 0.0;
        for (var n = 13; n >= 3; n -= 2) sum = (sum + 1.0 / n) * square;
        return 2 * s * sum + 2 * s;
    }

    /// <summary>The logarithm of the gamma function, for numbers above 0, with an absolute or relative error of about 10⁻¹⁵.</summary>
    public static double LogGamma(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        var product = 1.0;
        for (; x < 12; x++) product *= x;
        return (x - 0.5) * Log(x) - x + HalfLogOfTwoPi + StirlingSeries(x) - Log(product);
    }

    /// <summary>ln Γ(x) − (x − ½) ln x + x − ½ ln 2π, for numbers above 0: the remainder of Stirling's formula.</summary>
    internal static double StirlingRest(double x) => x < 12 ? LogGamma(x) - ((x - 0.5) * Log(x) - x + HalfLogOfTwoPi) : StirlingSeries(x);

    // For x from 12 on it is good to 10⁻¹⁷.
    private static double StirlingSeries(double x)
    {
        // B₂ₙ / (2n (2n − 1) x²ⁿ⁻¹) with Bernoulli's numbers.
        var inverse = 1 / x;
        var square = inverse * inverse;
        var sum = 1.0 / 156;
        sum = 691.0 / 360_360 - sum * square;
        sum = 1.0 / 1_188 - sum * square;
        sum = 1.0 / 1_680 - sum * square;
        sum = 1.0 / 1_260 - sum * square;
        sum = 1.0 / 360 - sum * square;
        sum = 1.0 / 12 - sum * square;
        return sum * inverse;
    }

    /// <summary>Γ(x + ½) / Γ(x), for numbers above 0, without the loss of digits of two large logarithms.</summary>
    internal static double GammaRatioOfHalf(double x)
    {
        var product = 1.0;
        for (; x < 12; x++) product *= x / (x + 0.5);
        // The difference of the two Stirling formulas, in which all large terms cancel.
        var rest = x * LogOnePlus(0.5 / x) - 0.5 + StirlingSeries(x + 0.5) - StirlingSeries(x);
        return product * Math.Sqrt(x) * Exp(rest);
    }
}
