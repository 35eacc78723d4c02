using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics;

/// <summary>Sixteen numbers in two vectors of 256 bits; the runtime splits them further where it must.</summary>
internal readonly unsafe struct Sixteen256(Vector256<float> low, Vector256<float> high) : ISixteen<Sixteen256>
{
    private readonly Vector256<float> _low = low;
    private readonly Vector256<float> _high = high;

    public static bool IsOneVector => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen256 Create(float value) => new(Vector256.Create(value), Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen256 Load(float* from) => new(Vector256.Load(from), Vector256.Load(from + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to)
    {
        _low.Store(to);
        _high.Store(to + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen256 FusedMultiplyAdd(Sixteen256 a, Sixteen256 b, Sixteen256 c) =>
        new(Vector256.FusedMultiplyAdd(a._low, b._low, c._low), Vector256.FusedMultiplyAdd(a._high, b._high, c._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen256 SumEach(Sixteen256 a, Sixteen256 b, Sixteen256 c, Sixteen256 d) => Quarters(Sum(a), Sum(b), Sum(c), Sum(d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen256 LoadQuarters(float* from) => Quarters(from[0], from[1], from[2], from[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen256 Spread(Sixteen256 quarters, int which) => which switch
    {
        0 => Create(quarters._low[0]),
        1 => Create(quarters._low[4]),
        2 => Create(quarters._high[0]),
        _ => Create(quarters._high[4]),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Sixteen256 value) => VectorKernels.SumLanes(value._low + value._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen256 operator +(Sixteen256 a, Sixteen256 b) => new(a._low + b._low, a._high + b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen256 operator -(Sixteen256 a, Sixteen256 b) => new(a._low - b._low, a._high - b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen256 operator *(Sixteen256 a, Sixteen256 b) => new(a._low * b._low, a._high * b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sixteen256 operator /(Sixteen256 a, Sixteen256 b) => new(a._low / b._low, a._high / b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Sixteen256 Quarters(float a, float b, float c, float d) => new(
        Vector256.Create(Vector128.Create(a), Vector128.Create(b)), Vector256.Create(Vector128.Create(c), Vector128.Create(d)));
}
