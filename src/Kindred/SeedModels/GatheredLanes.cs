using System.Runtime.InteropServices;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.SeedModels;

/// <summary>Lays out users from scattered rows as a <see cref="UserTile"/> does, one lane group at a time, with the same bits.</summary>
internal sealed class GatheredLanes(Population population)
{
    private readonly int _dimension = population.Dimension;

    // Pinned because lane groups are built from pointers to rows.
    private readonly float[] _rows = GC.AllocateArray<float>(UserTile.LaneCount * population.Dimension, pinned: true);
    private readonly float[] _group = new float[UserTile.LaneCount * (population.Dimension + 1)];

    /// <summary>Goes through users in their order.</summary>
    /// <param name="users">Any users of the population.</param>
    /// <param name="visit">Receives each lane group, the index of its first user and its number of users.</param>
    public void ForEach(IReadOnlyList<UserRow> users, LaneGroupVisitor visit)
    {
        for (var first = 0; first < users.Count; first += UserTile.LaneCount)
        {
            var count = Math.Min(UserTile.LaneCount, users.Count - first);
            Load(users, first, count);
            visit(_group, first, count);
        }
    }

    private void Load(IReadOnlyList<UserRow> users, int first, int count)
    {
        Array.Clear(_rows);
        Span<nint> starts = stackalloc nint[UserTile.LaneCount];
        for (var i = 0; i < UserTile.LaneCount; i++)
        {
            if (i < count) population.EmbeddingOf(users[first + i]).CopyTo(_rows.AsSpan(i * _dimension));
            starts[i] = Marshal.UnsafeAddrOfPinnedArrayElement(_rows, i * _dimension);
        }

        var embedded = _group.AsSpan(0, _dimension * UserTile.LaneCount);
        UserLanes.Load(starts, _dimension, embedded);
        UserLanes.HalfNormalize(embedded);
        var activity = _group.AsSpan(embedded.Length);
        activity.Clear();
        for (var i = 0; population.HasActivity && i < count; i++)
        {
            var (shard, row) = users[first + i];
            activity[i] = population.Shards[shard].Activity.Span[row];
        }
    }
}

/// <summary>Reads one lane group.</summary>
/// <param name="group">[dimension + 1][lanes] the half-normalised embeddings, then the activity.</param>
/// <param name="first">Index of the first user.</param>
/// <param name="count">Users of the lane group.</param>
internal delegate void LaneGroupVisitor(ReadOnlySpan<float> group, int first, int count);
