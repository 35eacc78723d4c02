using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

/// <content>The gradient by the weights.</content>
internal static unsafe partial class ColumnBlockKernels
{
    /// <summary>product += leftᵀ · right.</summary>
    /// <param name="left">[rows × left columns]; if their number is odd, the next column holds zeros.</param>
    /// <param name="right">[rows × right columns], a multiple of 16.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="product">[left columns × right columns].</param>
    /// <param name="upperOnly">Skips blocks below the diagonal where possible, for a product known to be symmetric.</param>
    public static void AddTransposedProduct(ColumnBlocks left, ColumnBlocks right, int rows, ColumnBlocks product, bool upperOnly = false)
    {
        var wide = SimdWidth.Is512 ? right.Columns / 32 * 32 : 0;
        if (SimdWidth.Is512) AddTransposedProduct<Simd512>(left, right, 0, wide, rows, product, upperOnly);
        if (SimdWidth.Is256) AddTransposedProduct<Simd256>(left, right, wide, right.Columns, rows, product, upperOnly);
        else AddTransposedProduct<Simd128>(left, right, 0, right.Columns, rows, product, upperOnly);
    }

    /// <summary>The sums for some of the right columns.</summary>
    /// <param name="left">[rows × left columns].</param>
    /// <param name="right">[rows × right columns].</param>
    /// <param name="first">The first right column, a multiple of two vectors.</param>
    /// <param name="end">The right column after the last.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="product">[left columns × right columns].</param>
    /// <param name="upperOnly">Skips blocks below the diagonal where possible.</param>
    public static void AddTransposedProduct<TSimd>(
        ColumnBlocks left, ColumnBlocks right, int first, int end, int rows, ColumnBlocks product, bool upperOnly)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        for (var o = first; o < end; o += 2 * TSimd.Count)
        {
            // Two vectors at a time are two blocks of the widest, or one block.
            var columns = upperOnly ? Math.Min(
                left.Columns, (o + 2 * TSimd.Count + ColumnBlocks.Width - 1) / ColumnBlocks.Width * ColumnBlocks.Width) : left.Columns;
            float* d = right.Column(o), g = product.Column(o);
            long d1 = right.Column(o + TSimd.Count) - d, g1 = product.Column(o + TSimd.Count) - g;
            var k = 0;
            for (; k + 6 <= columns; k += 6)
            {
                AddSixColumns<TSimd>(left.Column(k), left.Column(k + 2), left.Column(k + 4), d, d1, rows, g + k * ColumnBlocks.Width, g1);
            }

            if (k + 4 <= columns)
            {
                AddFourColumns<TSimd>(left.Column(k), left.Column(k + 2), d, d1, rows, g + k * ColumnBlocks.Width, g1);
                k += 4;
            }

            for (; k < columns; k += 2) AddTwoColumns<TSimd>(left.Column(k), d, d1, rows, g + k * ColumnBlocks.Width, g1);
        }
    }

    /// <summary>Six columns of the left, in pairs that may be in different blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddSixColumns<TSimd>(float* a0, float* a2, float* a4, float* d, long d1, int rows, float* g, long g1)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        TSimd c00 = TSimd.Load(g), c10 = TSimd.Load(g + 16), c20 = TSimd.Load(g + 32);
        TSimd c30 = TSimd.Load(g + 48), c40 = TSimd.Load(g + 64), c50 = TSimd.Load(g + 80);
        TSimd c01 = TSimd.Load(g + g1), c11 = TSimd.Load(g + g1 + 16), c21 = TSimd.Load(g + g1 + 32);
        TSimd c31 = TSimd.Load(g + g1 + 48), c41 = TSimd.Load(g + g1 + 64), c51 = TSimd.Load(g + g1 + 80);
        for (long i = 0, end = (long)rows * ColumnBlocks.Width; i < end; i += ColumnBlocks.Width)
        {
            TSimd w0 = TSimd.Load(d + i), w1 = TSimd.Load(d + d1 + i);
            var x = TSimd.Create(a0[i]);
            c00 = TSimd.FusedMultiplyAdd(x, w0, c00);
            c01 = TSimd.FusedMultiplyAdd(x, w1, c01);
            x = TSimd.Create(a0[i + 1]);
            c10 = TSimd.FusedMultiplyAdd(x, w0, c10);
            c11 = TSimd.FusedMultiplyAdd(x, w1, c11);
            x = TSimd.Create(a2[i]);
            c20 = TSimd.FusedMultiplyAdd(x, w0, c20);
            c21 = TSimd.FusedMultiplyAdd(x, w1, c21);
            x = TSimd.Create(a2[i + 1]);
            c30 = TSimd.FusedMultiplyAdd(x, w0, c30);
            c31 = TSimd.FusedMultiplyAdd(x, w1, c31);
            x = TSimd.Create(a4[i]);
            c40 = TSimd.FusedMultiplyAdd(x, w0, c40);
            c41 = TSimd.FusedMultiplyAdd(x, w1, c41);
            x = TSimd.Create(a4[i + 1]);
            c50 = TSimd.FusedMultiplyAdd(x, w0, c50);
            c51 = TSimd.FusedMultiplyAdd(x, w1, c51);
        }

        c00.Store(g);
        c10.Store(g + 16);
        c20.Store(g + 32);
        c30.Store(g + 48);
        c40.Store(g + 64);
        c50.Store(g + 80);
        g += g1;
        c01.Store(g);
        c11.Store(g + 16);
        c21.Store(g + 32);
        c31.Store(g + 48);
        c41.Store(g + 64);
        c51.Store(g + 80);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddFourColumns<TSimd>(float* a0, float* a2, float* d, long d1, int rows, float* g, long g1)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        TSimd c00 = TSimd.Load(g), c10 = TSimd.Load(g + 16), c20 = TSimd.Load(g + 32), c30 = TSimd.Load(g + 48);
        TSimd c01 = TSimd.Load(g + g1), c11 = TSimd.Load(g + g1 + 16), c21 = TSimd.Load(g + g1 + 32), c31 = TSimd.Load(g + g1 + 48);
        for (long i = 0, end = (long)rows * ColumnBlocks.Width; i < end; i += ColumnBlocks.Width)
        {
            TSimd w0 = TSimd.Load(d + i), w1 = TSimd.Load(d + d1 + i);
            var x = TSimd.Create(a0[i]);
            c00 = TSimd.FusedMultiplyAdd(x, w0, c00);
            c01 = TSimd.FusedMultiplyAdd(x, w1, c01);
            x = TSimd.Create(a0[i + 1]);
            c10 = TSimd.FusedMultiplyAdd(x, w0, c10);
            c11 = TSimd.FusedMultiplyAdd(x, w1, c11);
            x = TSimd.Create(a2[i]);
            c20 = TSimd.FusedMultiplyAdd(x, w0, c20);
            c21 = TSimd.FusedMultiplyAdd(x, w1, c21);
            x = TSimd.Create(a2[i + 1]);
            c30 = TSimd.FusedMultiplyAdd(x, w0, c30);
            c31 = TSimd.FusedMultiplyAdd(x, w1, c31);
        }

        c00.Store(g);
        c10.Store(g + 16);
        c20.Store(g + 32);
        c30.Store(g + 48);
        g += g1;
        c01.Store(g);
        c11.Store(g + 16);
        c21.Store(g + 32);
        c31.Store(g + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddTwoColumns<TSimd>(float* a, float* d, long d1, int rows, float* g, long g1)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        TSimd c00 = TSimd.Load(g), c10 = TSimd.Load(g + 16), c01 = TSimd.Load(g + g1), c11 = TSimd.Load(g + g1 + 16);
        for (long i = 0, end = (long)rows * ColumnBlocks.Width; i < end; i += ColumnBlocks.Width)
        {
            TSimd w0 = TSimd.Load(d + i), w1 = TSimd.Load(d + d1 + i);
            var x = TSimd.Create(a[i]);
            c00 = TSimd.FusedMultiplyAdd(x, w0, c00);
            c01 = TSimd.FusedMultiplyAdd(x, w1, c01);
            x = TSimd.Create(a[i + 1]);
            c10 = TSimd.FusedMultiplyAdd(x, w0, c10);
            c11 = TSimd.FusedMultiplyAdd(x, w1, c11);
        }

        c00.Store(g);
        c10.Store(g + 16);
        c01.Store(g + g1);
        c11.Store(g + g1 + 16);
    }
}
