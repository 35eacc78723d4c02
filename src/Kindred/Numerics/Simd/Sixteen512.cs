using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kindred.Numerics;

/// <summary>Sixteen numbers in one vector of 512 bits; only where <see cref="IsSupported"/>.</summary>
internal readonly unsafe struct Sixteen512(Vector512<float> value) : ISixteen<Sixteen512>
{
    private readonly Vector512<float> _value = value;

    /// <summary>True if this machine supports it; a constant for the just-in-time compiler.</summary>
    public static bool IsSupported => SimdWidth.Is512 && Avx512F.IsSupported;

    public static bool IsOneVector => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen512 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen512 Load(float* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => _value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen512 FusedMultiplyAdd(Sixteen512 a, Sixteen512 b, Sixteen512 c) =>
        new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen512 SumEach(Sixteen512 a, Sixteen512 b, Sixteen512 c, Sixteen512 d)
    {
        // The halves of a and b, then of c and d, meet in one addition; then the quarters of all four lie in one vector.
        var ab = Avx512F.Shuffle4x128(a._value, b._value, 0b01_00_01_00) + Avx512F.Shuffle4x128(a._value, b._value, 0b11_10_11_10);
        var cd = Avx512F.Shuffle4x128(c._value, d._value, 0b01_00_01_00) + Avx512F.Shuffle4x128(c._value, d._value, 0b11_10_11_10);
        var four = Avx512F.Shuffle4x128(ab, cd, 0b10_00_10_00) + Avx512F.Shuffle4x128(ab, cd, 0b11_01_11_01);
        var two = four + Avx512F.Permute4x32(four, 0b01_00_11_10);
        return new(two + Avx512F.Permute4x32(two, 0b10_11_00_01));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen512 LoadQuarters(float* from) => new(Avx512F.PermuteVar16x32(
        Vector128.Load(from).ToVector256Unsafe().ToVector512Unsafe(), Vector512.Create(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen512 Spread(Sixteen512 quarters, int which) => which switch
    {
        0 => new(Avx512F.Shuffle4x128(quarters._value, quarters._value, 0b00_00_00_00)),
        1 => new(Avx512F.Shuffle4x128(quarters._value, quarters._value, 0b01_01_01_01)),
        2 => new(Avx512F.Shuffle4x128(quarters._value, quarters._value, 0b10_10_10_10)),
        _ => new(Avx512F.Shuffle4x128(quarters._value, quarters._value, 0b11_11_11_11)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Sixteen512 value) => VectorKernels.SumLanes(value._value.GetLower() + value._value.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen512 operator +(Sixteen512 a, Sixteen512 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen512 operator -(Sixteen512 a, Sixteen512 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen512 operator *(Sixteen512 a, Sixteen512 b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen512 operator /(Sixteen512 a, Sixteen512 b) => new(a._value / b._value);
}
