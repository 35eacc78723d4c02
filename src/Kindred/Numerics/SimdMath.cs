using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

/// <summary>Sigmoid and softplus of many float32 numbers at a time, with the same bits at every vector width.</summary>
/// <remarks>
/// Uses only correctly rounded operations in a fixed order. Sigmoid and softplus are within 2.5 units in the last place of the true
/// values (2.2 measured); if those are below the smallest normal number, e^−87.3, the results are about that number.
/// </remarks>
internal static unsafe class SimdMath
{
    // e^x is a normal number from here on.
    private const float LeastExponent = -87.33654f;

    private const float Log2E = 1.44269504f;

    // ln 2 in two parts, so that n·ln 2 is exact for the part that carries the leading bits.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Adding it rounds to a whole number: the distance of floats between 2²³ and 2²⁴ is 1.
    private const float RoundingShift = 12582912f;

    /// <summary>Sigmoid and softplus of scores.</summary>
    /// <param name="scores">Log-odds, a multiple of 16 of them.</param>
    /// <param name="probabilities">As many: 1 / (1 + e^−z).</param>
    /// <param name="softplus">As many: ln(1 + e^z).</param>
    public static void Logistic(ReadOnlySpan<float> scores, Span<float> probabilities, Span<float> softplus)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length % 16, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, scores.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(softplus.Length, scores.Length);
        fixed (float* z = scores, p = probabilities, s = softplus) Logistic(z, scores.Length, p, s);
    }

    /// <summary>Sigmoid and softplus of scores.</summary>
    /// <param name="scores">[count] log-odds.</param>
    /// <param name="count">A multiple of 16.</param>
    /// <param name="probabilities">[count] 1 / (1 + e^−z).</param>
    /// <param name="softplus">[count] ln(1 + e^z).</param>
    public static void Logistic(float* scores, int count, float* probabilities, float* softplus)
    {
        if (SimdWidth.Is512) Logistic<Simd512>(scores, count, probabilities, softplus);
        else if (SimdWidth.Is256) Logistic<Simd256>(scores, count, probabilities, softplus);
        else Logistic<Simd128>(scores, count, probabilities, softplus);
    }

    /// <inheritdoc cref="Logistic(float*, int, float*, float*)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Logistic<TSimd>(float* scores, int count, float* probabilities, float* softplus)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        TSimd zero = TSimd.Create(0), one = TSimd.Create(1), two = TSimd.Create(2);
        for (var i = 0; i < count; i += TSimd.Count)
        {
            var z = TSimd.Load(scores + i);
            var e = ExpOfNegative(zero - TSimd.Max(zero - z, z));

            // 1 / (1 + e) above 0, e / (1 + e) below; e is at most 1.
            (TSimd.Max(TSimd.WherePositive(z, one), e) / (one + e)).Store(probabilities + i);

            // ln(1 + e) = 2 artanh(s), s = e / (2 + e) ≤ 1/3.
            var s = e / (two + e);
            (TSimd.Max(zero, z) + ArTanhTwice(s)).Store(softplus + i);
        }
    }

    /// <summary>e^x for x ≤ 0; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd ExpOfNegative<TSimd>(TSimd x)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        // Max returns its second argument if that is NaN.
        var shift = TSimd.Create(RoundingShift);
        var within = TSimd.Max(TSimd.Create(LeastExponent), x);
        var n = TSimd.FusedMultiplyAdd(within, TSimd.Create(Log2E), shift) - shift;
        var r = TSimd.FusedMultiplyAdd(n, TSimd.Create(-Ln2Low), TSimd.FusedMultiplyAdd(n, TSimd.Create(-Ln2High), within));

        // Taylor on |r| ≤ ln 2 / 2: the eighth term is below 6e-9.
        var sum = TSimd.Create(1f / 5040);
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(1f / 720));
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(1f / 120));
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(1f / 24));
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(1f / 6));
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(0.5f));
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(1));
        sum = TSimd.FusedMultiplyAdd(sum, r, TSimd.Create(1));
        return sum * TSimd.PowerOfTwo(n);
    }

    /// <summary>2 artanh(s) for 0 ≤ s ≤ 1/3: a Taylor series; its next term is below 3e-9 of the value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd ArTanhTwice<TSimd>(TSimd s)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var square = s * s;
        var sum = TSimd.Create(2f / 15);
        sum = TSimd.FusedMultiplyAdd(sum, square, TSimd.Create(2f / 13));
        sum = TSimd.FusedMultiplyAdd(sum, square, TSimd.Create(2f / 11));
        sum = TSimd.FusedMultiplyAdd(sum, square, TSimd.Create(2f / 9));
        sum = TSimd.FusedMultiplyAdd(sum, square, TSimd.Create(2f / 7));
        sum = TSimd.FusedMultiplyAdd(sum, square, TSimd.Create(2f / 5));
        sum = TSimd.FusedMultiplyAdd(sum, square, TSimd.Create(2f / 3));
        var twice = s + s;
        return TSimd.FusedMultiplyAdd(sum * square, s, twice);
    }
}
