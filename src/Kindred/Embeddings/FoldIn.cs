using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>Computes users' embeddings from their interactions and fixed item embeddings.</summary>
/// <remarks>
/// Training ends with the same computation from the same start, so folding in a user of the training set
/// gives the stored embedding, bit for bit. Populations with a recipe that names no solver were made with <see cref="FirstFoldIn"/>;
/// <see cref="PopulationEmbedding"/> updates them with it.
/// </remarks>
internal sealed class FoldIn : IFoldIn
{
    // From zero, 5 to 15 steps reach the residual at which the solver stops; this bound is for ill-conditioned rows.
    private const int MaxSteps = 200;
    private readonly int _dimension;
    private readonly Copy[] _copies;
    private readonly double _unobservedWeight;
    private readonly double _regularization;

    /// <summary>Prepares for folding in: finds the principal axes of the items once.</summary>
    /// <param name="items">[items × copies · dimension]; not read afterwards.</param>
    /// <param name="unobservedWeight">α₀ of the items' training.</param>
    /// <param name="regularization">λ of the items' training.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="copies">Embeddings side by side; each is folded in separately.</param>
    /// <exception cref="KindredException">The dimension is not a multiple of 8.</exception>
    public FoldIn(AlignedMatrix items, double unobservedWeight, double regularization, int threads, int copies = 1)
    {
        if (items.Columns % (8 * copies) != 0)
        {
            throw WrongDimension(items.Columns, copies);
        }

        _dimension = items.Columns / copies;
        _unobservedWeight = unobservedWeight;
        _regularization = regularization;
        _copies = [.. Enumerable.Range(0, copies).Select(Prepare)];

        Copy Prepare(int copy)
        {
            var turned = new AlignedMatrix(items.Rows, PrincipalAxes.StrideOf(_dimension));
            for (long row = 0; row < items.Rows; row++) items.Row(row).Slice(copy * _dimension, _dimension).CopyTo(turned.Row(row));
            var axes = PrincipalAxes.Of(turned, _dimension, unobservedWeight, threads, CancellationToken.None);
            new HalfStep(unobservedWeight, regularization, threads, CancellationToken.None).Turn(turned, axes);
            return new Copy(turned, axes);
        }
    }

    /// <summary>The error of item embeddings that users cannot be folded in with.</summary>
    /// <param name="dimension">Length of an item's embedding.</param>
    /// <param name="copies">Embeddings that stand side by side.</param>
    internal static KindredException WrongDimension(int dimension, int copies) => new(ErrorKind.BadInput, "item_embeddings_invalid",
        $"The items' embeddings have dimension {dimension}, which is not {(copies == 1 ? "" : $"{copies} times ")}a multiple of 8: " +
        "they were not trained by Kindred, so users cannot be folded in.", "Import the users' embeddings instead.")
    {
        Values = new Dictionary<string, object?> { ["dimension"] = dimension, ["copies"] = copies },
    };

    /// <summary>Length of an embedding, all copies together.</summary>
    public int Dimension => _dimension * _copies.Length;

    /// <summary>Embeds every row; a row without items gets zeros.</summary>
    /// <param name="rows">Each user's item numbers and weights.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="progress">Receives the number of completed rows; called from several threads.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <returns>[rows × copies · dimension].</returns>
    public AlignedMatrix Embed(SparseRows rows, int threads, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var result = new AlignedMatrix(rows.Count, Dimension);
        Embed(rows, rows.Count, row => row, result, threads, progress, cancellation);
        return result;
    }

    /// <summary>Embeds some rows, with the same bits as if all were embedded: a population is folded in part by part.</summary>
    /// <param name="rows">Each user's item numbers and weights.</param>
    /// <param name="which">The rows to embed, in any order.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <returns>[which × copies · dimension].</returns>
    public AlignedMatrix Embed(SparseRows rows, IReadOnlyList<int> which, int threads, CancellationToken cancellation = default)
    {
        var result = new AlignedMatrix(which.Count, Dimension);
        Embed(rows, which.Count, place => which[place], result, threads, null, cancellation);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var copy in _copies) copy.Dispose();
    }

    private void Embed(
        SparseRows rows, int count, Func<int, int> rowAt, AlignedMatrix result, int threads, Action<long>? progress,
        CancellationToken cancellation)
    {
        var step = new HalfStep(_unobservedWeight, _regularization, threads, cancellation);
        step.ForBlocks(count, () => new Scratch(_copies, _dimension), (scratch, first, length) =>
        {
            for (var copy = 0; copy < _copies.Length; copy++) EmbedCopy(copy, scratch, first, length);
            progress?.Invoke(length);
        });

        void EmbedCopy(int copy, Scratch scratch, int first, int length)
        {
            var (items, axes) = (_copies[copy].Items, _copies[copy].Axes);
            for (var i = 0; i < length; i++)
            {
                var row = rowAt(first + i);
                var confidences = scratch.Confidences(rows.WeightsOf(row));
                var x = scratch.Rows.Row(i);
                x.Clear();
                scratch.Solvers[copy].Improve(
                    x, rows.ColumnsOf(row), confidences, axes.Spectrum, step.Ridge(confidences, items.Rows), MaxSteps);
            }

            axes.TurnBack(scratch.Rows, 0, length, scratch.Chunk);
            for (var i = 0; i < length; i++) scratch.Rows.Row(i)[.._dimension].CopyTo(result.Row(first + i)[(copy * _dimension)..]);
        }
    }

    /// <summary>One copy's items, turned into their principal axes.</summary>
    private sealed record Copy(AlignedMatrix Items, PrincipalAxes Axes) : IDisposable
    {
        public void Dispose()
        {
            Items.Dispose();
            Axes.Dispose();
        }
    }

    /// <summary>Working space of one thread.</summary>
    private sealed class Scratch(Copy[] copies, int dimension) : IDisposable
    {
        private float[] _confidences = new float[1024];

        public LowRankSolver[] Solvers { get; } = Array.ConvertAll(copies, copy => new LowRankSolver(copy.Items, dimension));

        public AlignedMatrix Chunk { get; } = copies[0].Axes.NewChunk();

        public AlignedMatrix Rows { get; } = new(HalfStep.Block, PrincipalAxes.StrideOf(dimension));

        public ReadOnlySpan<float> Confidences(ReadOnlySpan<float> weights)
        {
            if (_confidences.Length < weights.Length) _confidences = new float[Math.Max(weights.Length, 2 * _confidences.Length)];
            var confidences = _confidences.AsSpan(0, weights.Length);
            Embeddings.Confidences.Of(weights, confidences);
            return confidences;
        }

        public void Dispose()
        {
            Chunk.Dispose();
            Rows.Dispose();
            foreach (var solver in Solvers) solver.Dispose();
        }
    }
}
