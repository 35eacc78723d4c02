using Kindred.Numerics;

namespace Kindred.Networks.Linear;

/// <summary>Approximates the inverse Hessian of a linear model for conjugate gradients: (c·S + λI)⁻¹, where S is the mean of x xᵀ over
/// candidates.</summary>
/// <remarks>
/// Nearly all rows of every list are the same negatives with small curvatures, so Hessians differ mostly by their scale c, the sum of
/// the curvatures at the start. c is rounded to a power of two: then lists share a factorisation, and a model still does not depend on
/// other lists. A sample is enough for S.
/// </remarks>
internal sealed class InputPreconditioner
{
    // Chunks that S is computed from, spread over the candidates, which are in the order of their hashes: up to 12,000 users.
    private const int SampledChunks = 64;
    private const int Blocks = 8;

    // The minimum of λ relative to the mean of the diagonal of c·S, because S may not have full rank.
    private const double LeastRidge = 1e-6;

    private readonly int _n;
    private readonly double _ridge;
    private readonly double[] _mean;
    private readonly Dictionary<int, double[]> _factors = [];

    /// <param name="rows">The rows; those of the candidate pool are sampled.</param>
    /// <param name="ridge">λ.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="cancellation">Stops.</param>
    public InputPreconditioner(LinearRows rows, double ridge, int threads, CancellationToken cancellation)
    {
        (_n, _ridge) = (rows.Scale.Columns, ridge);
        var chunks = Math.Min(SampledChunks, rows.PoolChunks);
        var parts = new double[Blocks][];
        Workers.Run(threads, Blocks, (block, _) =>
        {
            var columns = rows.Inputs.Columns;
            using var product = new AlignedMatrix(columns, columns);
            parts[block] = new double[columns * columns];
            for (var i = chunks * block / Blocks; i < chunks * (block + 1) / Blocks; i++)
            {
                product.RowRange(0, columns).Clear();
                rows.Inputs.AddGram((int)((long)rows.PoolChunks * i / chunks), product);
                ProblemLaneKernels.AddWidened(product.RowRange(0, columns), parts[block]);
            }
        }, cancellation);
        _mean = Mean(parts, rows.Inputs.Columns);
    }

    /// <summary>The factor for a list.</summary>
    /// <param name="curvature">c: Σ w p (1 − p) at the start. If it is not a number above zero, 1 is used.</param>
    public double[] Factor(double curvature)
    {
        var exponent = curvature > 0 && double.IsFinite(curvature) ? Math.ILogB(curvature) : 0;
        if (_factors.TryGetValue(exponent, out var known)) return known;

        // Between 2^k and 2^(k+1), their geometric mean.
        var scale = Math.ScaleB(Math.Sqrt(2), exponent);
        var factor = Array.ConvertAll(_mean, value => value * scale);
        var trace = 0.0;
        for (var i = 0; i < _n; i++) trace += factor[i * _n + i];
        var ridge = Math.Max(_ridge, LeastRidge * trace / _n);
        for (var i = 0; i < _n; i++) factor[i * _n + i] += ridge;
        return _factors[exponent] = Cholesky.Factor(factor, _n) ? factor : [];
    }

    /// <summary>Multiplies a vector by the inverse.</summary>
    /// <param name="factor">From <see cref="Factor"/>; an empty one, for inputs that are not finite, changes nothing.</param>
    /// <param name="vector">[columns]; changed in place.</param>
    public void Apply(double[] factor, Span<double> vector)
    {
        if (factor.Length > 0) Cholesky.Solve(factor, _n, vector);
    }

    private double[] Mean(double[][] parts, int columns)
    {
        var mean = new double[_n * _n];
        for (var j = 0; j < _n; j++)
        {
            for (var i = 0; i <= j; i++)
            {
                var place = ColumnBlockKernels.Place(i, j, columns);
                var sum = 0.0;
                foreach (var part in parts) sum += part[place];
                mean[i * _n + j] = mean[j * _n + i] = sum;
            }
        }

        // The constant's diagonal entry is the number of rows.
        var count = Math.Max(1, mean[^1]);
        for (var i = 0; i < mean.Length; i++) mean[i] /= count;
        return mean;
    }
}
