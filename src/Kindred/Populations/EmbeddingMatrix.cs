using Kindred.Numerics;

namespace Kindred.Populations;

/// <summary>Embeddings of users that are already computed.</summary>
/// <param name="matrix">[users × dimension]; this object disposes of it.</param>
public sealed class EmbeddingMatrix(AlignedMatrix matrix) : IUserEmbeddings
{
    /// <inheritdoc/>
    public int Count => checked((int)matrix.Rows);

    /// <inheritdoc/>
    public int Dimension => matrix.Columns;

    /// <inheritdoc/>
    public AlignedMatrix Of(IReadOnlyList<int> users, CancellationToken cancellation = default)
    {
        var some = new AlignedMatrix(users.Count, matrix.Columns);
        for (var i = 0; i < users.Count; i++) matrix.Row(users[i]).CopyTo(some.Row(i));
        return some;
    }

    /// <inheritdoc/>
    public void Dispose() => matrix.Dispose();
}
