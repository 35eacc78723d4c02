using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics;

/// <summary>Kernels on matrices with one problem per column (a lane), so that many problems share one pass over sparse rows.</summary>
/// <remarks>
/// A lane's bits do not depend on other lanes or their number, which is a multiple of 8. Arrays are [rows × lanes],
/// coefficients and sums [lanes].
/// </remarks>
internal static unsafe class ProblemLaneKernels
{
    /// <summary>sums += Σ matrix[first + row, ·] over some rows, in their order.</summary>
    /// <param name="matrix">[· × lanes].</param>
    /// <param name="rows">Numbers of rows, counted from <paramref name="first"/>.</param>
    /// <param name="first">A number to add to each of them.</param>
    /// <param name="sums">[lanes].</param>
    public static void AddRows(AlignedMatrix matrix, ReadOnlySpan<int> rows, long first, Span<float> sums)
    {
        if (SimdWidth.Is512 && sums.Length % Simd512.Count == 0) AddRows<Simd512>(matrix, rows, first, sums);
        else if (SimdWidth.Is256) AddRows<Simd256>(matrix, rows, first, sums);
        else AddRows<Simd128>(matrix, rows, first, sums);
    }

    /// <summary>The same at one vector width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRows<TSimd>(AlignedMatrix matrix, ReadOnlySpan<int> rows, long first, Span<float> sums)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var lanes = sums.Length;
        CheckLanes(matrix.Columns, lanes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(lanes % TSimd.Count, 0);
        var count = (ulong)matrix.Rows;
        fixed (float* to = sums)
        {
            for (var lane = 0; lane < lanes; lane += 2 * TSimd.Count)
            {
                // Two chains if there are lanes for them: with vectors of 8, both halves of a cache line.
                var paired = lane + 2 * TSimd.Count <= lanes;
                var from = matrix.Pointer + lane;
                TSimd low = TSimd.Load(to + lane), high = paired ? TSimd.Load(to + lane + TSimd.Count) : low;
                foreach (var row in rows)
                {
                    var at = first + row;
                    if ((ulong)at >= count) throw new ArgumentOutOfRangeException(nameof(rows), $"Row {at} of a matrix of {count}.");
                    low += TSimd.Load(from + at * lanes);
                    if (paired) high += TSimd.Load(from + at * lanes + TSimd.Count);
                }

                low.Store(to + lane);
                if (paired) high.Store(to + lane + TSimd.Count);
            }
        }
    }

    /// <summary>y = a∘y + b∘x, with one coefficient per lane.</summary>
    /// <param name="y">[rows × lanes].</param>
    /// <param name="a">[lanes].</param>
    /// <param name="b">[lanes].</param>
    /// <param name="x">[rows × lanes].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(Span<float> y, ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> x)
    {
        var lanes = a.Length;
        CheckLanes(b.Length, lanes);
        CheckRows(y.Length, x.Length, lanes);
        fixed (float* py = y, px = x, pa = a, pb = b)
        {
            for (var lane = 0; lane < lanes; lane += 8)
            {
                Vector256<float> va = Vector256.Load(pa + lane), vb = Vector256.Load(pb + lane);
                for (var i = lane; i < y.Length; i += lanes)
                {
                    Vector256.FusedMultiplyAdd(vb, Vector256.Load(px + i), va * Vector256.Load(py + i)).Store(py + i);
                }
            }
        }
    }

    /// <summary>sums[lane] += Σ x[row, lane] · y[row, lane] in double precision, rows in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddDots(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<double> sums)
    {
        var lanes = sums.Length;
        CheckRows(x.Length, y.Length, lanes);
        fixed (float* px = x, py = y)
        fixed (double* to = sums)
        {
            for (var lane = 0; lane < lanes; lane += 8)
            {
                Vector256<double> low = Vector256.Load(to + lane), high = Vector256.Load(to + lane + 4);
                for (var i = lane; i < x.Length; i += lanes)
                {
                    var (x0, x1) = Vector256.Widen(Vector256.Load(px + i));
                    var (y0, y1) = Vector256.Widen(Vector256.Load(py + i));
                    low = Vector256.FusedMultiplyAdd(x0, y0, low);
                    high = Vector256.FusedMultiplyAdd(x1, y1, high);
                }

                low.Store(to + lane);
                high.Store(to + lane + 4);
            }
        }
    }

    /// <summary>sums += x in double precision, number by number.</summary>
    public static void AddWidened(ReadOnlySpan<float> x, Span<double> sums)
    {
        CheckRows(x.Length, sums.Length, 8);
        fixed (float* px = x)
        fixed (double* to = sums)
        {
            for (var i = 0; i < x.Length; i += 8)
            {
                var (low, high) = Vector256.Widen(Vector256.Load(px + i));
                (Vector256.Load(to + i) + low).Store(to + i);
                (Vector256.Load(to + i + 4) + high).Store(to + i + 4);
            }
        }
    }

    /// <summary>sums += x, number by number.</summary>
    public static void Add(ReadOnlySpan<double> x, Span<double> sums)
    {
        CheckRows(x.Length, sums.Length, 8);
        fixed (double* px = x, to = sums)
        {
            for (var i = 0; i < x.Length; i += 4) (Vector256.Load(to + i) + Vector256.Load(px + i)).Store(to + i);
        }
    }

    private static void CheckLanes(int found, int lanes)
    {
        if (found != lanes || lanes == 0 || lanes % 8 != 0)
        {
            throw new ArgumentException($"{found} and {lanes} lanes: both must be the same multiple of 8.");
        }
    }

    private static void CheckRows(int y, int x, int lanes)
    {
        if (y != x || lanes == 0 || lanes % 8 != 0 || y % lanes != 0)
        {
            throw new ArgumentException($"{y} and {x} numbers: both must be the same number of rows of {lanes} lanes.");
        }
    }
}
