using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

/// <summary>Exponential and logarithm of many numbers at once in single precision, with the same bits at every vector width.</summary>
internal static class SimdMath
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts, so that k·ln 2 is exact for the part that carries the leading bits.
    private const float Ln2High = 0.693145752f;
    private const float Ln2Low = 1.42860677e-6f;

    // Adding and subtracting 1.5 · 2²³ rounds to the nearest whole number.
    private const float Rounder = 12582912f;

    /// <summary>e^x for x ≤ 0, within 2 units in the last place; of numbers below −87 it is that of −87, which is 1.6e-38. NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd ExpOfNegative<TSimd>(TSimd x)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        x = TSimd.Max(TSimd.Create(-87), x);
        var k = TSimd.FusedMultiplyAdd(x, TSimd.Create(Log2E), TSimd.Create(Rounder)) - TSimd.Create(Rounder);
        var r = TSimd.FusedMultiplyAdd(k, TSimd.Create(-Ln2High), x);
        r = TSimd.FusedMultiplyAdd(k, TSimd.Create(-Ln2Low), r);

        // Taylor on |r| ≤ ln 2 / 2: the term of r⁸ is below 6e-9.
        var sum = TSimd.Create(1f / 5040);
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(1f / 720));
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(1f / 120));
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(1f / 24));
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(1f / 6));
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(0.5f));
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(1));
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(1));
        return sum * TSimd.PowerOfTwo(k);
    }

    /// <summary>ln(1 + x) for 0 ≤ x ≤ 1, within 3 units in the last place, for the smallest x too. NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd LogOfOnePlus<TSimd>(TSimd x)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        // ln(1 + x) = 2 artanh(s) = 2s (1 + s²/3 + s⁴/5 + …), s = x/(2 + x) ≤ 1/3: the term of s¹⁶ is below 2e-9.
        var s = x / (TSimd.Create(2) + x);
        var square = s * s;
        var sum = TSimd.Create(1f / 15);
        sum = TSimd.FusedMultiplyAdd(sum, square, TSimd.Create(1f / 13));
        sum = TSimd.FusedMultiplyAdd(sum, square, TSimd.Create(1f / 11));
        sum = TSimd.FusedMultiplyAdd(sum, square, TSimd.Create(1f / 9));
        sum = TSimd.FusedMultiplyAdd(sum, square, TSimd.Create(1f / 7));
        sum = TSimd.FusedMultiplyAdd(sum, square, TSimd.Create(1f / 5));
        sum = TSimd.FusedMultiplyAdd(sum, square, TSimd.Create(1f / 3));
        sum = TSimd.FusedMultiplyAdd(sum, square, TSimd.Create(1));
        return (s + s) * sum;
    }
}
