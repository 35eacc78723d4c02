using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics;

/// <summary>Matrix products on 16-column panels, the layout that training works in.</summary>
/// <remarks>
/// <code>
/// A matrix [rows × columns] is stored as columns/16 panels, each [rows][16]:
///
///     panel 0          panel 1
///     r0: c0 … c15     r0: c16 … c31     panel p starts at p · stride floats,
///     r1: c0 … c15     r1: c16 … c31     stride ≥ rows · 16
///     …                …
///
/// A weight matrix [inputs × outputs] is the same with its inputs as rows.
/// </code>
/// In this layout the forward product, the gradient by the weights and the gradient by the inputs all read both of
/// their factors in the order in which they are stored. Every output is one chain of fused multiply-adds in ascending
/// order, so results have the same bits at every vector width. Row counts are multiples of 6, column counts of 16.
/// </remarks>
internal static unsafe class PanelKernels
{
    /// <summary>Rows that one step of the kernels handles.</summary>
    public const int RowStep = 6;

    /// <summary>Columns of a panel.</summary>
    public const int PanelWidth = 16;

    /// <summary>Where a weight stands in packed panels [inputs × outputs].</summary>
    public static int Place(int input, int output, int inputs) =>
        output / PanelWidth * PanelWidth * inputs + input * PanelWidth + output % PanelWidth;

    /// <summary>output = input · weights + bias, then max(0, ·) if <paramref name="relu"/>.</summary>
    /// <param name="input">Panels [rows × inputs], panel stride <paramref name="inputStride"/>.</param>
    /// <param name="inputStride">Floats between panels of the input.</param>
    /// <param name="inputs">Columns of the input.</param>
    /// <param name="weights">Panels [inputs × outputs], packed (stride inputs · 16).</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="output">Panels [rows × outputs], panel stride <paramref name="outputStride"/>.</param>
    /// <param name="outputStride">Floats between panels of the output.</param>
    /// <param name="outputs">Columns of the output.</param>
    /// <param name="rows">Rows, a multiple of 6.</param>
    /// <param name="relu">Whether to clamp below at zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        float* input, int inputStride, int inputs, float* weights, float* bias,
        float* output, int outputStride, int outputs, int rows, bool relu)
    {
        for (var o = 0; o < outputs; o += PanelWidth)
        {
            var weightPanel = weights + (long)o * inputs;
            var outputPanel = output + (long)(o / PanelWidth) * outputStride;
            var bias0 = bias is null ? Vector256<float>.Zero : Vector256.Load(bias + o);
            var bias1 = bias is null ? Vector256<float>.Zero : Vector256.Load(bias + o + 8);
            for (var r = 0; r < rows; r += RowStep)
            {
                Vector256<float> c00 = bias0, c01 = bias1, c10 = bias0, c11 = bias1, c20 = bias0, c21 = bias1;
                Vector256<float> c30 = bias0, c31 = bias1, c40 = bias0, c41 = bias1, c50 = bias0, c51 = bias1;
                var w = weightPanel;
                var panel = input + r * PanelWidth;
                for (var k = 0; k < inputs; k += PanelWidth, panel += inputStride)
                {
                    for (float* a = panel, end = panel + PanelWidth; a < end; a++, w += PanelWidth)
                    {
                        Vector256<float> w0 = Vector256.Load(w), w1 = Vector256.Load(w + 8);
                        var x = Vector256.Create(a[0]);
                        c00 = Vector256.FusedMultiplyAdd(x, w0, c00);
                        c01 = Vector256.FusedMultiplyAdd(x, w1, c01);
                        x = Vector256.Create(a[16]);
                        c10 = Vector256.FusedMultiplyAdd(x, w0, c10);
                        c11 = Vector256.FusedMultiplyAdd(x, w1, c11);
                        x = Vector256.Create(a[32]);
                        c20 = Vector256.FusedMultiplyAdd(x, w0, c20);
                        c21 = Vector256.FusedMultiplyAdd(x, w1, c21);
                        x = Vector256.Create(a[48]);
                        c30 = Vector256.FusedMultiplyAdd(x, w0, c30);
                        c31 = Vector256.FusedMultiplyAdd(x, w1, c31);
                        x = Vector256.Create(a[64]);
                        c40 = Vector256.FusedMultiplyAdd(x, w0, c40);
                        c41 = Vector256.FusedMultiplyAdd(x, w1, c41);
                        x = Vector256.Create(a[80]);
                        c50 = Vector256.FusedMultiplyAdd(x, w0, c50);
                        c51 = Vector256.FusedMultiplyAdd(x, w1, c51);
                    }
                }

                var to = outputPanel + r * PanelWidth;
                if (relu)
                {
                    var zero = Vector256<float>.Zero;
                    c00 = Vector256.Max(c00, zero); c01 = Vector256.Max(c01, zero);
                    c10 = Vector256.Max(c10, zero); c11 = Vector256.Max(c11, zero);
                    c20 = Vector256.Max(c20, zero); c21 = Vector256.Max(c21, zero);
                    c30 = Vector256.Max(c30, zero); c31 = Vector256.Max(c31, zero);
                    c40 = Vector256.Max(c40, zero); c41 = Vector256.Max(c41, zero);
                    c50 = Vector256.Max(c50, zero); c51 = Vector256.Max(c51, zero);
                }

                c00.Store(to); c01.Store(to + 8); c10.Store(to + 16); c11.Store(to + 24);
                c20.Store(to + 32); c21.Store(to + 40); c30.Store(to + 48); c31.Store(to + 56);
                c40.Store(to + 64); c41.Store(to + 72); c50.Store(to + 80); c51.Store(to + 88);
            }
        }
    }

    /// <summary>product += leftᵀ · right.</summary>
    /// <param name="left">Panels [rows × leftColumns].</param>
    /// <param name="leftStride">Floats between panels of <paramref name="left"/>.</param>
    /// <param name="leftColumns">Columns of <paramref name="left"/>.</param>
    /// <param name="right">Panels [rows × rightColumns].</param>
    /// <param name="rightStride">Floats between panels of <paramref name="right"/>.</param>
    /// <param name="rightColumns">Columns of <paramref name="right"/>.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="product">Panels [leftColumns × rightColumns], packed.</param>
    /// <param name="upperOnly">Leaves out panels of 16 × 16 below the diagonal, for a product known to be symmetric.</param>
    public static void AddTransposedProduct(
        float* left, int leftStride, int leftColumns,
        float* right, int rightStride, int rightColumns,
        int rows, float* product, bool upperOnly = false)
    {
        for (var o = 0; o < rightColumns; o += PanelWidth)
        {
            var rightPanel = right + (long)(o / PanelWidth) * rightStride;
            var last = upperOnly ? Math.Min(leftColumns, o + PanelWidth) : leftColumns;
            for (var k = 0; k < last; k += PanelWidth)
            {
                var leftPanel = left + (long)(k / PanelWidth) * leftStride;
                var to = product + (long)o * leftColumns + k * PanelWidth;
                // 16 columns are 6 + 6 + 4: twelve sums of two vectors each are what the registers hold.
                AddSixColumns(leftPanel, rightPanel, rows, to);
                AddSixColumns(leftPanel + 6, rightPanel, rows, to + 96);
                AddFourColumns(leftPanel + 12, rightPanel, rows, to + 192);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddSixColumns(float* a, float* d, int rows, float* g)
    {
        Vector256<float> c00 = Vector256.Load(g), c01 = Vector256.Load(g + 8), c10 = Vector256.Load(g + 16), c11 = Vector256.Load(g + 24);
        Vector256<float> c20 = Vector256.Load(g + 32), c21 = Vector256.Load(g + 40), c30 = Vector256.Load(g + 48), c31 = Vector256.Load(g + 56);
        Vector256<float> c40 = Vector256.Load(g + 64), c41 = Vector256.Load(g + 72), c50 = Vector256.Load(g + 80), c51 = Vector256.Load(g + 88);
        for (var end = a + (long)rows * PanelWidth; a < end; a += PanelWidth, d += PanelWidth)
        {
            Vector256<float> d0 = Vector256.Load(d), d1 = Vector256.Load(d + 8);
            var x = Vector256.Create(a[0]);
            c00 = Vector256.FusedMultiplyAdd(x, d0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, d1, c01);
            x = Vector256.Create(a[1]);
            c10 = Vector256.FusedMultiplyAdd(x, d0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, d1, c11);
            x = Vector256.Create(a[2]);
            c20 = Vector256.FusedMultiplyAdd(x, d0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, d1, c21);
            x = Vector256.Create(a[3]);
            c30 = Vector256.FusedMultiplyAdd(x, d0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, d1, c31);
            x = Vector256.Create(a[4]);
            c40 = Vector256.FusedMultiplyAdd(x, d0, c40);
            c41 = Vector256.FusedMultiplyAdd(x, d1, c41);
            x = Vector256.Create(a[5]);
            c50 = Vector256.FusedMultiplyAdd(x, d0, c50);
            c51 = Vector256.FusedMultiplyAdd(x, d1, c51);
        }

        c00.Store(g); c01.Store(g + 8); c10.Store(g + 16); c11.Store(g + 24);
        c20.Store(g + 32); c21.Store(g + 40); c30.Store(g + 48); c31.Store(g + 56);
        c40.Store(g + 64); c41.Store(g + 72); c50.Store(g + 80); c51.Store(g + 88);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddFourColumns(float* a, float* d, int rows, float* g)
    {
        Vector256<float> c00 = Vector256.Load(g), c01 = Vector256.Load(g + 8), c10 = Vector256.Load(g + 16), c11 = Vector256.Load(g + 24);
        Vector256<float> c20 = Vector256.Load(g + 32), c21 = Vector256.Load(g + 40), c30 = Vector256.Load(g + 48), c31 = Vector256.Load(g + 56);
        for (var end = a + (long)rows * PanelWidth; a < end; a += PanelWidth, d += PanelWidth)
        {
            Vector256<float> d0 = Vector256.Load(d), d1 = Vector256.Load(d + 8);
            var x = Vector256.Create(a[0]);
            c00 = Vector256.FusedMultiplyAdd(x, d0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, d1, c01);
            x = Vector256.Create(a[1]);
            c10 = Vector256.FusedMultiplyAdd(x, d0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, d1, c11);
            x = Vector256.Create(a[2]);
            c20 = Vector256.FusedMultiplyAdd(x, d0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, d1, c21);
            x = Vector256.Create(a[3]);
            c30 = Vector256.FusedMultiplyAdd(x, d0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, d1, c31);
        }

        c00.Store(g); c01.Store(g + 8); c10.Store(g + 16); c11.Store(g + 24);
        c20.Store(g + 32); c21.Store(g + 40); c30.Store(g + 48); c31.Store(g + 56);
    }
}
