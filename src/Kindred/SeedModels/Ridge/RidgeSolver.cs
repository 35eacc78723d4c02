using Kindred.Numerics;

namespace Kindred.SeedModels.Ridge;

/// <summary>Solves (DXᵀXD·s + λI) w = b for several right sides at once by conjugate gradients, each in a lane of its own.</summary>
/// <remarks>X is [users × items] ones, D the column scale, s the candidates for each user of the pool.</remarks>
internal sealed class RidgeSolver : IDisposable
{
    private const int MaxSteps = 200;
    private const double RelativeResidual = 1e-4;
    private const int Block = 512;

    private readonly ItemMatrix _items;
    private readonly float[] _scale;
    private readonly float _ridge;
    private readonly int _lanes;
    private readonly int _threads;
    private readonly AlignedMatrix _users;

    public RidgeSolver(ItemMatrix items, float[] scale, float ridge, int lanes, int threads)
    {
        (_items, _scale, _ridge, _lanes, _threads) = (items, scale, ridge, lanes, threads);
        _users = new AlignedMatrix(items.Users, lanes);
    }

    /// <summary>Solves for every lane.</summary>
    /// <param name="right">[items × lanes] b.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <returns>[items × lanes] w, which the caller disposes of, and the steps that each lane took.</returns>
    public (AlignedMatrix Solution, int[] Steps) Solve(AlignedMatrix right, CancellationToken cancellation)
    {
        var solution = new AlignedMatrix(right.Rows, _lanes);
        using var residual = new AlignedMatrix(right.Rows, _lanes);
        using var direction = new AlignedMatrix(right.Rows, _lanes);
        using var product = new AlignedMatrix(right.Rows, _lanes);
        for (long i = 0; i < right.Rows; i++)
        {
            right.Row(i).CopyTo(residual.Row(i));
            right.Row(i).CopyTo(direction.Row(i));
        }

        var norms = Dots(residual, residual);
        var enough = Array.ConvertAll(norms, norm => norm * RelativeResidual * RelativeResidual);
        var steps = new int[_lanes];
        Span<float> lengths = stackalloc float[_lanes], ratios = stackalloc float[_lanes];
        for (var step = 0; step < MaxSteps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!norms.Where((norm, lane) => norm > enough[lane]).Any()) break;
            Apply(direction, product, cancellation);
            var curvatures = Dots(direction, product);
            for (var lane = 0; lane < _lanes; lane++)
            {
                // A lane that is done keeps its solution while the others go on.
                var goesOn = norms[lane] > enough[lane] && curvatures[lane] > 0;
                lengths[lane] = goesOn ? (float)(norms[lane] / curvatures[lane]) : 0;
                if (goesOn) steps[lane]++;
            }

            for (long i = 0; i < right.Rows; i++)
            {
                Span<float> w = solution.Row(i), r = residual.Row(i), d = direction.Row(i), q = product.Row(i);
                for (var lane = 0; lane < _lanes; lane++)
                {
                    w[lane] += lengths[lane] * d[lane];
                    r[lane] -= lengths[lane] * q[lane];
                }
            }

            var next = Dots(residual, residual);
            for (var lane = 0; lane < _lanes; lane++) ratios[lane] = lengths[lane] != 0 ? (float)(next[lane] / norms[lane]) : 0;
            for (long i = 0; i < right.Rows; i++)
            {
                Span<float> d = direction.Row(i), r = residual.Row(i);
                for (var lane = 0; lane < _lanes; lane++) d[lane] = r[lane] + ratios[lane] * d[lane];
            }

            for (var lane = 0; lane < _lanes; lane++)
            {
                if (lengths[lane] != 0) norms[lane] = next[lane];
            }
        }

        return (solution, steps);
    }

    /// <inheritdoc/>
    public void Dispose() => _users.Dispose();

    /// <summary>to = (s·DXᵀXD + λI) from: first to the users, then back, each row by one thread.</summary>
    private void Apply(AlignedMatrix from, AlignedMatrix to, CancellationToken cancellation)
    {
        Workers.Run(_threads, (_items.Users + Block - 1) / Block, (block, _) =>
        {
            for (var user = block * Block; user < Math.Min(_items.Users, (block + 1) * Block); user++)
            {
                var sum = _users.Row(user);
                sum.Clear();
                foreach (var item in _items.ItemsOf(user)) VectorKernels.AddScaled(sum, _scale[item], from.Row(item));
            }
        }, cancellation);
        Workers.Run(_threads, (_items.Items + Block - 1) / Block, (block, _) =>
        {
            for (var item = block * Block; item < Math.Min(_items.Items, (block + 1) * Block); item++)
            {
                var sum = to.Row(item);
                sum.Clear();
                foreach (var user in _items.UsersOf(item)) VectorKernels.AddScaled(sum, 1, _users.Row(user));
                var back = (float)(_items.Scale * _scale[item]);
                var same = from.Row(item);
                for (var lane = 0; lane < _lanes; lane++) sum[lane] = back * sum[lane] + _ridge * same[lane];
            }
        }, cancellation);
    }

    private double[] Dots(AlignedMatrix a, AlignedMatrix b)
    {
        var sums = new double[_lanes];
        for (long i = 0; i < a.Rows; i++)
        {
            Span<float> x = a.Row(i), y = b.Row(i);
            for (var lane = 0; lane < _lanes; lane++) sums[lane] += (double)x[lane] * y[lane];
        }

        return sums;
    }
}
