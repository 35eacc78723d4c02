using Kindred.Numerics;

namespace Kindred.Embeddings;

/// <summary>Finds one user's embedding given the items', by conjugate gradients without a preconditioner: see
/// <see cref="FirstFoldIn"/>.</summary>
/// <remarks>
/// Minimises Σ_i c_i (1 − x·v_i)² + α₀ Σ_all (x·v)² + ridge·|x|², that is, solves
/// (α₀VᵀV + Σ c_i v_i v_iᵀ + ridge·I) x = Σ c_i v_i. Scratch space for one thread.
/// </remarks>
internal sealed class FirstRowSolver(int dimension) : IDisposable
{
    private const float RelativeResidual = 1e-6f;
    private readonly AlignedMatrix _scratch = new(3, dimension);

    /// <summary>Improves <paramref name="x"/> in place.</summary>
    /// <param name="x">[dimension] the start and the result.</param>
    /// <param name="columns">Numbers of the rows of <paramref name="other"/> that were seen.</param>
    /// <param name="confidences">Their confidences c.</param>
    /// <param name="other">[rows × dimension] the other side's embeddings.</param>
    /// <param name="scaledGram">[dimension × dimension] α₀VᵀV.</param>
    /// <param name="ridge">λ (Σ c + α₀ · rows of the other side).</param>
    /// <param name="steps">At most this many steps; fewer if the residual falls below a millionth of its first value.</param>
    public void Improve(
        Span<float> x, ReadOnlySpan<int> columns, ReadOnlySpan<float> confidences, AlignedMatrix other, AlignedMatrix scaledGram,
        float ridge, int steps)
    {
        Span<float> residual = _scratch.Row(0), direction = _scratch.Row(1), product = _scratch.Row(2);

        // residual = b − A x, seen items first: their part of both is c (1 − x·v) v.
        ApplyDense(product, x, scaledGram, ridge);
        for (var j = 0; j < residual.Length; j++) residual[j] = -product[j];
        for (var i = 0; i < columns.Length; i++)
        {
            var v = other.Row(columns[i]);
            VectorKernels.AddScaled(residual, confidences[i] * (1 - VectorKernels.Dot(v, x)), v);
        }

        residual.CopyTo(direction);
        var norm = VectorKernels.Dot(residual, residual);
        if (!float.IsFinite(norm))
        {
            // An overflow must stay visible: without a step it would look like a user without interactions.
            x.Fill(float.NaN);
            return;
        }

        var enough = norm * RelativeResidual * RelativeResidual;
        for (var step = 0; step < steps && norm > enough && norm > 0; step++)
        {
            ApplyDense(product, direction, scaledGram, ridge);
            for (var i = 0; i < columns.Length; i++)
            {
                var v = other.Row(columns[i]);
                VectorKernels.AddScaled(product, confidences[i] * VectorKernels.Dot(v, direction), v);
            }

            var curvature = VectorKernels.Dot(direction, product);
            if (!(curvature > 0)) return;
            var length = norm / curvature;
            VectorKernels.AddScaled(x, length, direction);
            VectorKernels.AddScaled(residual, -length, product);
            var next = VectorKernels.Dot(residual, residual);
            VectorKernels.ScaleAdd(direction, next / norm, residual);
            norm = next;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    private static void ApplyDense(Span<float> to, ReadOnlySpan<float> x, AlignedMatrix scaledGram, float ridge)
    {
        for (var j = 0; j < to.Length; j++) to[j] = ridge * x[j];
        VectorKernels.AddProduct(to, scaledGram, x);
    }
}
