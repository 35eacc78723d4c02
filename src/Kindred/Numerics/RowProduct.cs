using System.Runtime.CompilerServices;

namespace Kindred.Numerics;

/// <summary>The product of row-major rows with a square matrix, [rows × n] · [n × n].</summary>
/// <remarks>Every number is one chain of fused multiply-adds in ascending order, from zero: it depends on its own row alone.</remarks>
internal static unsafe class RowProduct
{
    /// <summary>n is a multiple of this many columns.</summary>
    public const int ColumnStep = 32;

    private const int RowStep = 6;

    /// <summary>output = input · matrix, over some rows.</summary>
    /// <param name="input">[· × n], read from its first row on.</param>
    /// <param name="matrix">[n × n], n a multiple of 32.</param>
    /// <param name="output">[· × n], a different matrix from the input.</param>
    /// <param name="first">The first row that is written.</param>
    /// <param name="rows">Number of rows.</param>
    public static void Multiply(AlignedMatrix input, AlignedMatrix matrix, AlignedMatrix output, long first, int rows)
    {
        var n = matrix.Columns;
        if (n % ColumnStep != 0 || matrix.Rows != n || input.Columns != n || output.Columns != n || rows > input.Rows || first < 0
            || first + rows > output.Rows || input == output)
        {
            throw new ArgumentException(
                $"{rows} of {input.Rows} × {input.Columns} numbers by {matrix.Rows} × {n} to " +
                $"{output.Rows} × {output.Columns} from row {first}: they do not fit.");
        }

        float* x = input.Pointer, m = matrix.Pointer, y = output.Pointer + first * n;
        if (SimdWidth.Is512) Multiply<Simd512>(x, m, y, rows, n);
        else if (SimdWidth.Is256) Multiply<Simd256>(x, m, y, rows, n);
        else Multiply<Simd128>(x, m, y, rows, n);
    }

    /// <summary>The same with vectors of one width.</summary>
    public static void Multiply<TSimd>(float* input, float* matrix, float* output, int rows, int n)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var row = 0;
        for (; row <= rows - RowStep; row += RowStep) SixRows<TSimd>(input + (long)row * n, matrix, output + (long)row * n, n);
        for (; row < rows; row++) OneRow<TSimd>(input + (long)row * n, matrix, output + (long)row * n, n);
    }

    // Twelve sums, two vectors of six rows: enough chains to hide their latency, and few enough for sixteen registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SixRows<TSimd>(float* x, float* matrix, float* to, int n)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        long n2 = 2L * n, n3 = 3L * n, n4 = 4L * n, n5 = 5L * n;
        for (var column = 0; column < n; column += 2 * TSimd.Count)
        {
            TSimd c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
            TSimd c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
            var m = matrix + column;
            for (float* a = x, end = x + n; a < end; a++, m += n)
            {
                TSimd m0 = TSimd.Load(m), m1 = TSimd.Load(m + TSimd.Count);
                var f = TSimd.Create(a[0]);
                c00 = TSimd.FusedMultiplyAdd(f, m0, c00);
                c01 = TSimd.FusedMultiplyAdd(f, m1, c01);
                f = TSimd.Create(a[n]);
                c10 = TSimd.FusedMultiplyAdd(f, m0, c10);
                c11 = TSimd.FusedMultiplyAdd(f, m1, c11);
                f = TSimd.Create(a[n2]);
                c20 = TSimd.FusedMultiplyAdd(f, m0, c20);
                c21 = TSimd.FusedMultiplyAdd(f, m1, c21);
                f = TSimd.Create(a[n3]);
                c30 = TSimd.FusedMultiplyAdd(f, m0, c30);
                c31 = TSimd.FusedMultiplyAdd(f, m1, c31);
                f = TSimd.Create(a[n4]);
                c40 = TSimd.FusedMultiplyAdd(f, m0, c40);
                c41 = TSimd.FusedMultiplyAdd(f, m1, c41);
                f = TSimd.Create(a[n5]);
                c50 = TSimd.FusedMultiplyAdd(f, m0, c50);
                c51 = TSimd.FusedMultiplyAdd(f, m1, c51);
            }

            float* first = to + column, second = first + TSimd.Count;
            c00.Store(first); c01.Store(second);
            c10.Store(first + n); c11.Store(second + n);
            c20.Store(first + n2); c21.Store(second + n2);
            c30.Store(first + n3); c31.Store(second + n3);
            c40.Store(first + n4); c41.Store(second + n4);
            c50.Store(first + n5); c51.Store(second + n5);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow<TSimd>(float* x, float* matrix, float* to, int n)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        for (var column = 0; column < n; column += 2 * TSimd.Count)
        {
            TSimd c0 = default, c1 = default;
            var m = matrix + column;
            for (float* a = x, end = x + n; a < end; a++, m += n)
            {
                var f = TSimd.Create(*a);
                c0 = TSimd.FusedMultiplyAdd(f, TSimd.Load(m), c0);
                c1 = TSimd.FusedMultiplyAdd(f, TSimd.Load(m + TSimd.Count), c1);
            }

            c0.Store(to + column);
            c1.Store(to + column + TSimd.Count);
        }
    }
}
