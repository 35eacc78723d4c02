using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kindred.Numerics;

/// <summary>Solves (D + Σ_i w_i v_i v_iᵀ) x = Σ_i w_i v_i for a diagonal D and some rows v_i, by preconditioned conjugate
/// gradients.</summary>
/// <remarks>
/// D is the preconditioner: the preconditioned matrix is the identity plus as many directions as there are rows. Scratch space for one
/// thread.
/// </remarks>
internal sealed unsafe class LowRankSolver : IDisposable
{
    private const float RelativeResidual = 1e-6f;
    private readonly AlignedMatrix _matrix;
    private readonly AlignedMatrix _scratch;
    private readonly int _length;
    private void* _places;
    private int _capacity;

    /// <param name="matrix">The matrix of the rows, which are zero from <paramref name="dimension"/> on.</param>
    /// <param name="dimension">Numbers of a row.</param>
    public LowRankSolver(AlignedMatrix matrix, int dimension)
    {
        _matrix = matrix;
        _length = (dimension + 15) / 16 * 16;
        if (_length > matrix.Columns)
        {
            throw new ArgumentException($"Rows of {matrix.Columns} numbers are too short for dimension {dimension}.", nameof(matrix));
        }
        _scratch = new AlignedMatrix(6, _length);
    }

    /// <summary>Improves <paramref name="x"/> in place.</summary>
    /// <param name="x">[columns of the matrix] the start and the result; zeros if there are no rows, NaN if a number overflows.</param>
    /// <param name="rows">Numbers of the rows.</param>
    /// <param name="weights">Their weights w, positive.</param>
    /// <param name="diagonal">[columns of the matrix] D is this and <paramref name="ridge"/> more.</param>
    /// <param name="ridge">Positive.</param>
    /// <param name="steps">At most this many steps; fewer if the residual falls below a millionth of its first value.</param>
    public void Improve(
        Span<float> x, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> diagonal, float ridge, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, _matrix.Columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(diagonal.Length, _matrix.Columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, rows.Length);
        if (rows.IsEmpty)
        {
            x.Clear();
            return;
        }

        var gathered = Gather(rows, weights);
        bool isFinite;
        fixed (float* at = x, d = diagonal)
        {
            isFinite = Sixteen512.IsSupported
                ? Solve<Sixteen512>(at, gathered, d, ridge, steps)
                : Solve<Sixteen256>(at, gathered, d, ridge, steps);
        }

        // An overflow must stay visible: without a step it would look like zeros.
        if (!isFinite) x.Fill(float.NaN);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scratch.Dispose();
        NativeMemory.AlignedFree(_places);
        _places = null;
        _capacity = 0;
    }

    // The address of each row, and its weight; rows of zeros pad the last group.
    private GatheredRows Gather(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights)
    {
        var count = (rows.Length + 3) / 4 * 4;
        if (count > _capacity) Grow(count);
        var from = _matrix.Pointer;
        var places = (float**)_places;
        var copies = (float*)(places + _capacity);
        for (var i = 0; i < rows.Length; i++)
        {
            if ((ulong)rows[i] >= (ulong)_matrix.Rows)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), $"Row {rows[i]} of {_matrix.Rows}.");
            }
            places[i] = from + (long)rows[i] * _matrix.Columns;
            copies[i] = weights[i];
        }

        for (var i = rows.Length; i < count; i++)
        {
            places[i] = _scratch.Pointer + 5 * _length;
            copies[i] = 0;
        }

        return new GatheredRows(places, copies, count);
    }

    private void Grow(int count)
    {
        _capacity = (int)Math.Max(BitOperations.RoundUpToPowerOf2((uint)count), 256);
        NativeMemory.AlignedFree(_places);
        _places = NativeMemory.AlignedAlloc((nuint)_capacity * (nuint)(sizeof(float*) + sizeof(float)), 64);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Solve<T>(float* x, in GatheredRows rows, float* given, float ridge, int steps)
        where T : unmanaged, ISixteen<T>
    {
        var n = _length;
        float* diagonal = _scratch.Pointer, inverse = diagonal + n, residual = inverse + n, direction = residual + n,
            product = direction + n;

        // residual = b − A x; the part of the rows is Σ w (1 − x·v) v.
        Begin<T>(x, given, ridge, diagonal, inverse, residual);
        rows.Add<T>(residual, x, n, fitOnes: true);
        T sum = default;
        for (var k = 0; k < n; k += 16)
        {
            var r = T.Load(residual + k);
            var z = T.Load(inverse + k) * r;
            sum = T.FusedMultiplyAdd(z, r, sum);
            z.Store(direction + k);
            (T.Load(diagonal + k) * z).Store(product + k);
        }

        var norm = T.Sum(sum);
        if (!float.IsFinite(norm)) return false;
        var enough = norm * RelativeResidual * RelativeResidual;
        for (var step = 1; step <= steps && norm > enough && norm > 0; step++)
        {
            // The product already contains the diagonal's part.
            rows.Add<T>(product, direction, n, fitOnes: false);
            sum = default;
            for (var k = 0; k < n; k += 16) sum = T.FusedMultiplyAdd(T.Load(direction + k), T.Load(product + k), sum);
            var curvature = T.Sum(sum);
            if (!(curvature > 0)) return true;
            T length = T.Create(norm / curvature), back = T.Create(-(norm / curvature));
            sum = default;
            for (var k = 0; k < n; k += 16)
            {
                T.FusedMultiplyAdd(length, T.Load(direction + k), T.Load(x + k)).Store(x + k);
                var r = T.FusedMultiplyAdd(back, T.Load(product + k), T.Load(residual + k));
                r.Store(residual + k);
                sum = T.FusedMultiplyAdd(T.Load(inverse + k) * r, r, sum);
            }

            if (step == steps) return true;
            var next = T.Sum(sum);
            var keep = T.Create(next / norm);
            for (var k = 0; k < n; k += 16)
            {
                var p = T.FusedMultiplyAdd(keep, T.Load(direction + k), T.Load(inverse + k) * T.Load(residual + k));
                p.Store(direction + k);
                (T.Load(diagonal + k) * p).Store(product + k);
            }

            norm = next;
        }

        return true;
    }

    /// <summary>Writes the diagonal D, its inverse, and the diagonal's part of the residual, −D x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Begin<T>(float* x, float* given, float ridge, float* diagonal, float* inverse, float* residual)
        where T : unmanaged, ISixteen<T>
    {
        T one = T.Create(1), minus = T.Create(-1), ridges = T.Create(ridge);
        for (var k = 0; k < _length; k += 16)
        {
            var d = T.Load(given + k) + ridges;
            d.Store(diagonal + k);
            (one / d).Store(inverse + k);
            (minus * d * T.Load(x + k)).Store(residual + k);
        }
    }
}
