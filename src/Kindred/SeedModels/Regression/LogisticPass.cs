using Kindred.Numerics;

namespace Kindred.SeedModels.Regression;

/// <summary>One pass over all users' items for many regressions, a lane each: to the users, what the logistic loss makes of them, and back.</summary>
/// <remarks>
/// For weights θ of items and bias (the last row of a matrix [items + 1 × lanes]) a lane gets either
/// <code>
///     loss:     Σ w ln(1 + e^(−y z)) with z = Xθ, the gradient Xᵀ(w (p − y)) + Rθ, and keeps the curvatures h = w p (1 − p)
///     product:  (Xᵀ diag(h) X + R) θ with the curvatures kept
/// </code>
/// where R is 1/C for items and 0 for the bias. Sums over users go in their order, in blocks that do not depend on threads.
/// </remarks>
internal sealed class LogisticPass : IDisposable
{
    // Users of an item that are added up in single precision before they go to a sum in double.
    private const int Chunk = 256;
    private const int Block = 512;

    private readonly RegressionRows _rows;
    private readonly float _ridge;
    private readonly int _lanes;
    private readonly AlignedMatrix _users;
    private readonly AlignedMatrix _curvature;
    private readonly AlignedMatrix _signed;
    private readonly double[] _blockSums;

    public LogisticPass(RegressionRows rows, double ridge, int lanes)
    {
        (_rows, _ridge, _lanes) = (rows, (float)ridge, lanes);
        _users = new AlignedMatrix(rows.Count, lanes);
        _curvature = new AlignedMatrix(rows.Count, lanes);
        _signed = new AlignedMatrix(rows.Count, lanes);
        _blockSums = new double[Blocks(rows.Count) * 2 * lanes];
        Items = rows.Pool.Items;
    }

    /// <summary>Items; the bias is the row behind them.</summary>
    public int Items { get; }

    /// <summary>Gives a lane to a list.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="signed">[rows] weights, with a minus for users who are no seeds.</param>
    public void SetLane(int lane, ReadOnlySpan<float> signed)
    {
        for (var row = 0; row < signed.Length; row++)
        {
            _signed.Row(row)[lane] = signed[row];
            _curvature.Row(row)[lane] = 0;
        }
    }

    /// <summary>Runs the pass.</summary>
    /// <param name="input">[items + 1 × lanes] θ.</param>
    /// <param name="output">[items + 1 × lanes] where to write the gradients or products.</param>
    /// <param name="evaluating">[lanes] whose loss and gradient are asked for; the others get a product.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <returns>[lanes] the losses without regularisation, zero where none was asked for.</returns>
    public double[] Run(AlignedMatrix input, AlignedMatrix output, bool[] evaluating, int threads, CancellationToken cancellation)
    {
        var asked = Enumerable.Range(0, _lanes).Where(lane => evaluating[lane]).ToArray();
        Workers.Run(threads, Blocks(_rows.Count), (block, _) => ToUsers(block, input, asked), cancellation);
        Workers.Run(threads, Blocks(Items), (block, _) => ToItems(block, input, output), cancellation);

        var losses = new double[_lanes];
        var bias = new double[_lanes];
        for (var block = 0; block < Blocks(_rows.Count); block++)
        {
            var sums = _blockSums.AsSpan(block * 2 * _lanes, 2 * _lanes);
            for (var lane = 0; lane < _lanes; lane++)
            {
                bias[lane] += sums[lane];
                losses[lane] += sums[_lanes + lane];
            }
        }

        for (var lane = 0; lane < _lanes; lane++) output.Row(Items)[lane] = (float)bias[lane];
        return losses;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _users.Dispose();
        _curvature.Dispose();
        _signed.Dispose();
    }

    private static int Blocks(int rows) => (rows + Block - 1) / Block;

    private void ToUsers(int block, AlignedMatrix input, int[] asked)
    {
        var sums = _blockSums.AsSpan(block * 2 * _lanes, 2 * _lanes);
        sums.Clear();
        Span<float> scores = stackalloc float[_lanes];
        for (var row = block * Block; row < Math.Min(_rows.Count, (block + 1) * Block); row++)
        {
            Span<float> user = _users.Row(row), curvature = _curvature.Row(row), signed = _signed.Row(row);
            input.Row(Items).CopyTo(user);
            LaneKernels.AddRows(input, _rows.ItemsOf(row), 0, user);
            user.CopyTo(scores);
            LaneKernels.Multiply(user, curvature);
            foreach (var lane in asked)
            {
                double weight = Math.Abs(signed[lane]), z = scores[lane];
                var p = PortableMath.Sigmoid(z);
                user[lane] = (float)(signed[lane] > 0 ? -weight * PortableMath.Sigmoid(-z) : weight * p);
                curvature[lane] = (float)(weight * p * (1 - p));
                sums[_lanes + lane] += weight * PortableMath.Softplus(signed[lane] > 0 ? -z : z);
            }

            for (var lane = 0; lane < _lanes; lane++) sums[lane] += user[lane];
        }
    }

    private void ToItems(int block, AlignedMatrix input, AlignedMatrix output)
    {
        Span<double> sums = stackalloc double[_lanes];
        for (var item = block * Block; item < Math.Min(Items, (block + 1) * Block); item++)
        {
            sums.Clear();
            AddUsers(_rows.Pool.UsersOf(item), 0, sums);
            AddUsers(_rows.Others.UsersOf(item), _rows.Pool.Users, sums);
            Span<float> from = input.Row(item), to = output.Row(item);
            for (var lane = 0; lane < _lanes; lane++) to[lane] = (float)(sums[lane] + (double)_ridge * from[lane]);
        }
    }

    private void AddUsers(ReadOnlySpan<int> users, int first, Span<double> sums)
    {
        Span<float> part = stackalloc float[_lanes];
        for (; users.Length > 0; users = users[Math.Min(Chunk, users.Length)..])
        {
            part.Clear();
            LaneKernels.AddRows(_users, users[..Math.Min(Chunk, users.Length)], first, part);
            for (var lane = 0; lane < _lanes; lane++) sums[lane] += part[lane];
        }
    }
}
