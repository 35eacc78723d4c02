using Kindred.Numerics;
using Kindred.SeedModels.Logistic;

namespace Kindred.SeedModels.Linear;

/// <summary>The pass over dense rows: two matrix products with the loss between them, a tile of users at a time.</summary>
/// <remarks>
/// <code>
///     for 16 lanes:   Z = tile · Θ      [192 × 16]   ╮
///                     Z → slopes or products         │ in cache
///                     G += tileᵀ · Z    [columns × 16]╯
/// </code>
/// </remarks>
internal sealed class LinearPass : ILogisticPass
{
    private const int Width = PanelKernels.PanelWidth;

    private readonly LinearRows _rows;
    private readonly int _threads;
    private readonly int _columns;
    private readonly AlignedMatrix[] _weights;
    private readonly AlignedMatrix[] _curvature;
    private readonly AlignedMatrix[] _signed;
    private readonly Scratch[] _scratch;
    private readonly double[][] _gradients;
    private readonly double[][] _losses;
    private readonly InputPreconditioner _preconditioner;
    private readonly double[][] _factors;
    private readonly AlignedMatrix _preconditioned;

    /// <param name="rows">The users; not disposed of with the pass.</param>
    /// <param name="ridge">R of every input but the constant.</param>
    /// <param name="lanes">A multiple of 16.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="cancellation">Stops.</param>
    public LinearPass(LinearRows rows, double ridge, int lanes, int threads, CancellationToken cancellation)
    {
        (_rows, Ridge, Lanes, _threads) = (rows, (float)ridge, lanes, threads);
        _columns = rows.Inputs.Columns;
        _weights = Panels(_columns);
        _curvature = Panels(rows.Inputs.Places);
        _signed = Panels(rows.Inputs.Places);
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(_columns))];
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

    private int LaneGroups => Lanes / Width;

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
        for (var group = 0; group < LaneGroups; group++)
        {
            for (var k = 0; k <= Features; k++) input.Row(k).Slice(group * Width, Width).CopyTo(_weights[group].Row(k));
        }

        Workers.Run(_threads, _rows.Blocks.Count, (block, worker) => RunBlock(block, _scratch[worker], asked), cancellation);
        for (var k = 0; k <= Features; k++)
        {
            Span<float> from = input.Row(k), to = output.Row(k);
            for (var lane = 0; lane < Lanes; lane++)
            {
                var sum = k < Features ? (double)Ridge * from[lane] : 0;
                foreach (var gradient in _gradients) sum += gradient[(lane / Width * _columns + k) * Width + lane % Width];
                to[lane] = (float)sum;
            }
        }

        var losses = new double[Lanes];
        foreach (var part in _losses)
        {
            for (var lane = 0; lane < Lanes; lane++) losses[lane] += part[lane];
        }

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
        foreach (var matrix in _weights.Concat(_curvature).Concat(_signed)) matrix.Dispose();
        foreach (var scratch in _scratch) scratch.Dispose();
    }

    private void RunBlock(int block, Scratch scratch, float[] asked)
    {
        Array.Clear(_gradients[block]);
        Array.Clear(_losses[block]);
        foreach (var segment in _rows.Blocks[block])
        {
            for (var group = 0; group < LaneGroups; group++)
            {
                var lanes = asked.AsSpan(group * Width, Width);
                if (segment.End > segment.First && lanes.ContainsAnyExcept(0)) RunSegment(segment, group, lanes, block, scratch);
            }
        }
    }

    private void RunSegment((int First, int End) segment, int group, ReadOnlySpan<float> asked, int block, Scratch scratch)
    {
        scratch.Gradient.RowRange(0, _columns).Clear();
        for (var tile = segment.First; tile < segment.End; tile++)
        {
            var (start, height) = (_rows.Inputs.Start(tile), _rows.Inputs.Height(tile));
            _rows.Inputs.Multiply(tile, _weights[group], scratch.Scores);
            LogisticKernel.Run(
                scratch.Scores.RowRange(0, height), _curvature[group].RowRange(start, height), _signed[group].RowRange(start, height),
                asked, scratch.Sums);
            _rows.Inputs.AddTransposedProduct(tile, scratch.Scores, scratch.Gradient);
        }

        LaneKernels.AddWidened(scratch.Gradient.RowRange(0, _columns), _gradients[block].AsSpan(group * _columns * Width, _columns * Width));
        LogisticKernel.Move(scratch.Sums, scratch.Unread, _losses[block].AsSpan(group * Width, Width));
    }

    private AlignedMatrix[] Panels(int rows) => [.. Enumerable.Range(0, LaneGroups).Select(_ => new AlignedMatrix(rows, Width))];

    /// <summary>One thread's working space.</summary>
    private sealed class Scratch(int columns) : IDisposable
    {
        public AlignedMatrix Scores { get; } = new(TiledRows.MostRows, Width);

        public AlignedMatrix Gradient { get; } = new(columns, Width);

        public float[] Sums { get; } = new float[4 * Width];

        /// <summary>Sums of slopes: the constant's derivative, which is in the gradient as well.</summary>
        public double[] Unread { get; } = new double[Width];

        public void Dispose()
        {
            Scores.Dispose();
            Gradient.Dispose();
        }
    }
}
