using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics;

/// <summary>Kernels on single rows of column blocks: gathering, products with one vector, weighted sums.</summary>
/// <remarks>The order of additions is part of the result and the same at every vector width; the layout is that of
/// <see cref="ColumnBlockKernels"/>.</remarks>
internal static unsafe class ColumnBlockRowKernels
{
    /// <summary>Rows that one step of <see cref="AddDots"/> and <see cref="SumLanes"/> handles.</summary>
    public const int RowStep = 4;

    /// <summary>Gathers scattered rows of a matrix into blocks.</summary>
    /// <param name="from">[… × columns] row-major.</param>
    /// <param name="rows">[count] the rows to gather.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="to">[count × columns], a multiple of 16 columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(float* from, int* rows, int count, ColumnBlocks to)
    {
        long columns = to.Columns, stride = to.Stride;
        for (var i = 0; i < count; i++)
        {
            float* x = from + rows[i] * columns, place = to.Column(0) + i * ColumnBlocks.Width;
            for (var end = x + columns; x < end; x += ColumnBlocks.Width, place += stride) Vector512.Load(x).Store(place);
        }
    }

    /// <summary>Turns packed blocks [inputs × outputs] into packed blocks [outputs × inputs].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* weights, int inputs, int outputs, float* transposed)
    {
        for (var k = 0; k < inputs; k += ColumnBlocks.Width)
        {
            var to = transposed + (long)k * outputs;
            for (var o = 0; o < outputs; o++, to += ColumnBlocks.Width)
            {
                var from = weights + (long)(o / ColumnBlocks.Width * inputs + k) * ColumnBlocks.Width + o % ColumnBlocks.Width;
                for (var j = 0; j < ColumnBlocks.Width; j++) to[j] = from[j * ColumnBlocks.Width];
            }
        }
    }

    /// <summary>lanes[r][l] += Σ of x[r][c] · weights[c] over the columns c that are l modulo 16, in ascending order.</summary>
    /// <param name="x">[rows × columns], a multiple of 16 columns.</param>
    /// <param name="weights">[columns].</param>
    /// <param name="rows">Rows, a multiple of 4.</param>
    /// <param name="lanes">[rows][16].</param>
    public static void AddDots(ColumnBlocks x, float* weights, int rows, float* lanes)
    {
        if (SimdWidth.Is512) AddDots<Simd512>(x, weights, rows, lanes);
        else if (SimdWidth.Is256) AddDots<Simd256>(x, weights, rows, lanes);
        else AddDots<Simd128>(x, weights, rows, lanes);
    }

    /// <inheritdoc cref="AddDots(ColumnBlocks, float*, int, float*)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddDots<TSimd>(ColumnBlocks x, float* weights, int rows, float* lanes)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        long stride = x.Stride;
        for (var lane = 0; lane < ColumnBlocks.Width; lane += TSimd.Count)
        {
            for (var r = 0; r < rows; r += RowStep)
            {
                var sum = lanes + r * ColumnBlocks.Width + lane;
                TSimd s0 = TSimd.Load(sum), s1 = TSimd.Load(sum + 16), s2 = TSimd.Load(sum + 32), s3 = TSimd.Load(sum + 48);
                var a = x.Column(lane) + r * ColumnBlocks.Width;
                for (var column = lane; column < x.Columns; column += ColumnBlocks.Width, a += stride)
                {
                    var w = TSimd.Load(weights + column);
                    s0 = TSimd.FusedMultiplyAdd(w, TSimd.Load(a), s0);
                    s1 = TSimd.FusedMultiplyAdd(w, TSimd.Load(a + 16), s1);
                    s2 = TSimd.FusedMultiplyAdd(w, TSimd.Load(a + 32), s2);
                    s3 = TSimd.FusedMultiplyAdd(w, TSimd.Load(a + 48), s3);
                }

                s0.Store(sum);
                s1.Store(sum + 16);
                s2.Store(sum + 32);
                s3.Store(sum + 48);
            }
        }
    }

    /// <summary>The sums of each row's sixteen lanes, in one fixed tree.</summary>
    /// <param name="lanes">[rows][16].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="sums">[rows].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumLanes(float* lanes, int rows, float* sums)
    {
        for (var r = 0; r < rows; r++, lanes += ColumnBlocks.Width)
        {
            var four = Vector128.Load(lanes) + Vector128.Load(lanes + 8) + (Vector128.Load(lanes + 4) + Vector128.Load(lanes + 12));
            four += Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
            sums[r] = four[0] + four[1];
        }
    }

    /// <summary>sum[c] += Σ_r factors[r] · x[r][c], rows ascending.</summary>
    /// <param name="x">[rows × columns], a multiple of 16 columns.</param>
    /// <param name="factors">[rows].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="sum">[columns].</param>
    public static void AddWeightedRows(ColumnBlocks x, float* factors, int rows, float* sum)
    {
        if (SimdWidth.Is512) AddWeightedRows<Simd512>(x, factors, rows, sum);
        else if (SimdWidth.Is256) AddWeightedRows<Simd256>(x, factors, rows, sum);
        else AddWeightedRows<Simd128>(x, factors, rows, sum);
    }

    /// <inheritdoc cref="AddWeightedRows(ColumnBlocks, float*, int, float*)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddWeightedRows<TSimd>(ColumnBlocks x, float* factors, int rows, float* sum)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        // Eight chains at a time, because a single one would wait for each of its additions. If fewer are left, the last is computed
        // several times, which costs nothing because all chains wait equally long.
        var last = x.Columns - TSimd.Count;
        for (var first = 0; first <= last; first += 8 * TSimd.Count)
        {
            int o0 = first, o1 = Math.Min(first + TSimd.Count, last), o2 = Math.Min(first + 2 * TSimd.Count, last);
            int o3 = Math.Min(first + 3 * TSimd.Count, last), o4 = Math.Min(first + 4 * TSimd.Count, last);
            int o5 = Math.Min(first + 5 * TSimd.Count, last), o6 = Math.Min(first + 6 * TSimd.Count, last),
                o7 = Math.Min(first + 7 * TSimd.Count, last);
            float* x0 = x.Column(o0), x1 = x.Column(o1), x2 = x.Column(o2), x3 = x.Column(o3);
            float* x4 = x.Column(o4), x5 = x.Column(o5), x6 = x.Column(o6), x7 = x.Column(o7);
            TSimd s0 = TSimd.Load(sum + o0), s1 = TSimd.Load(sum + o1), s2 = TSimd.Load(sum + o2), s3 = TSimd.Load(sum + o3);
            TSimd s4 = TSimd.Load(sum + o4), s5 = TSimd.Load(sum + o5), s6 = TSimd.Load(sum + o6), s7 = TSimd.Load(sum + o7);
            for (long r = 0, i = 0; r < rows; r++, i += ColumnBlocks.Width)
            {
                var f = TSimd.Create(factors[r]);
                s0 = TSimd.FusedMultiplyAdd(f, TSimd.Load(x0 + i), s0);
                s1 = TSimd.FusedMultiplyAdd(f, TSimd.Load(x1 + i), s1);
                s2 = TSimd.FusedMultiplyAdd(f, TSimd.Load(x2 + i), s2);
                s3 = TSimd.FusedMultiplyAdd(f, TSimd.Load(x3 + i), s3);
                s4 = TSimd.FusedMultiplyAdd(f, TSimd.Load(x4 + i), s4);
                s5 = TSimd.FusedMultiplyAdd(f, TSimd.Load(x5 + i), s5);
                s6 = TSimd.FusedMultiplyAdd(f, TSimd.Load(x6 + i), s6);
                s7 = TSimd.FusedMultiplyAdd(f, TSimd.Load(x7 + i), s7);
            }

            s0.Store(sum + o0); s1.Store(sum + o1); s2.Store(sum + o2); s3.Store(sum + o3);
            s4.Store(sum + o4); s5.Store(sum + o5); s6.Store(sum + o6); s7.Store(sum + o7);
        }
    }

    /// <summary>Backpropagates through the output and the rectified units below it; replaces the units' values by the derivatives of the
    /// loss by their sums.</summary>
    /// <remarks>gradient[u] += Σ_r slopes[r] · h[r][u]; then h[r][u] = slopes[r] · output[u] where it was above 0, else 0.</remarks>
    /// <param name="hidden">[rows × units], a multiple of 16 units; replaced.</param>
    /// <param name="slopes">[rows] derivatives of the loss by the scores.</param>
    /// <param name="output">[units] weights.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="gradient">[units] derivatives by the output's weights.</param>
    /// <param name="biasGradient">[units] derivatives by the units' biases, or null: += Σ_r of the replacements.</param>
    public static void BackThroughOutput(ColumnBlocks hidden, float* slopes, float* output, int rows, float* gradient, float* biasGradient)
    {
        var wide = SimdWidth.Is512 ? hidden.Columns / 32 * 32 : 0;
        if (SimdWidth.Is512) BackThroughOutput<Simd512>(hidden, slopes, output, 0, wide, rows, gradient, biasGradient);
        if (SimdWidth.Is256) BackThroughOutput<Simd256>(hidden, slopes, output, wide, hidden.Columns, rows, gradient, biasGradient);
        else BackThroughOutput<Simd128>(hidden, slopes, output, 0, hidden.Columns, rows, gradient, biasGradient);
    }

    /// <summary>The same for some of the units.</summary>
    /// <param name="hidden">[rows × units].</param>
    /// <param name="slopes">[rows].</param>
    /// <param name="output">[units].</param>
    /// <param name="first">The first unit, a multiple of two vectors.</param>
    /// <param name="end">The unit after the last.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="gradient">[units].</param>
    /// <param name="biasGradient">[units], or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BackThroughOutput<TSimd>(
        ColumnBlocks hidden, float* slopes, float* output, int first, int end, int rows, float* gradient, float* biasGradient)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        for (var unit = first; unit < end; unit += 2 * TSimd.Count)
        {
            var h = hidden.Column(unit);
            var apart = hidden.Column(unit + TSimd.Count) - h;
            TSimd w0 = TSimd.Load(output + unit), w1 = TSimd.Load(output + unit + TSimd.Count);
            TSimd g0 = TSimd.Load(gradient + unit), g1 = TSimd.Load(gradient + unit + TSimd.Count);
            TSimd b0 = TSimd.Create(0), b1 = b0;
            if (biasGradient is not null) (b0, b1) = (TSimd.Load(biasGradient + unit), TSimd.Load(biasGradient + unit + TSimd.Count));
            for (var r = 0; r < rows; r++, h += ColumnBlocks.Width)
            {
                var slope = TSimd.Create(slopes[r]);
                TSimd h0 = TSimd.Load(h), h1 = TSimd.Load(h + apart);
                g0 = TSimd.FusedMultiplyAdd(slope, h0, g0);
                g1 = TSimd.FusedMultiplyAdd(slope, h1, g1);
                TSimd d0 = TSimd.WherePositive(h0, slope * w0), d1 = TSimd.WherePositive(h1, slope * w1);
                b0 += d0;
                b1 += d1;
                d0.Store(h);
                d1.Store(h + apart);
            }

            g0.Store(gradient + unit);
            g1.Store(gradient + unit + TSimd.Count);
            if (biasGradient is null) continue;
            b0.Store(biasGradient + unit);
            b1.Store(biasGradient + unit + TSimd.Count);
        }
    }
}
