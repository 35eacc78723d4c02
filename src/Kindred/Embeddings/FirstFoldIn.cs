using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>Folds users in as the first version did, bit for bit: for updates of populations whose recipe does not name a solver.</summary>
internal static class FirstFoldIn
{
    private const int MaxSteps = 200;

    /// <summary>Embeds every row; a row without items gets zeros.</summary>
    /// <returns>[rows × copies · dimension].</returns>
    public static AlignedMatrix Embed(
        AlignedMatrix items, double unobservedWeight, double regularization, int copies, SparseRows rows, int threads,
        Action<long>? progress, CancellationToken cancellation)
    {
        var dimension = items.Columns / copies;
        if (items.Columns % (8 * copies) != 0)
        {
            throw new KindredException(ErrorKind.BadInput, $"The items' embeddings have dimension {items.Columns}, which is not {copies} times a multiple of 8.");
        }

        var result = new AlignedMatrix(rows.Count, items.Columns);
        for (var copy = 0; copy < copies; copy++)
        {
            var from = copy * dimension;
            using var part = new AlignedMatrix(items.Rows, dimension);
            for (long row = 0; row < items.Rows; row++) items.Row(row).Slice(from, dimension).CopyTo(part.Row(row));
            using var gram = ScaledGram(part, unobservedWeight, threads, cancellation);
            var isLast = copy == copies - 1;
            new HalfStep(unobservedWeight, regularization, threads, cancellation).ForBlocks(rows.Count, () => new FirstRowSolver(dimension), (solver, first, count) =>
            {
                for (var row = first; row < first + count; row++) Solve(solver, row, part, gram, result.Row(row).Slice(from, dimension));
                if (isLast) progress?.Invoke(count);
            });
        }

        return result;

        void Solve(FirstRowSolver solver, int row, AlignedMatrix part, AlignedMatrix gram, Span<float> x)
        {
            var confidences = new float[rows.WeightsOf(row).Length];
            Confidences.Of(rows.WeightsOf(row), confidences);
            var sum = 0.0;
            foreach (var confidence in confidences) sum += confidence;
            var ridge = (float)(regularization * (sum + unobservedWeight * part.Rows));
            solver.Improve(x, rows.ColumnsOf(row), confidences, part, gram, ridge, MaxSteps);
        }
    }

    private static AlignedMatrix ScaledGram(AlignedMatrix side, double unobservedWeight, int threads, CancellationToken cancellation)
    {
        var gram = GramMatrix.Of(side, threads, cancellation);
        var scaled = new AlignedMatrix(side.Columns, side.Columns);
        var all = scaled.RowRange(0, side.Columns);
        for (var i = 0; i < gram.Length; i++) all[i] = (float)(unobservedWeight * gram[i]);
        return scaled;
    }
}
