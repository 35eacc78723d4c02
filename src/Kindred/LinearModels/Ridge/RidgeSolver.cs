using Kindred.Numerics;
using Kindred.SeedModels;

namespace Kindred.LinearModels.Ridge;

/// <summary>Solves (DXᵀXD·s + λI) w = b for several right-hand sides together by conjugate gradients, one per lane.</summary>
/// <remarks>X is [users × items] ones, D the column scale, s the number of candidates per user of the pool.</remarks>
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
    private readonly AlignedMatrix _scaled;

    public RidgeSolver(ItemMatrix items, float[] scale, float ridge, int lanes, int threads)
    {
        (_items, _scale, _ridge, _lanes, _threads) = (items, scale, ridge, lanes, threads);
        _users = new AlignedMatrix(items.Users, lanes);
        _scaled = new AlignedMatrix(items.Items, lanes);
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

        var norms = Sweep((first, rows, sums) =>
            ProblemLaneKernels.AddDots(residual.RowRange(first, rows), residual.RowRange(first, rows), sums), cancellation);
        var enough = Array.ConvertAll(norms, norm => norm * RelativeResidual * RelativeResidual);
        var steps = new int[_lanes];
        float[] lengths = new float[_lanes], backwards = new float[_lanes], ratios = new float[_lanes], ones = new float[_lanes];
        Array.Fill(ones, 1);
        for (var step = 0; step < MaxSteps && norms.Zip(enough).Any(pair => pair.First > pair.Second); step++)
        {
            cancellation.ThrowIfCancellationRequested();
            Apply(direction, product, cancellation);
            var curvatures =
                Sweep((first, rows, sums) =>
                    ProblemLaneKernels.AddDots(direction.RowRange(first, rows), product.RowRange(first, rows), sums), cancellation);
            for (var lane = 0; lane < _lanes; lane++)
            {
                // A finished lane keeps its solution while the others continue.
                var goesOn = norms[lane] > enough[lane] && curvatures[lane] > 0;
                lengths[lane] = goesOn ? (float)(norms[lane] / curvatures[lane]) : 0;
                backwards[lane] = -lengths[lane];
                if (goesOn) steps[lane]++;
            }

            var next = Sweep((first, rows, sums) =>
            {
                ProblemLaneKernels.Combine(solution.RowRange(first, rows), ones, lengths, direction.RowRange(first, rows));
                ProblemLaneKernels.Combine(residual.RowRange(first, rows), ones, backwards, product.RowRange(first, rows));
                ProblemLaneKernels.AddDots(residual.RowRange(first, rows), residual.RowRange(first, rows), sums);
            }, cancellation);
            for (var lane = 0; lane < _lanes; lane++)
            {
                ratios[lane] = lengths[lane] != 0 ? (float)(next[lane] / norms[lane]) : 0;
                if (lengths[lane] != 0) norms[lane] = next[lane];
            }

            Sweep((first, rows, _) =>
                ProblemLaneKernels.Combine(direction.RowRange(first, rows), ratios, ones, residual.RowRange(first, rows)), cancellation);
        }

        return (solution, steps);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _users.Dispose();
        _scaled.Dispose();
    }

    /// <summary>Computes to = (s·DXᵀXD + λI) from: first to the users, then back; one thread computes each row.</summary>
    private void Apply(AlignedMatrix from, AlignedMatrix to, CancellationToken cancellation)
    {
        Sweep((first, rows, _) =>
        {
            for (var item = first; item < first + rows; item++)
            {
                Span<float> row = _scaled.Row(item), same = from.Row(item);
                for (var lane = 0; lane < _lanes; lane++) row[lane] = _scale[item] * same[lane];
            }
        }, cancellation);
        Workers.Run(_threads, (_items.Users + Block - 1) / Block, (block, _) =>
        {
            for (var user = block * Block; user < Math.Min(_items.Users, (block + 1) * Block); user++)
            {
                var sum = _users.Row(user);
                sum.Clear();
                ProblemLaneKernels.AddRows(_scaled, _items.ItemsOf(user), 0, sum);
            }
        }, cancellation);
        Workers.Run(_threads, (_items.Items + Block - 1) / Block, (block, _) =>
        {
            for (var item = block * Block; item < Math.Min(_items.Items, (block + 1) * Block); item++)
            {
                var sum = to.Row(item);
                sum.Clear();
                ProblemLaneKernels.AddRows(_users, _items.UsersOf(item), 0, sum);
                var back = (float)(_items.Scale * _scale[item]);
                var same = from.Row(item);
                for (var lane = 0; lane < _lanes; lane++) sum[lane] = back * sum[lane] + _ridge * same[lane];
            }
        }, cancellation);
    }

    private double[] Sweep(SweepBody body, CancellationToken cancellation) =>
        LaneSweep.Run(_threads, _items.Items, _lanes, body, cancellation);
}
