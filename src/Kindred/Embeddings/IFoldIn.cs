using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Embeddings;

/// <summary>Computes users' embeddings from their interactions, each user independently.</summary>
internal interface IFoldIn : IDisposable
{
    /// <summary>Length of an embedding, all copies together.</summary>
    int Dimension { get; }

    /// <summary>Embeds some rows, with the same bits as if all were embedded; a row without items gets zeros.</summary>
    /// <returns>[which × copies · dimension].</returns>
    AlignedMatrix Embed(SparseRows rows, IReadOnlyList<int> which, int threads, CancellationToken cancellation = default);
}
