using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

/// <summary>Matrix products on column blocks, the layout that training works in.</summary>
/// <remarks>
/// <code>
/// A matrix [rows × columns] is stored as columns/16 blocks, each [rows][16]:
///
///     block 0          block 1
///     r0: c0 … c15     r0: c16 … c31     block p starts at p · stride floats,
///     r1: c0 … c15     r1: c16 … c31     stride ≥ rows · 16
///     …                …
///
/// A weight matrix [inputs × outputs] is the same with its inputs as rows.
/// </code>
/// In this layout the forward product, the gradient by the weights and the gradient by the inputs all read both of their
/// factors in the order in which they are stored. Every output is one chain of fused multiply-adds in ascending order, so results
/// have the same bits at every vector width. The kernels hold six by two vectors in registers: twelve independent
/// chains, and eight loads for twelve multiply-adds. The widest vectors take two column blocks at a time; a last odd one is left to
/// narrower vectors.
/// </remarks>
internal static unsafe partial class ColumnBlockKernels
{
    /// <summary>Rows that one step of <see cref="Multiply"/> handles.</summary>
    public const int RowStep = 6;

    /// <summary>The function applied to a sum before it is stored.</summary>
    public enum Finish
    {
        /// <summary>No function.</summary>
        None,

        /// <summary>max(0, sum): a rectified linear unit.</summary>
        Relu,

        /// <summary>The sum if the value that it replaces is above 0, else 0: the gradient through rectified linear units.</summary>
        Gate,
    }

    /// <summary>Turns of prefetching in one <see cref="Multiply"/>.</summary>
    public static int Turns(int rows, int outputs) => rows / RowStep * Math.Max(1, outputs / (2 * SimdWidth.Count));

    /// <summary>The index of a weight in packed blocks [inputs × outputs].</summary>
    public static int Place(int input, int output, int inputs) =>
        output / ColumnBlocks.Width * ColumnBlocks.Width * inputs + input * ColumnBlocks.Width + output % ColumnBlocks.Width;

    /// <summary>output = input · weights + bias, followed by <paramref name="finish"/>.</summary>
    /// <param name="input">[rows × inputs].</param>
    /// <param name="weights">[inputs × outputs], outputs a multiple of 16.</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="output">[rows × outputs].</param>
    /// <param name="rows">Rows, a multiple of 6.</param>
    /// <param name="finish">The function applied to the sums.</param>
    /// <param name="prefetch">Rows to prefetch during the computation, or null.</param>
    public static void Multiply(
        ColumnBlocks input, ColumnBlocks weights, float* bias, ColumnBlocks output, int rows, Finish finish, RowPrefetch? prefetch = null)
    {
        var wide = SimdWidth.Is512 ? weights.Columns / 32 * 32 : 0;
        if (SimdWidth.Is512) Multiply<Simd512>(input, weights, bias, output, 0, wide, rows, finish, prefetch);
        if (SimdWidth.Is256) Multiply<Simd256>(input, weights, bias, output, wide, weights.Columns, rows, finish, prefetch);
        else Multiply<Simd128>(input, weights, bias, output, 0, weights.Columns, rows, finish, prefetch);
    }

    /// <summary>The product for some of the outputs.</summary>
    /// <param name="input">[rows × inputs].</param>
    /// <param name="weights">[inputs × outputs].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="output">[rows × outputs].</param>
    /// <param name="first">The first output, a multiple of two vectors.</param>
    /// <param name="end">The output after the last.</param>
    /// <param name="rows">Rows, a multiple of 6.</param>
    /// <param name="finish">The function applied to the sums.</param>
    /// <param name="prefetch">Rows to prefetch during the computation, or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TSimd>(ColumnBlocks input, ColumnBlocks weights, float* bias, ColumnBlocks output, int first, int end,
        int rows, Finish finish, RowPrefetch? prefetch = null)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var inputs = input.Columns;
        long inputStride = input.Stride;
        for (var o = first; o < end; o += 2 * TSimd.Count)
        {
            float* begin0 = weights.Column(o), to0 = output.Column(o), to1 = output.Column(o + TSimd.Count);
            var apart = weights.Column(o + TSimd.Count) - begin0;
            var bias0 = bias is null ? TSimd.Create(0) : TSimd.Load(bias + o);
            var bias1 = bias is null ? TSimd.Create(0) : TSimd.Load(bias + o + TSimd.Count);
            for (var r = 0; r < rows; r += RowStep)
            {
                prefetch?.Turn();
                TSimd c00 = bias0, c01 = bias1, c10 = bias0, c11 = bias1, c20 = bias0, c21 = bias1;
                TSimd c30 = bias0, c31 = bias1, c40 = bias0, c41 = bias1, c50 = bias0, c51 = bias1;
                float* w = begin0, block = input.Column(0) + r * ColumnBlocks.Width;
                for (var k = 0; k < inputs; k += ColumnBlocks.Width, block += inputStride)
                {
                    for (float* a = block, last = block + Math.Min(ColumnBlocks.Width, inputs - k); a < last; a++, w += ColumnBlocks.Width)
                    {
                        TSimd w0 = TSimd.Load(w), w1 = TSimd.Load(w + apart);
                        var x = TSimd.Create(a[0]);
                        c00 = TSimd.FusedMultiplyAdd(x, w0, c00); c01 = TSimd.FusedMultiplyAdd(x, w1, c01);
                        x = TSimd.Create(a[16]);
                        c10 = TSimd.FusedMultiplyAdd(x, w0, c10); c11 = TSimd.FusedMultiplyAdd(x, w1, c11);
                        x = TSimd.Create(a[32]);
                        c20 = TSimd.FusedMultiplyAdd(x, w0, c20); c21 = TSimd.FusedMultiplyAdd(x, w1, c21);
                        x = TSimd.Create(a[48]);
                        c30 = TSimd.FusedMultiplyAdd(x, w0, c30); c31 = TSimd.FusedMultiplyAdd(x, w1, c31);
                        x = TSimd.Create(a[64]);
                        c40 = TSimd.FusedMultiplyAdd(x, w0, c40); c41 = TSimd.FusedMultiplyAdd(x, w1, c41);
                        x = TSimd.Create(a[80]);
                        c50 = TSimd.FusedMultiplyAdd(x, w0, c50); c51 = TSimd.FusedMultiplyAdd(x, w1, c51);
                    }
                }

                float* y0 = to0 + r * ColumnBlocks.Width, y1 = to1 + r * ColumnBlocks.Width;
                if (finish == Finish.Relu)
                {
                    c00 = Relu(c00); c01 = Relu(c01); c10 = Relu(c10); c11 = Relu(c11); c20 = Relu(c20); c21 = Relu(c21);
                    c30 = Relu(c30); c31 = Relu(c31); c40 = Relu(c40); c41 = Relu(c41); c50 = Relu(c50); c51 = Relu(c51);
                }
                else if (finish == Finish.Gate)
                {
                    c00 = Gate(y0, c00); c01 = Gate(y1, c01); c10 = Gate(y0 + 16, c10); c11 = Gate(y1 + 16, c11);
                    c20 = Gate(y0 + 32, c20); c21 = Gate(y1 + 32, c21); c30 = Gate(y0 + 48, c30); c31 = Gate(y1 + 48, c31);
                    c40 = Gate(y0 + 64, c40); c41 = Gate(y1 + 64, c41); c50 = Gate(y0 + 80, c50); c51 = Gate(y1 + 80, c51);
                }

                c00.Store(y0); c10.Store(y0 + 16); c20.Store(y0 + 32); c30.Store(y0 + 48); c40.Store(y0 + 64); c50.Store(y0 + 80);
                c01.Store(y1); c11.Store(y1 + 16); c21.Store(y1 + 32); c31.Store(y1 + 48); c41.Store(y1 + 64); c51.Store(y1 + 80);
            }
        }
    }

    /// <summary>max(0, sum); NaN stays NaN, so that a diverging training is noticed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd Relu<TSimd>(TSimd sum) where TSimd : unmanaged, ISimd<TSimd> => TSimd.Max(TSimd.Create(0), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd Gate<TSimd>(float* gate, TSimd sum) where TSimd : unmanaged, ISimd<TSimd> =>
        TSimd.WherePositive(TSimd.Load(gate), sum);
}
