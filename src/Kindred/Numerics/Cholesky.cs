namespace Kindred.Numerics;

/// <summary>Solves symmetric positive definite systems in double precision.</summary>
internal static class Cholesky
{
    /// <summary>Factors <paramref name="matrix"/> [n × n] in place into its lower triangle L, matrix = L·Lᵀ; the upper triangle is not read.</summary>
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
            for (var j = 0; j < i; j++) b[j] -= factor[i * n + j] * x;
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        // Four lanes in a fixed order: the same bits on every machine, and four times the speed of one chain.
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        var i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }

        for (; i < a.Length; i++) s0 += a[i] * b[i];
        return (s0 + s1) + (s2 + s3);
    }
}
