using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>Users who are folded in on demand: only their interactions are kept in memory.</summary>
/// <param name="foldIn">The fold-in, which this object disposes of.</param>
/// <param name="rows">Each user's item numbers and weights.</param>
/// <param name="ids">Their ids, for errors.</param>
/// <param name="threads">Worker threads; the result does not depend on it.</param>
internal sealed class FoldedInUsers(IFoldIn foldIn, SparseRows rows, IdList ids, int threads) : IUserEmbeddings
{
    public int Count => rows.Count;

    public int Dimension => foldIn.Dimension;

    public AlignedMatrix Of(IReadOnlyList<int> users, CancellationToken cancellation = default)
    {
        var embedded = foldIn.Embed(rows, users, threads, cancellation);
        IalsTrainer.ThrowIfNotFinite(embedded, ids, users);
        return embedded;
    }

    public void Dispose() => foldIn.Dispose();
}
