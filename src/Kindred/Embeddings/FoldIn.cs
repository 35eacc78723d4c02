using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>Gives users an embedding from what they did and fixed item embeddings.</summary>
/// <remarks>
/// Training ends with this same computation from the same start, so that folding in a user who was there
/// gives him the stored embedding, bit for bit.
/// </remarks>
public sealed class FoldIn : IDisposable
{
    // From zero, 10 to 30 steps reach the residual at which the solver stops; this bound is for ill-conditioned rows.
    private const int MaxSteps = 200;
    private readonly AlignedMatrix[] _items;
    private readonly AlignedMatrix[] _scaledGrams;
    private readonly double _unobservedWeight;
    private readonly double _regularization;

    /// <summary>Prepares for folding in: computes the Gram matrix of the items once.</summary>
    /// <param name="items">[items × copies · dimension].</param>
    /// <param name="unobservedWeight">α₀ that the items were trained with.</param>
    /// <param name="regularization">λ that the items were trained with.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="copies">Embeddings that stand side by side; each is folded in by itself.</param>
    /// <exception cref="KindredException">The dimension is not a multiple of 8.</exception>
    public FoldIn(AlignedMatrix items, double unobservedWeight, double regularization, int threads, int copies = 1)
    {
        if (items.Columns % (8 * copies) != 0)
        {
            throw new KindredException(ErrorKind.BadInput,
                $"The items' embeddings have dimension {items.Columns}, which is not {(copies == 1 ? "" : $"{copies} times ")}a multiple of 8: they were not trained by Kindred, so nobody can be folded in.");
        }

        _items = SideBySide.Split(items, copies);
        _unobservedWeight = unobservedWeight;
        _regularization = regularization;
        _scaledGrams = Array.ConvertAll(_items, part => ScaledGram(part, unobservedWeight, threads, CancellationToken.None));
    }

    /// <summary>Embeds every row; a row without items gets zeros.</summary>
    /// <param name="rows">Each user's item numbers and weights.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="progress">Told the number of rows done, from several threads; each row counts once a copy.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <returns>[rows × copies · dimension].</returns>
    public AlignedMatrix Embed(SparseRows rows, int threads, Action<long>? progress = null, CancellationToken cancellation = default) =>
        SideBySide.Join(_items.Length, _items[0].Columns, rows.Count, copy =>
        {
            var users = new AlignedMatrix(rows.Count, _items[copy].Columns);
            HalfIteration(rows, users, _items[copy], _scaledGrams[copy], _unobservedWeight, _regularization, MaxSteps, threads, progress, cancellation);
            return users;
        });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var gram in _scaledGrams) gram.Dispose();
        if (_items.Length == 1) return;
        foreach (var part in _items) part.Dispose();
    }

    /// <summary>The confidence that a weight gives: 1 + ln w from 1 on, w itself below (both have slope 1 where they meet).</summary>
    internal static float Confidence(float weight) => weight >= 1 ? (float)(1 + PortableMath.Log(weight)) : weight;

    internal static AlignedMatrix ScaledGram(AlignedMatrix side, double unobservedWeight, int threads, CancellationToken cancellation)
    {
        var gram = GramMatrix.Of(side, threads, cancellation);
        var scaled = new AlignedMatrix(side.Columns, side.Columns);
        var all = scaled.RowRange(0, side.Columns);
        for (var i = 0; i < gram.Length; i++) all[i] = (float)(unobservedWeight * gram[i]);
        return scaled;
    }

    /// <summary>Improves every row of one side given the other.</summary>
    internal static void HalfIteration(
        SparseRows rows, AlignedMatrix side, AlignedMatrix other, AlignedMatrix scaledGram,
        double unobservedWeight, double regularization, int steps, int threads,
        Action<long>? progress, CancellationToken cancellation)
    {
        const int Block = 256;
        var solvers = new RowSolver?[threads];
        try
        {
            Workers.Run(threads, (rows.Count + Block - 1) / Block, (block, worker) =>
            {
                var solver = solvers[worker] ??= new RowSolver(side.Columns);
                var last = Math.Min(rows.Count, (block + 1) * Block);
                for (var row = block * Block; row < last; row++) Improve(row, solver);
                progress?.Invoke(last - block * Block);
            }, cancellation);
        }
        finally
        {
            foreach (var solver in solvers) solver?.Dispose();
        }

        void Improve(int row, RowSolver solver)
        {
            var weights = rows.WeightsOf(row);
            Span<float> confidences = weights.Length <= 1024 ? stackalloc float[weights.Length] : new float[weights.Length];
            var sum = 0.0;
            for (var i = 0; i < weights.Length; i++) sum += confidences[i] = Confidence(weights[i]);

            var ridge = (float)(regularization * (sum + unobservedWeight * other.Rows));
            solver.Improve(side.Row(row), rows.ColumnsOf(row), confidences, other, scaledGram, ridge, steps);
        }
    }
}
