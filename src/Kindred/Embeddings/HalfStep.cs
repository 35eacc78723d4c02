using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>Half a pass of alternating least squares: recomputes every row of one side, given the other.</summary>
/// <param name="UnobservedWeight">α₀.</param>
/// <param name="Regularization">λ.</param>
/// <param name="Threads">Worker threads; the result does not depend on it.</param>
/// <param name="Cancellation">Stops between rows.</param>
internal readonly record struct HalfStep(double UnobservedWeight, double Regularization, int Threads, CancellationToken Cancellation)
{
    /// <summary>Rows that a thread takes at a time.</summary>
    public const int Block = 256;

    /// <summary>Turns both sides into the principal axes of <paramref name="other"/> and improves every row of
    /// <paramref name="side"/>.</summary>
    /// <param name="rows">The confidences of each row's interactions.</param>
    /// <param name="side">[rows × stride] the initial rows, replaced by the improved ones.</param>
    /// <param name="other">[· × stride].</param>
    /// <param name="dimension">Numbers of an embedding.</param>
    /// <param name="steps">Conjugate-gradient steps per row.</param>
    /// <param name="progress">Receives the number of completed rows; called from several threads.</param>
    public void Improve(SparseRows rows, AlignedMatrix side, AlignedMatrix other, int dimension, int steps, Action<long>? progress)
    {
        using var axes = PrincipalAxes.Of(other, dimension, UnobservedWeight, Threads, Cancellation);
        Turn(other, axes);
        var (self, spectrum) = (this, axes.Spectrum);
        ForBlocks(rows.Count, () => new Scratch(new LowRankSolver(other, dimension), axes.NewChunk()), (scratch, first, count) =>
        {
            axes.Turn(side, first, count, scratch.Chunk);
            for (var row = first; row < first + count; row++)
            {
                var confidences = rows.WeightsOf(row);
                scratch.Solver.Improve(
                    side.Row(row), rows.ColumnsOf(row), confidences, spectrum, self.Ridge(confidences, other.Rows), steps);
            }

            progress?.Invoke(count);
        });
    }

    /// <summary>Turns every row of a side into axes, in place.</summary>
    public void Turn(AlignedMatrix side, PrincipalAxes axes) =>
        ForBlocks((int)side.Rows, axes.NewChunk, (chunk, first, count) => axes.Turn(side, first, count, chunk));

    /// <summary>λ (Σ c + α₀ · rows of the other side).</summary>
    public float Ridge(ReadOnlySpan<float> confidences, long others)
    {
        // Four sums in turn, because a single one would wait for each addition.
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        var i = 0;
        for (; i <= confidences.Length - 4; i += 4)
        {
            s0 += confidences[i];
            s1 += confidences[i + 1];
            s2 += confidences[i + 2];
            s3 += confidences[i + 3];
        }

        for (; i < confidences.Length; i++) s0 += confidences[i];
        var sum = (s0 + s1) + (s2 + s3);
        return (float)(Regularization * (sum + UnobservedWeight * others));
    }

    /// <summary>Calls <paramref name="body"/>(scratch of the thread, first row, rows) for blocks of rows.</summary>
    public void ForBlocks<TScratch>(int rows, Func<TScratch> newScratch, Action<TScratch, int, int> body)
        where TScratch : class, IDisposable
    {
        var scratch = new TScratch?[Threads];
        try
        {
            Workers.Run(Threads, (rows + Block - 1) / Block, (block, worker) =>
                body(scratch[worker] ??= newScratch(), block * Block, Math.Min(Block, rows - block * Block)), Cancellation);
        }
        finally
        {
            foreach (var one in scratch) one?.Dispose();
        }
    }

    private sealed record Scratch(LowRankSolver Solver, AlignedMatrix Chunk) : IDisposable
    {
        public void Dispose()
        {
            Solver.Dispose();
            Chunk.Dispose();
        }
    }
}
