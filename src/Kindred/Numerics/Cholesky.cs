using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics;

/// <summary>Solves symmetric positive definite systems in double precision.</summary>
internal static class Cholesky
{
    /// <summary>Factors <paramref name="matrix"/> [n × n] in place into its lower triangle L, matrix = L·Lᵀ; the upper triangle is not
    /// read.</summary>
    /// <returns>False if the matrix is not positive definite; its contents are then undefined.</returns>
    public static bool Factor(Span<double> matrix, int n)
    {
        for (var j = 0; j < n; j++)
        {
            var rowJ = matrix.Slice(j * n, j + 1);
            var pivot = rowJ[j] - Dot(rowJ[..j], rowJ[..j]);
            if (!(pivot > 0) || double.IsInfinity(pivot)) return false;

            pivot = Math.Sqrt(pivot);
            rowJ[j] = pivot;
            for (var i = j + 1; i < n; i++)
            {
                var rowI = matrix.Slice(i * n, j + 1);
                rowI[j] = (rowI[j] - Dot(rowI[..j], rowJ[..j])) / pivot;
            }
        }

        return true;
    }

    /// <summary>Solves L·Lᵀ x = b in place, given the factor of <see cref="Factor"/>.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int n, Span<double> b)
    {
        for (var i = 0; i < n; i++)
        {
            b[i] = (b[i] - Dot(factor.Slice(i * n, i), b[..i])) / factor[i * n + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            b[i] /= factor[i * n + i];
            var x = b[i];
            Subtract(factor.Slice(i * n, i), x, b);
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        // Four lanes in a fixed order: the same bits on every machine.
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        var sums = Vector256<double>.Zero;
        var i = 0;
        for (; i <= a.Length - 4; i += 4) sums += Vector256.LoadUnsafe(ref x, (nuint)i) * Vector256.LoadUnsafe(ref y, (nuint)i);
        var first = sums[0];
        for (; i < a.Length; i++) first += a[i] * b[i];
        return (first + sums[1]) + (sums[2] + sums[3]);
    }

    /// <summary>Computes b −= a · x over the length of a.</summary>
    private static void Subtract(ReadOnlySpan<double> a, double x, Span<double> b)
    {
        b = b[..a.Length];
        ref var from = ref MemoryMarshal.GetReference(a);
        ref var to = ref MemoryMarshal.GetReference(b);
        var factor = Vector256.Create(x);
        var i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            (Vector256.LoadUnsafe(ref to, (nuint)i) - Vector256.LoadUnsafe(ref from, (nuint)i) * factor).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < a.Length; i++) b[i] -= a[i] * x;
    }
}
