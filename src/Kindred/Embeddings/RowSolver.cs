using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Kindred.Numerics;

namespace Kindred.Embeddings;

/// <summary>Finds one user's (or item's) embedding given the other side's, by preconditioned conjugate gradients.</summary>
/// <remarks>
/// Minimises Σ_i c_i (1 − x·v_i)² + α₀ Σ_all (x·v)² + ridge·|x|², that is, solves (D + Σ c_i v_i v_iᵀ) x = Σ c_i v_i with
/// D = diag(α₀VᵀV) + ridge·I: the other side must be in its <see cref="PrincipalAxes"/>, where VᵀV is diagonal. D is also
/// the preconditioner: what is left is the identity and a few seen rows, so that two steps do what five did without.
/// Scratch space for one thread.
/// </remarks>
internal sealed unsafe class RowSolver : IDisposable
{
    private const float RelativeResidual = 1e-6f;
    private const int MostPrefetched = 128;
    private readonly AlignedMatrix _other;
    private readonly AlignedMatrix _scratch;
    private readonly int _length;
    private void* _places;
    private int _capacity;

    /// <param name="other">The other side's embeddings in their principal axes; columns from <paramref name="dimension"/> on are zeros.</param>
    /// <param name="dimension">Numbers of an embedding.</param>
    public RowSolver(AlignedMatrix other, int dimension)
    {
        _other = other;
        _length = (dimension + 15) / 16 * 16;
        if (_length > other.Columns) throw new ArgumentException($"Rows of {other.Columns} numbers are too short for dimension {dimension}.", nameof(other));
        _scratch = new AlignedMatrix(6, _length);
    }

    /// <summary>Improves <paramref name="x"/> in place.</summary>
    /// <param name="x">[columns of the other side] the start and the result.</param>
    /// <param name="seen">Numbers of the other side's rows that were seen.</param>
    /// <param name="confidences">Their confidences c.</param>
    /// <param name="spectrum">[columns of the other side] the diagonal of α₀VᵀV.</param>
    /// <param name="ridge">λ (Σ c + α₀ · rows of the other side).</param>
    /// <param name="steps">At most this many steps; fewer if the residual falls below a millionth of where it began.</param>
    public void Improve(Span<float> x, ReadOnlySpan<int> seen, ReadOnlySpan<float> confidences, ReadOnlySpan<float> spectrum, float ridge, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, _other.Columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(spectrum.Length, _other.Columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(confidences.Length, seen.Length);
        if (seen.IsEmpty)
        {
            x.Clear();
            return;
        }

        var gathered = Gather(seen, confidences);
        bool isFinite;
        fixed (float* at = x, diagonal = spectrum)
        {
            isFinite = Sixteen512.IsSupported
                ? Solve<Sixteen512>(at, gathered, diagonal, ridge, steps)
                : Solve<Sixteen256>(at, gathered, diagonal, ridge, steps);
        }

        // An overflow must come out as one: without a step, it would look like a user who did nothing.
        if (!isFinite) x.Fill(float.NaN);
    }

    /// <summary>Asks for rows that will be needed soon, so that they are in the cache by then.</summary>
    public void Prefetch(ReadOnlySpan<int> seen)
    {
        if (!Sse.IsSupported) return;
        var from = _other.Pointer;
        foreach (var row in seen[..Math.Min(seen.Length, MostPrefetched)])
        {
            var at = from + (long)row * _other.Columns;
            for (var k = 0; k < _length; k += 16) Sse.Prefetch0(at + k);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scratch.Dispose();
        NativeMemory.AlignedFree(_places);
        _places = null;
        _capacity = 0;
    }

    // Where each seen row lies, and its confidence; rows of zeros fill up the last group.
    private GatheredRows Gather(ReadOnlySpan<int> seen, ReadOnlySpan<float> confidences)
    {
        var count = (seen.Length + 3) / 4 * 4;
        if (count > _capacity) Grow(count);
        var from = _other.Pointer;
        var places = (float**)_places;
        var weights = (float*)(places + _capacity);
        for (var i = 0; i < seen.Length; i++)
        {
            if ((ulong)seen[i] >= (ulong)_other.Rows) throw new ArgumentOutOfRangeException(nameof(seen), $"Row {seen[i]} of {_other.Rows}.");
            places[i] = from + (long)seen[i] * _other.Columns;
            weights[i] = confidences[i];
        }

        for (var i = seen.Length; i < count; i++)
        {
            places[i] = _scratch.Pointer + 5 * _length;
            weights[i] = 0;
        }

        return new GatheredRows(places, weights, count);
    }

    private void Grow(int count)
    {
        _capacity = (int)Math.Max(BitOperations.RoundUpToPowerOf2((uint)count), 256);
        NativeMemory.AlignedFree(_places);
        _places = NativeMemory.AlignedAlloc((nuint)_capacity * (nuint)(sizeof(float*) + sizeof(float)), 64);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Solve<T>(float* x, in GatheredRows seen, float* spectrum, float ridge, int steps)
        where T : unmanaged, ISixteen<T>
    {
        var n = _length;
        float* diagonal = _scratch.Pointer, inverse = diagonal + n, residual = inverse + n, direction = residual + n, product = direction + n;

        // residual = b − A x, of which the seen rows' part is Σ c (1 − x·v) v.
        T one = T.Create(1), minus = T.Create(-1), ridges = T.Create(ridge);
        for (var k = 0; k < n; k += 16)
        {
            var d = T.Load(spectrum + k) + ridges;
            d.Store(diagonal + k);
            (one / d).Store(inverse + k);
            (minus * d * T.Load(x + k)).Store(residual + k);
        }

        seen.Add<T>(residual, x, n, fitOnes: true);
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
            // The diagonal's part of the product is there already.
            seen.Add<T>(product, direction, n, fitOnes: false);
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
}
