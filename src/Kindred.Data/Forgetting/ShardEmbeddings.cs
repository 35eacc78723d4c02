using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Data.Forgetting;

/// <summary>The embeddings of some users of an opened shard.</summary>
/// <param name="shard">The shard, which the caller disposes.</param>
/// <param name="rows">The users' rows in it.</param>
internal sealed class ShardEmbeddings(PopulationShard shard, int[] rows) : IUserEmbeddings
{
    public int Count => rows.Length;

    public int Dimension => shard.Dimension;

    public AlignedMatrix Of(IReadOnlyList<int> users, CancellationToken cancellation = default)
    {
        var some = new AlignedMatrix(users.Count, Dimension);
        var all = shard.Embeddings.Span;
        for (var i = 0; i < users.Count; i++) all.Slice(rows[users[i]] * Dimension, Dimension).CopyTo(some.Row(i));
        return some;
    }

    public void Dispose()
    {
    }
}
