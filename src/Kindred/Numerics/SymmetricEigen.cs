using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics;

/// <summary>Eigenvalues and eigenvectors of symmetric matrices in double precision.</summary>
/// <remarks>
/// Householder reflections to a tridiagonal matrix, then QL iterations with implicit shifts (Golub and Van Loan, Matrix
/// Computations, 8.3). Vectors of four lanes in a fixed order: the same bits on every machine.
/// </remarks>
internal static class SymmetricEigen
{
    private const int MostIterations = 60;

    // Smaller reflections are skipped: their factor would overflow, and the loss is within rounding.
    private const double LeastSquare = 1e-290;

    /// <summary>Decomposes a matrix as Σ_k values[k] · q_k q_kᵀ.</summary>
    /// <param name="matrix">[n × n] row-major, symmetric; destroyed.</param>
    /// <param name="n">Rows.</param>
    /// <param name="values">[n] the eigenvalues, in no order.</param>
    /// <param name="vectors">[n × n] row k is q_k, of length 1 and orthogonal to the others.</param>
    /// <returns>False if a number is not finite, or the iteration does not end.</returns>
    public static bool Decompose(Span<double> matrix, int n, Span<double> values, Span<double> vectors)
    {
        foreach (var value in matrix)
        {
            if (!double.IsFinite(value)) return false;
        }

        var besides = new double[n];
        Tridiagonalise(matrix, n, values, besides, vectors);
        return Diagonalise(n, values, besides, vectors);
    }

    // A ← H A H for reflections H = I − τ v vᵀ, one per column; the rows of vectors become those of the product of all H.
    private static void Tridiagonalise(Span<double> a, int n, Span<double> diagonal, Span<double> besides, Span<double> vectors)
    {
        var factors = new double[n];
        var product = new double[n];
        for (var k = 0; k < n - 1; k++)
        {
            // v is in row k from index k + 1 on, where the row of the symmetric matrix is the column to reflect.
            var from = k + 1;
            var v = a.Slice(k * n + from, n - from);
            var length = Math.Sqrt(Dot(v, v));
            diagonal[k] = a[k * n + k];
            besides[k] = v[0] > 0 ? -length : length;
            var rest = v[0] - besides[k];
            v[0] = rest;
            var square = Dot(v, v);
            factors[k] = square > LeastSquare ? 2 / square : 0;
            if (factors[k] == 0)
            {
                besides[k] = 0;
                continue;
            }

            var p = product.AsSpan(from, n - from);
            for (var i = from; i < n; i++) p[i - from] = factors[k] * Dot(a.Slice(i * n + from, n - from), v);
            Add(p, -factors[k] / 2 * Dot(p, v), v);
            for (var i = from; i < n; i++)
            {
                var row = a.Slice(i * n + from, n - from);
                Add(row, -v[i - from], p);
                Add(row, -p[i - from], v);
            }
        }

        diagonal[n - 1] = a[n * n - 1];
        vectors.Clear();
        for (var i = 0; i < n; i++) vectors[i * n + i] = 1;
        for (var k = n - 2; k >= 0; k--)
        {
            if (factors[k] == 0) continue;
            var v = a.Slice(k * n + k + 1, n - k - 1);
            for (var i = k + 1; i < n; i++)
            {
                var row = vectors.Slice(i * n + k + 1, n - k - 1);
                Add(row, -factors[k] * Dot(row, v), v);
            }
        }
    }

    private static bool Diagonalise(int n, Span<double> d, Span<double> e, Span<double> vectors)
    {
        // An off-diagonal number that is negligible beside the largest of the matrix counts as zero.
        var largest = 0.0;
        for (var i = 0; i < n; i++) largest = Math.Max(largest, Math.Abs(d[i]) + Math.Abs(e[i]));
        var nothing = 1e-16 * largest;
        for (var first = 0; first < n; first++)
        {
            for (var iteration = 0; ; iteration++)
            {
                // A block from first to last without coupling to its neighbours is shifted and rotated until first is decoupled.
                var last = first;
                while (last < n - 1 && !(Math.Abs(e[last]) <= nothing)) last++;
                if (last == first) break;
                if (iteration == MostIterations) return false;
                Sweep(first, last, n, d, e, vectors);
            }
        }

        return true;
    }

    private static void Sweep(int first, int last, int n, Span<double> d, Span<double> e, Span<double> vectors)
    {
        var g = (d[first + 1] - d[first]) / (2 * e[first]);
        var r = Math.Sqrt(g * g + 1);
        g = d[last] - d[first] + e[first] / (g + (g < 0 ? -r : r));
        double sine = 1, cosine = 1, taken = 0;
        for (var i = last - 1; i >= first; i--)
        {
            double f = sine * e[i], b = cosine * e[i];
            r = Length(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= taken;
                e[last] = 0;
                return;
            }

            sine = f / r;
            cosine = g / r;
            g = d[i + 1] - taken;
            r = (d[i] - g) * sine + 2 * cosine * b;
            taken = sine * r;
            d[i + 1] = g + taken;
            g = cosine * r - b;
            Rotate(vectors.Slice(i * n, n), vectors.Slice((i + 1) * n, n), cosine, sine);
        }

        d[first] -= taken;
        e[first] = g;
        e[last] = 0;
    }

    // Scaled, so that squares of tiny numbers do not vanish.
    private static double Length(double x, double y)
    {
        x = Math.Abs(x);
        y = Math.Abs(y);
        var (large, small) = x > y ? (x, y) : (y, x);
        if (large == 0) return 0;
        var ratio = small / large;
        return large * Math.Sqrt(1 + ratio * ratio);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector256<double>> va = MemoryMarshal.Cast<double, Vector256<double>>(a);
        ReadOnlySpan<Vector256<double>> vb = MemoryMarshal.Cast<double, Vector256<double>>(b);
        Vector256<double> even = default, odd = default;
        var i = 0;
        for (; i < va.Length - 1; i += 2)
        {
            even = Vector256.FusedMultiplyAdd(va[i], vb[i], even);
            odd = Vector256.FusedMultiplyAdd(va[i + 1], vb[i + 1], odd);
        }

        if (i < va.Length) even = Vector256.FusedMultiplyAdd(va[i], vb[i], even);
        even += odd;
        var sum = (even[0] + even[2]) + (even[1] + even[3]);
        for (var j = va.Length * 4; j < a.Length; j++) sum += a[j] * b[j];
        return sum;
    }

    private static void Add(Span<double> y, double factor, ReadOnlySpan<double> x)
    {
        var vy = MemoryMarshal.Cast<double, Vector256<double>>(y);
        var vx = MemoryMarshal.Cast<double, Vector256<double>>(x);
        var f = Vector256.Create(factor);
        for (var i = 0; i < vy.Length; i++) vy[i] = Vector256.FusedMultiplyAdd(f, vx[i], vy[i]);
        for (var j = vy.Length * 4; j < y.Length; j++) y[j] = Math.FusedMultiplyAdd(factor, x[j], y[j]);
    }

    private static void Rotate(Span<double> x, Span<double> y, double cosine, double sine)
    {
        var vx = MemoryMarshal.Cast<double, Vector256<double>>(x);
        var vy = MemoryMarshal.Cast<double, Vector256<double>>(y);
        Vector256<double> c = Vector256.Create(cosine), s = Vector256.Create(sine);
        for (var i = 0; i < vx.Length; i++)
        {
            var (before, after) = (vx[i], vy[i]);
            vy[i] = s * before + c * after;
            vx[i] = c * before - s * after;
        }

        for (var j = vx.Length * 4; j < x.Length; j++) (x[j], y[j]) = (cosine * x[j] - sine * y[j], sine * x[j] + cosine * y[j]);
    }
}
