using Kindred.Numerics;

namespace Kindred.Embeddings;

/// <summary>Finds one user's (or item's) embedding given the other side's, by conjugate gradients.</summary>
/// <remarks>
/// Minimises Σ_i c_i (1 − x·v_i)² + α₀ Σ_all (x·v)² + ridge·|x|², that is, solves
/// (α₀VᵀV + Σ c_i v_i v_iᵀ + ridge·I) x = Σ c_i v_i. Scratch space for one thread.
/// </remarks>
internal sealed unsafe class RowSolver : IDisposable
{
    private const float RelativeResidual = 1e-6f;
    private readonly int _dimension;
    private readonly AlignedMatrix _scratch;

    public RowSolver(int dimension)
    {
        _dimension = dimension;
        _scratch = new AlignedMatrix(3, (dimension + 15) / 16 * 16);
    }

    /// <summary>Improves <paramref name="x"/> in place.</summary>
    /// <param name="x">[dimension] the start and the result.</param>
    /// <param name="columns">Numbers of the rows of <paramref name="other"/> that were seen.</param>
    /// <param name="confidences">Their confidences c.</param>
    /// <param name="other">[rows × dimension] the other side's embeddings.</param>
    /// <param name="scaledGram">[dimension × dimension] α₀VᵀV.</param>
    /// <param name="ridge">λ (Σ c + α₀ · rows of the other side).</param>
    /// <param name="steps">At most this many steps; fewer if the residual falls below a millionth of where it began.</param>
    public void Improve(float* x, ReadOnlySpan<int> columns, ReadOnlySpan<float> confidences, AlignedMatrix other, float* scaledGram, float ridge, int steps)
    {
        var d = _dimension;
        float* residual = _scratch.Pointer, direction = residual + _scratch.Columns, product = direction + _scratch.Columns;

        // residual = b − A x, seen items first: their part of both is c (1 − x·v) v.
        ApplyDense(product, x, scaledGram, ridge);
        for (var j = 0; j < d; j++) residual[j] = -product[j];
        for (var i = 0; i < columns.Length; i++)
        {
            var v = other.Pointer + (long)columns[i] * d;
            VectorKernels.AddScaled(residual, confidences[i] * (1 - VectorKernels.Dot(v, x, d)), v, d);
        }

        new Span<float>(residual, d).CopyTo(new Span<float>(direction, d));
        var norm = VectorKernels.Dot(residual, residual, d);
        if (!float.IsFinite(norm))
        {
            // An overflow must come out as one: without a step, it would look like a user who did nothing.
            new Span<float>(x, d).Fill(float.NaN);
            return;
        }

        var enough = norm * RelativeResidual * RelativeResidual;
        for (var step = 0; step < steps && norm > enough && norm > 0; step++)
        {
            ApplyDense(product, direction, scaledGram, ridge);
            for (var i = 0; i < columns.Length; i++)
            {
                var v = other.Pointer + (long)columns[i] * d;
                VectorKernels.AddScaled(product, confidences[i] * VectorKernels.Dot(v, direction, d), v, d);
            }

            var curvature = VectorKernels.Dot(direction, product, d);
            if (!(curvature > 0)) return;
            var length = norm / curvature;
            VectorKernels.AddScaled(x, length, direction, d);
            VectorKernels.AddScaled(residual, -length, product, d);
            var next = VectorKernels.Dot(residual, residual, d);
            VectorKernels.ScaleAdd(direction, next / norm, residual, d);
            norm = next;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    private void ApplyDense(float* to, float* x, float* scaledGram, float ridge)
    {
        for (var j = 0; j < _dimension; j++) to[j] = ridge * x[j];
        VectorKernels.AddProduct(to, scaledGram, x, _dimension);
    }
}
