using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kindred.Numerics;

/// <summary>Transposes rows of numbers into lane groups, one user per vector lane.</summary>
internal static unsafe class UserLanes
{
    /// <summary>Users side by side.</summary>
    public static int Count => UserLaneKernels.Lanes;

    /// <summary>Transposes rows into a lane group.</summary>
    /// <param name="rows">[users] the start of each lane's row.</param>
    /// <param name="length">Numbers per row.</param>
    /// <param name="group">[length][users].</param>
    public static void Load(ReadOnlySpan<nint> rows, int length, Span<float> group)
    {
        if (rows.Length != Count || group.Length != length * Count)
        {
            throw new ArgumentException($"{rows.Length} rows of {length} numbers and a lane group of {group.Length} do not go together.");
        }
        fixed (nint* from = rows)
        {
            fixed (float* to = group) Load((float**)from, length, to, Count);
        }
    }

    /// <summary>Multiplies each user's numbers by |x|^(−½); zeros stay zeros.</summary>
    /// <param name="group">[length][users].</param>
    public static void HalfNormalize(Span<float> group)
    {
        fixed (float* p = group)
        {
            var length = group.Length / Count;
            if (SimdWidth.Is512) HalfNormalize<Simd512>(p, length, Count);
            else if (SimdWidth.Is256) HalfNormalize<Simd256>(p, length, Count);
            else HalfNormalize<Simd128>(p, length, Count);
        }
    }

    /// <summary>The Euclidean length of each user's numbers.</summary>
    /// <param name="group">[length][users].</param>
    /// <param name="lengths">[users].</param>
    public static void Lengths(ReadOnlySpan<float> group, Span<float> lengths)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lengths.Length, Count);
        fixed (float* p = group, to = lengths)
        {
            var length = group.Length / Count;
            if (SimdWidth.Is512) Lengths<Simd512>(p, length, Count, to);
            else if (SimdWidth.Is256) Lengths<Simd256>(p, length, Count, to);
            else Lengths<Simd128>(p, length, Count, to);
        }
    }

    /// <summary>The Euclidean length of one user's numbers, with the same bits as a lane of
    /// <see cref="Lengths(ReadOnlySpan{float}, Span{float})"/>.</summary>
    public static float Length(ReadOnlySpan<float> row)
    {
        var squares = 0f;
        foreach (var value in row) squares = MathF.FusedMultiplyAdd(value, value, squares);
        return MathF.Sqrt(squares);
    }

    /// <summary>Half-normalises one user's row, with the same bits as a lane of <see cref="HalfNormalize(Span{float})"/>.</summary>
    /// <param name="row">The user's numbers.</param>
    /// <param name="result">Receives as many numbers.</param>
    public static void HalfNormalize(ReadOnlySpan<float> row, Span<float> result)
    {
        var squares = 0f;
        foreach (var value in row) squares = MathF.FusedMultiplyAdd(value, value, squares);
        var factor = squares > 0 ? 1 / MathF.Sqrt(MathF.Sqrt(squares)) : 0;
        for (var k = 0; k < row.Length; k++) result[k] = row[k] * factor;
    }

    /// <summary>Multiplies each user's numbers by |x|^(−½).</summary>
    /// <param name="group">[length][users].</param>
    /// <param name="length">Numbers per user.</param>
    /// <param name="users">Users side by side: a multiple of three vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void HalfNormalize<TSimd>(float* group, int length, int users)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var end = group + (long)length * users;
        for (var lane = 0; lane < users; lane += 3 * TSimd.Count)
        {
            TSimd s0 = default, s1 = default, s2 = default;
            for (var at = group + lane; at < end; at += users)
            {
                TSimd x0 = TSimd.Load(at), x1 = TSimd.Load(at + TSimd.Count), x2 = TSimd.Load(at + 2 * TSimd.Count);
                s0 = TSimd.FusedMultiplyAdd(x0, x0, s0);
                s1 = TSimd.FusedMultiplyAdd(x1, x1, s1);
                s2 = TSimd.FusedMultiplyAdd(x2, x2, s2);
            }

            TSimd f0 = Factor(s0), f1 = Factor(s1), f2 = Factor(s2);
            for (var at = group + lane; at < end; at += users)
            {
                (TSimd.Load(at) * f0).Store(at);
                (TSimd.Load(at + TSimd.Count) * f1).Store(at + TSimd.Count);
                (TSimd.Load(at + 2 * TSimd.Count) * f2).Store(at + 2 * TSimd.Count);
            }
        }
    }

    /// <summary>The Euclidean length of each user's numbers.</summary>
    /// <param name="group">[length][users].</param>
    /// <param name="length">Numbers per user.</param>
    /// <param name="users">Users side by side: a multiple of a vector.</param>
    /// <param name="lengths">[users].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lengths<TSimd>(float* group, int length, int users, float* lengths)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var end = group + (long)length * users;
        for (var lane = 0; lane < users; lane += TSimd.Count)
        {
            TSimd squares = default;
            for (var at = group + lane; at < end; at += users)
            {
                var value = TSimd.Load(at);
                squares = TSimd.FusedMultiplyAdd(value, value, squares);
            }

            TSimd.Sqrt(squares).Store(lengths + lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd Factor<TSimd>(TSimd squares)
        where TSimd : unmanaged, ISimd<TSimd> =>
        TSimd.WherePositive(squares, TSimd.Create(1) / TSimd.Sqrt(TSimd.Sqrt(squares)));

    /// <summary>Transposes rows into a lane group.</summary>
    /// <param name="rows">[users] the start of each lane's row.</param>
    /// <param name="length">Numbers per row.</param>
    /// <param name="group">[length][users].</param>
    /// <param name="users">Lanes: a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(float** rows, int length, float* group, int users)
    {
        var k = 0;
        if (Avx.IsSupported)
        {
            for (; k <= length - 8; k += 8)
            {
                for (var u = 0; u < users; u += 8) Transpose8(rows + u, k, group + (long)k * users + u, users);
            }
        }

        // Eight numbers of each user at a time, so that both sides stay within a few cache lines.
        for (; k < length; k += 8)
        {
            var numbers = Math.Min(8, length - k);
            for (var u = 0; u < users; u++)
            {
                float* from = rows[u] + k, to = group + (long)k * users + u;
                for (var i = 0; i < numbers; i++) to[i * users] = from[i];
            }
        }
    }

    /// <summary>Eight numbers of eight rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8(float** rows, long k, float* to, long stride)
    {
        Vector256<float> r0 = Vector256.Load(rows[0] + k), r1 = Vector256.Load(rows[1] + k), r2 = Vector256.Load(rows[2] + k),
            r3 = Vector256.Load(rows[3] + k);
        Vector256<float> r4 = Vector256.Load(rows[4] + k), r5 = Vector256.Load(rows[5] + k), r6 = Vector256.Load(rows[6] + k),
            r7 = Vector256.Load(rows[7] + k);

        // Pairs of rows, then fours, each within halves of a vector; then the halves.
        Vector256<float> a0 = Avx.UnpackLow(r0, r1), a1 = Avx.UnpackHigh(r0, r1), a2 = Avx.UnpackLow(r2, r3), a3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> a4 = Avx.UnpackLow(r4, r5), a5 = Avx.UnpackHigh(r4, r5), a6 = Avx.UnpackLow(r6, r7), a7 = Avx.UnpackHigh(r6, r7);
        const byte Low = 0x44, High = 0xEE;
        Vector256<float> b0 = Avx.Shuffle(a0, a2, Low), b1 = Avx.Shuffle(a0, a2, High), b2 = Avx.Shuffle(a1, a3, Low),
            b3 = Avx.Shuffle(a1, a3, High);
        Vector256<float> b4 = Avx.Shuffle(a4, a6, Low), b5 = Avx.Shuffle(a4, a6, High), b6 = Avx.Shuffle(a5, a7, Low),
            b7 = Avx.Shuffle(a5, a7, High);
        const byte Lower = 0x20, Upper = 0x31;
        Avx.Permute2x128(b0, b4, Lower).Store(to);
        Avx.Permute2x128(b1, b5, Lower).Store(to + stride);
        Avx.Permute2x128(b2, b6, Lower).Store(to + 2 * stride);
        Avx.Permute2x128(b3, b7, Lower).Store(to + 3 * stride);
        Avx.Permute2x128(b0, b4, Upper).Store(to + 4 * stride);
        Avx.Permute2x128(b1, b5, Upper).Store(to + 5 * stride);
        Avx.Permute2x128(b2, b6, Upper).Store(to + 6 * stride);
        Avx.Permute2x128(b3, b7, Upper).Store(to + 7 * stride);
    }
}
