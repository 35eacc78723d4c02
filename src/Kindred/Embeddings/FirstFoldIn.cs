using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>Folds users in exactly as the first version did, to update populations with a recipe that names no solver.</summary>
internal sealed class FirstFoldIn : IFoldIn
{
    private const int MaxSteps = 200;
    private readonly int _dimension;
    private readonly Copy[] _copies;
    private readonly double _unobservedWeight;
    private readonly double _regularization;

    /// <summary>Prepares for folding in; <paramref name="items"/> [items × copies · dimension] are not read afterwards.</summary>
    public FirstFoldIn(AlignedMatrix items, double unobservedWeight, double regularization, int threads, int copies)
    {
        if (items.Columns % (8 * copies) != 0)
        {
            throw FoldIn.WrongDimension(items.Columns, copies);
        }

        _dimension = items.Columns / copies;
        _unobservedWeight = unobservedWeight;
        _regularization = regularization;
        _copies = [.. Enumerable.Range(0, copies).Select(Prepare)];

        Copy Prepare(int copy)
        {
            var part = new AlignedMatrix(items.Rows, _dimension);
            for (long row = 0; row < items.Rows; row++) items.Row(row).Slice(copy * _dimension, _dimension).CopyTo(part.Row(row));
            return new Copy(part, ScaledGram(part, unobservedWeight, threads));
        }
    }

    public int Dimension => _dimension * _copies.Length;

    public AlignedMatrix Embed(SparseRows rows, IReadOnlyList<int> which, int threads, CancellationToken cancellation = default)
    {
        var result = new AlignedMatrix(which.Count, Dimension);
        var step = new HalfStep(_unobservedWeight, _regularization, threads, cancellation);
        for (var copy = 0; copy < _copies.Length; copy++)
        {
            var from = copy * _dimension;
            var (items, gram) = (_copies[copy].Items, _copies[copy].Gram);
            step.ForBlocks(which.Count, () => new FirstRowSolver(_dimension), (solver, first, count) =>
            {
                for (var i = first; i < first + count; i++) Solve(solver, which[i], items, gram, result.Row(i).Slice(from, _dimension));
            });
        }

        return result;

        void Solve(FirstRowSolver solver, int row, AlignedMatrix items, AlignedMatrix gram, Span<float> x)
        {
            var confidences = new float[rows.WeightsOf(row).Length];
            Confidences.Of(rows.WeightsOf(row), confidences);
            var sum = 0.0;
            foreach (var confidence in confidences) sum += confidence;
            var ridge = (float)(_regularization * (sum + _unobservedWeight * items.Rows));
            solver.Improve(x, rows.ColumnsOf(row), confidences, items, gram, ridge, MaxSteps);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (items, gram) in _copies)
        {
            items.Dispose();
            gram.Dispose();
        }
    }

    private static AlignedMatrix ScaledGram(AlignedMatrix side, double unobservedWeight, int threads)
    {
        var gram = GramMatrix.Of(side, threads);
        var scaled = new AlignedMatrix(side.Columns, side.Columns);
        var all = scaled.RowRange(0, side.Columns);
        for (var i = 0; i < gram.Length; i++) all[i] = (float)(unobservedWeight * gram[i]);
        return scaled;
    }

    /// <summary>One copy's items, and α₀ times their Gram matrix.</summary>
    private sealed record Copy(AlignedMatrix Items, AlignedMatrix Gram);
}
