using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Kindred.Numerics;

/// <summary>The products of one user with scattered rows of weights: the computation of a look-up at request time.</summary>
/// <remarks>
/// Rows are transposed into lane groups, as users are in a scan, so that each row is a lane and its sum has the same bits as in a scan.
/// They are first read row by row, the order in which memory is fast.
/// </remarks>
internal static unsafe class RowDots
{
    /// <summary>Floats of working space.</summary>
    public static int Scratch(int inputs) => inputs * UserLaneKernels.Lanes;

    /// <summary>sums[i] += row i · user.</summary>
    /// <param name="user">[inputs].</param>
    /// <param name="rows">[count] the start of each row, which is as long as <paramref name="user"/>.</param>
    /// <param name="sums">[count].</param>
    /// <param name="scratch"><see cref="Scratch"/> floats.</param>
    [SkipLocalsInit]
    public static void Add(ReadOnlySpan<float> user, ReadOnlySpan<nint> rows, Span<float> sums, Span<float> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, rows.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(scratch.Length, Scratch(user.Length));
        var lanes = UserLaneKernels.Lanes;
        var starts = stackalloc nint[lanes];
        var products = stackalloc float[lanes];
        fixed (float* x = user, group = scratch)
        {
            Prefetch(rows[..Math.Min(rows.Length, lanes)], user.Length);
            for (var first = 0; first < rows.Length; first += lanes)
            {
                var count = Math.Min(lanes, rows.Length - first);

                // Half a lane group is enough for few rows; a lane without a row reads the user's own numbers.
                var width = count <= lanes / 2 && lanes / 2 % 24 == 0 ? lanes / 2 : lanes;
                for (var i = 0; i < width; i++)
                {
                    starts[i] = i < count ? rows[first + i] : (nint)x;
                    products[i] = i < count ? sums[first + i] : 0;
                }

                var next = first + count;
                Prefetch(rows[next..Math.Min(rows.Length, next + lanes)], user.Length);
                UserLanes.Load((float**)starts, user.Length, group, width);
                if (SimdWidth.Is512 && width == lanes) UserLaneKernels.AddDot<Simd512>(group, width, user.Length, x, products);
                else if (SimdWidth.Is256) UserLaneKernels.AddDot<Simd256>(group, width, user.Length, x, products);
                else UserLaneKernels.AddDot<Simd128>(group, width, user.Length, x, products);
                new ReadOnlySpan<float>(products, count).CopyTo(sums[first..]);
            }
        }
    }

    /// <summary>sums[i] += row i · user, for consecutive rows.</summary>
    /// <param name="user">[inputs].</param>
    /// <param name="rows">[sums × inputs] row-major.</param>
    /// <param name="sums">[rows].</param>
    /// <param name="scratch"><see cref="Scratch"/> floats.</param>
    [SkipLocalsInit]
    public static void Add(ReadOnlySpan<float> user, ReadOnlySpan<float> rows, Span<float> sums, Span<float> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, user.Length * sums.Length);
        Span<nint> starts = stackalloc nint[UserLaneKernels.Lanes];
        fixed (float* from = rows)
        {
            for (var first = 0; first < sums.Length; first += starts.Length)
            {
                var count = Math.Min(starts.Length, sums.Length - first);
                for (var i = 0; i < count; i++) starts[i] = (nint)(from + (long)(first + i) * user.Length);
                Add(user, starts[..count], sums.Slice(first, count), scratch);
            }
        }
    }

    /// <summary>Prefetches rows before earlier ones are used, so that memory accesses overlap.</summary>
    private static void Prefetch(ReadOnlySpan<nint> rows, int length)
    {
        if (!Sse.IsSupported) return;
        foreach (var row in rows)
        {
            for (var line = row; line < row + (nint)length * sizeof(float); line += 64) Sse.Prefetch0((void*)line);
        }
    }
}
