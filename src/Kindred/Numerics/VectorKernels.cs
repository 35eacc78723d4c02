using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics;

/// <summary>Dot products and sums of short vectors (lengths that are multiples of 8), with the same bits at every vector width.</summary>
/// <remarks>
/// Eight lanes each add in ascending order with fused multiply-add; the lanes are then added in one fixed tree.
/// A machine with narrower vectors runs the same eight lanes in halves.
/// </remarks>
internal static unsafe class VectorKernels
{
    /// <summary>Σ a[i]·b[i].</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        CheckLengths(a.Length, b.Length);
        fixed (float* pa = a, pb = b) return Dot(pa, pb, a.Length);
    }

    /// <summary>y[i] += factor·x[i].</summary>
    public static void AddScaled(Span<float> y, float factor, ReadOnlySpan<float> x)
    {
        CheckLengths(y.Length, x.Length);
        fixed (float* py = y, px = x) AddScaled(py, factor, px, y.Length);
    }

    /// <summary>y = x + factor·y.</summary>
    public static void ScaleAdd(Span<float> y, float factor, ReadOnlySpan<float> x)
    {
        CheckLengths(y.Length, x.Length);
        fixed (float* py = y, px = x) ScaleAdd(py, factor, px, y.Length);
    }

    /// <summary>y += Σ_i x[i]·matrix[i, ·] for a square matrix: for a symmetric matrix, its product with a vector.</summary>
    public static void AddProduct(Span<float> y, AlignedMatrix matrix, ReadOnlySpan<float> x)
    {
        CheckLengths(y.Length, x.Length);
        if (matrix.Rows != x.Length || matrix.Columns != x.Length)
        {
            throw new ArgumentException("The matrix must be square and as long as the vectors.", nameof(matrix));
        }
        fixed (float* py = y, px = x) AddProduct(py, matrix.Pointer, px, y.Length);
    }

    /// <summary>Σ a[i]·b[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(float* a, float* b, int length)
    {
        Vector256<float> s0 = default, s1 = default;
        var i = 0;
        for (; i <= length - 16; i += 16)
        {
            s0 = Vector256.FusedMultiplyAdd(Vector256.Load(a + i), Vector256.Load(b + i), s0);
            s1 = Vector256.FusedMultiplyAdd(Vector256.Load(a + i + 8), Vector256.Load(b + i + 8), s1);
        }

        if (i < length) s0 = Vector256.FusedMultiplyAdd(Vector256.Load(a + i), Vector256.Load(b + i), s0);
        return SumLanes(s0 + s1);
    }

    /// <summary>y[i] += factor·x[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(float* y, float factor, float* x, int length)
    {
        var f = Vector256.Create(factor);
        for (var i = 0; i < length; i += 8)
        {
            Vector256.FusedMultiplyAdd(f, Vector256.Load(x + i), Vector256.Load(y + i)).Store(y + i);
        }
    }

    /// <summary>y = x + factor·y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ScaleAdd(float* y, float factor, float* x, int length)
    {
        var f = Vector256.Create(factor);
        for (var i = 0; i < length; i += 8)
        {
            Vector256.FusedMultiplyAdd(f, Vector256.Load(y + i), Vector256.Load(x + i)).Store(y + i);
        }
    }

    /// <summary>y += Σ_i x[i]·matrix[i, ·] for a square matrix [length × length]: for a symmetric matrix, its product with a
    /// vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct(float* y, float* matrix, float* x, int length)
    {
        // Four rows of the matrix per turn, so that y is read and written once for four multiply-adds.
        for (var i = 0; i < length; i += 4)
        {
            Vector256<float> x0 = Vector256.Create(x[i]), x1 = Vector256.Create(x[i + 1]);
            Vector256<float> x2 = Vector256.Create(x[i + 2]), x3 = Vector256.Create(x[i + 3]);
            float* r0 = matrix + (long)i * length, r1 = r0 + length, r2 = r1 + length, r3 = r2 + length;
            for (var j = 0; j < length; j += 8)
            {
                var sum = Vector256.Load(y + j);
                sum = Vector256.FusedMultiplyAdd(x0, Vector256.Load(r0 + j), sum);
                sum = Vector256.FusedMultiplyAdd(x1, Vector256.Load(r1 + j), sum);
                sum = Vector256.FusedMultiplyAdd(x2, Vector256.Load(r2 + j), sum);
                sum = Vector256.FusedMultiplyAdd(x3, Vector256.Load(r3 + j), sum);
                sum.Store(y + j);
            }
        }
    }

    private static void CheckLengths(int a, int b)
    {
        if (a != b || a % 8 != 0)
        {
            throw new ArgumentException($"Vectors of {a} and {b} numbers: both must have the same length, a multiple of 8.");
        }
    }

    /// <summary>The sum of eight lanes in one fixed order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumLanes(Vector256<float> v)
    {
        var four = v.GetLower() + v.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }
}
