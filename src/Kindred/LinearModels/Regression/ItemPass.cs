using Kindred.LinearModels.Logistic;
using Kindred.Numerics;
using Kindred.SeedModels;

namespace Kindred.LinearModels.Regression;

/// <summary>The pass over users' items.</summary>
/// <remarks>Sums over users are in their order, in blocks that depend neither on threads nor on the other lists.</remarks>
internal sealed class ItemPass : ILogisticPass
{
    // Users of an item whose values are summed in single precision before the sum is added in double precision.
    private const int Chunk = 256;
    private const int Block = 512;

    // Users that are scored before their losses are computed: few enough that their scores are still in cache.
    private const int ScoredUsers = 64;

    private readonly ItemRows _rows;
    private readonly int _threads;
    private readonly (int First, int End)[] _blocks;
    private readonly AlignedMatrix _users;
    private readonly AlignedMatrix _curvature;
    private readonly AlignedMatrix _signed;
    private readonly double[] _blockSums;

    public ItemPass(ItemRows rows, double ridge, int lanes, int threads)
    {
        (_rows, Ridge, Lanes, _threads) = (rows, (float)ridge, lanes, threads);
        var count = rows.Users.Count;
        _users = new AlignedMatrix(count, lanes);
        _curvature = new AlignedMatrix(count, lanes);
        _signed = new AlignedMatrix(count, lanes);
        _blocks = [.. Blocks()];
        _blockSums = new double[_blocks.Length * 2 * lanes];
        Features = rows.Pool.Items;
    }

    /// <inheritdoc/>
    public int Features { get; }

    /// <inheritdoc/>
    public int Lanes { get; }

    /// <inheritdoc/>
    public float Ridge { get; }

    /// <inheritdoc/>
    public void SetLane(int lane, ReadOnlySpan<float> signed)
    {
        for (var row = 0; row < signed.Length; row++)
        {
            _signed.Row(row)[lane] = signed[row];
            _curvature.Row(row)[lane] = 0;
        }
    }

    /// <inheritdoc/>
    public double[] Run(AlignedMatrix input, AlignedMatrix output, float[] asked, CancellationToken cancellation)
    {
        Workers.Run(_threads, _blocks.Length, (block, _) => ToUsers(block, input, asked), cancellation);
        Workers.Run(_threads, (Features + Block - 1) / Block, (block, _) => ToItems(block, input, output), cancellation);

        var losses = new double[Lanes];
        var bias = new double[Lanes];
        for (var block = 0; block < _blocks.Length; block++)
        {
            var sums = _blockSums.AsSpan(block * 2 * Lanes, 2 * Lanes);
            for (var lane = 0; lane < Lanes; lane++)
            {
                bias[lane] += sums[lane];
                losses[lane] += sums[Lanes + lane];
            }
        }

        for (var lane = 0; lane < Lanes; lane++) output.Row(Features)[lane] = (float)bias[lane];
        return losses;
    }

    /// <inheritdoc/>
    public AlignedMatrix Precondition(AlignedMatrix residuals, CancellationToken cancellation) => residuals;

    /// <inheritdoc/>
    public void Dispose()
    {
        _users.Dispose();
        _curvature.Dispose();
        _signed.Dispose();
    }

    private IEnumerable<(int First, int End)> Blocks()
    {
        var pool = _rows.Pool.Users;
        for (var first = 0; first < pool; first += Block) yield return (first, Math.Min(pool, first + Block));
        for (var group = 0; group < SharedUsers.Groups; group++)
        {
            var (first, end) = (pool + _rows.Users.GroupStart(group), pool + _rows.Users.GroupStart(group + 1));
            if (end > first) yield return (first, end);
        }
    }

    private void ToUsers(int block, AlignedMatrix input, float[] asked)
    {
        var (first, end) = _blocks[block];
        Span<float> sums = stackalloc float[4 * Lanes];
        sums.Clear();
        for (int row = first, next; row < end; row = next)
        {
            next = Math.Min(end, row + ScoredUsers);
            for (var user = row; user < next; user++)
            {
                var scores = _users.Row(user);
                input.Row(Features).CopyTo(scores);
                ProblemLaneKernels.AddRows(input, _rows.ItemsOf(user), 0, scores);
            }

            LogisticKernel.Run(
                _users.RowRange(row, next - row), _curvature.RowRange(row, next - row), _signed.RowRange(row, next - row), asked, sums);
        }

        var blockSums = _blockSums.AsSpan(block * 2 * Lanes, 2 * Lanes);
        blockSums.Clear();
        LogisticKernel.Move(sums, blockSums[..Lanes], blockSums[Lanes..]);
    }

    private void ToItems(int block, AlignedMatrix input, AlignedMatrix output)
    {
        Span<double> sums = stackalloc double[Lanes];
        for (var item = block * Block; item < Math.Min(Features, (block + 1) * Block); item++)
        {
            sums.Clear();
            for (var users = _rows.Pool.UsersOf(item); users.Length > 0; users = users[Math.Min(Chunk, users.Length)..])
            {
                AddUsers(users[..Math.Min(Chunk, users.Length)], 0, sums);
            }

            AddOthers(_rows.Others.UsersOf(item), sums);
            Span<float> from = input.Row(item), to = output.Row(item);
            for (var lane = 0; lane < Lanes; lane++) to[lane] = (float)(sums[lane] + (double)Ridge * from[lane]);
        }
    }

    private void AddOthers(ReadOnlySpan<int> users, Span<double> sums)
    {
        for (int at = 0, group = 0; at < users.Length; group++)
        {
            var first = at;
            while (at < users.Length && users[at] < _rows.Users.GroupStart(group + 1)) at++;
            if (at > first) AddUsers(users[first..at], _rows.Pool.Users, sums);
        }
    }

    private void AddUsers(ReadOnlySpan<int> users, int first, Span<double> sums)
    {
        Span<float> part = stackalloc float[Lanes];
        part.Clear();
        ProblemLaneKernels.AddRows(_users, users, first, part);
        for (var lane = 0; lane < Lanes; lane++) sums[lane] += part[lane];
    }
}
