using Kindred.LinearModels.Logistic;
using Kindred.Numerics;

namespace Kindred.Networks.Linear;

/// <summary>The pass over dense rows: two matrix products with the loss between them, a chunk of users at a time.</summary>
/// <remarks>
/// <code>
///     Z = chunk · Θ            [192 × lanes]       ╮
///     Z → slopes or products                       │ in cache
///     G += chunkᵀ · Z          [columns × lanes]   ╯
/// </code>
/// Lanes are in column blocks; a block with only idle lanes is skipped.
/// </remarks>
internal sealed class LinearPass : ILogisticPass
{
    private const int Width = ColumnBlocks.Width;

    private readonly LinearRows _rows;
    private readonly int _threads;
    private readonly int _columns;
    private readonly AlignedMatrix _weights;
    private readonly AlignedMatrix[] _curvature;
    private readonly AlignedMatrix[] _signed;
    private readonly Scratch[] _scratch;
    private readonly double[] _gradient;
    private readonly double[][] _gradients;
    private readonly double[][] _losses;
    private readonly InputPreconditioner _preconditioner;
    private readonly double[][] _factors;
    private readonly AlignedMatrix _preconditioned;

    /// <param name="rows">The users; the pass does not dispose of them.</param>
    /// <param name="ridge">R of every input but the constant.</param>
    /// <param name="lanes">A multiple of 16.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="cancellation">Stops.</param>
    public LinearPass(LinearRows rows, double ridge, int lanes, int threads, CancellationToken cancellation)
    {
        (_rows, Ridge, Lanes, _threads) = (rows, (float)ridge, lanes, threads);
        _columns = rows.Inputs.Columns;
        _weights = ChunkedRows.NewBlocks(_columns, LaneBlocks);
        _curvature = [.. Enumerable.Range(0, LaneBlocks).Select(_ => new AlignedMatrix(rows.Inputs.Places, Width))];
        _signed = [.. Enumerable.Range(0, LaneBlocks).Select(_ => new AlignedMatrix(rows.Inputs.Places, Width))];
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(_columns, LaneBlocks))];
        _gradient = new double[_columns * lanes];
        _gradients = [.. rows.Blocks.Select(_ => new double[_columns * lanes])];
        _losses = [.. rows.Blocks.Select(_ => new double[lanes])];
        _preconditioner = new InputPreconditioner(rows, ridge, threads, cancellation);
        _factors = new double[lanes][];
        _preconditioned = new AlignedMatrix(rows.Scale.Columns, lanes);
    }

    /// <inheritdoc/>
    public int Features => _rows.Scale.Columns - 1;

    /// <inheritdoc/>
    public int Lanes { get; }

    /// <inheritdoc/>
    public float Ridge { get; }

    private int LaneBlocks => Lanes / Width;

    /// <inheritdoc/>
    public void SetLane(int lane, ReadOnlySpan<float> signed)
    {
        AlignedMatrix weights = _signed[lane / Width], curvature = _curvature[lane / Width];
        double positive = 0, negative = 0;
        for (var user = 0; user < signed.Length; user++)
        {
            var place = _rows.PlaceOf(user);
            weights.Row(place)[lane % Width] = signed[user];
            curvature.Row(place)[lane % Width] = 0;
            positive += Math.Max(0, signed[user]);
            negative += Math.Max(0, -signed[user]);
        }

        _factors[lane] = _preconditioner.Factor(positive * negative / (positive + negative));
    }

    /// <inheritdoc/>
    public double[] Run(AlignedMatrix input, AlignedMatrix output, float[] asked, CancellationToken cancellation)
    {
        for (var laneBlock = 0; laneBlock < LaneBlocks; laneBlock++)
        {
            for (var k = 0; k <= Features; k++) input.Row(k).Slice(laneBlock * Width, Width).CopyTo(_weights.Row(laneBlock * _columns + k));
        }

        Workers.Run(_threads, _rows.Blocks.Count, (block, worker) => RunBlock(block, _scratch[worker], asked), cancellation);
        Array.Clear(_gradient);
        foreach (var part in _gradients) ProblemLaneKernels.Add(part, _gradient);
        for (var k = 0; k <= Features; k++)
        {
            Span<float> from = input.Row(k), to = output.Row(k);
            var ridge = k < Features ? (double)Ridge : 0;
            for (var lane = 0; lane < Lanes; lane++)
            {
                to[lane] = (float)(_gradient[(lane / Width * _columns + k) * Width + lane % Width] + ridge * from[lane]);
            }
        }

        var losses = new double[Lanes];
        foreach (var part in _losses) ProblemLaneKernels.Add(part, losses);
        return losses;
    }

    /// <inheritdoc/>
    public AlignedMatrix Precondition(AlignedMatrix residuals, CancellationToken cancellation)
    {
        Workers.Run(_threads, Lanes, (lane, _) =>
        {
            if (_factors[lane] is not { } factor) return;
            Span<double> vector = new double[Features + 1];
            for (var k = 0; k <= Features; k++) vector[k] = residuals.Row(k)[lane];
            _preconditioner.Apply(factor, vector);
            for (var k = 0; k <= Features; k++) _preconditioned.Row(k)[lane] = (float)vector[k];
        }, cancellation);
        return _preconditioned;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _preconditioned.Dispose();
        _weights.Dispose();
        foreach (var matrix in _curvature.Concat(_signed)) matrix.Dispose();
        foreach (var scratch in _scratch) scratch.Dispose();
    }

    private void RunBlock(int block, Scratch scratch, float[] asked)
    {
        Array.Clear(_gradients[block]);
        Array.Clear(_losses[block]);
        for (int first = 0, end; first < LaneBlocks; first = end)
        {
            // Adjacent column blocks with active lanes.
            end = first;
            while (end < LaneBlocks && asked.AsSpan(end * Width, Width).ContainsAnyExcept(0)) end++;
            foreach (var segment in _rows.Blocks[block])
            {
                if (segment.End > segment.First && end > first) RunSegment(segment, first, end, asked, block, scratch);
            }

            end = Math.Max(end, first + 1);
        }
    }

    private void RunSegment((int First, int End) segment, int first, int end, float[] asked, int block, Scratch scratch)
    {
        var gradient = scratch.Gradient.RowRange(first * _columns, (end - first) * _columns);
        gradient.Clear();
        for (var chunk = segment.First; chunk < segment.End; chunk++)
        {
            var (start, height) = (_rows.Inputs.Start(chunk), _rows.Inputs.Height(chunk));
            _rows.Inputs.Multiply(chunk, _weights, first, end, scratch.Scores);
            for (var laneBlock = first; laneBlock < end; laneBlock++)
            {
                LogisticKernel.Run(
                    scratch.Scores.RowRange(laneBlock * ChunkedRows.MostRows, height), _curvature[laneBlock].RowRange(start, height),
                    _signed[laneBlock].RowRange(start, height), asked.AsSpan(laneBlock * Width, Width), scratch.Sums[laneBlock]);
            }

            _rows.Inputs.AddTransposedProduct(chunk, scratch.Scores, first, end, scratch.Gradient);
        }

        ProblemLaneKernels.AddWidened(gradient, _gradients[block].AsSpan(first * _columns * Width, gradient.Length));
        for (var laneBlock = first; laneBlock < end; laneBlock++)
        {
            LogisticKernel.Move(scratch.Sums[laneBlock], scratch.Unread, _losses[block].AsSpan(laneBlock * Width, Width));
        }
    }

    /// <summary>The working space of one thread.</summary>
    private sealed class Scratch(int columns, int blocks) : IDisposable
    {
        public AlignedMatrix Scores { get; } = ChunkedRows.NewBlocks(ChunkedRows.MostRows, blocks);

        public AlignedMatrix Gradient { get; } = ChunkedRows.NewBlocks(columns, blocks);

        public float[][] Sums { get; } = [.. Enumerable.Range(0, blocks).Select(_ => new float[4 * Width])];

        /// <summary>Sums of slopes: the derivative by the constant, which is also in the gradient.</summary>
        public double[] Unread { get; } = new double[Width];

        public void Dispose()
        {
            Scores.Dispose();
            Gradient.Dispose();
        }
    }
}
