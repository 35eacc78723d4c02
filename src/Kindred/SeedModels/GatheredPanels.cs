using System.Runtime.InteropServices;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.SeedModels;

/// <summary>Lays users who do not stand side by side out as a <see cref="UserTile"/> does, a panel at a time, with the same bits.</summary>
internal sealed class GatheredPanels(Population population)
{
    private readonly int _dimension = population.Dimension;

    // Pinned, because panels are made of pointers to rows.
    private readonly float[] _rows = GC.AllocateArray<float>(UserTile.PanelUsers * population.Dimension, pinned: true);
    private readonly float[] _panel = new float[UserTile.PanelUsers * (population.Dimension + 1)];

    /// <summary>Goes through users in their order.</summary>
    /// <param name="users">Any users of the population.</param>
    /// <param name="visit">Given each panel, the index of its first user and how many users are in it.</param>
    public void ForEach(IReadOnlyList<UserRow> users, PanelVisitor visit)
    {
        for (var first = 0; first < users.Count; first += UserTile.PanelUsers)
        {
            var count = Math.Min(UserTile.PanelUsers, users.Count - first);
            Load(users, first, count);
            visit(_panel, first, count);
        }
    }

    private void Load(IReadOnlyList<UserRow> users, int first, int count)
    {
        Array.Clear(_rows);
        Span<nint> starts = stackalloc nint[UserTile.PanelUsers];
        for (var i = 0; i < UserTile.PanelUsers; i++)
        {
            if (i < count) population.EmbeddingOf(users[first + i]).CopyTo(_rows.AsSpan(i * _dimension));
            starts[i] = Marshal.UnsafeAddrOfPinnedArrayElement(_rows, i * _dimension);
        }

        var embedded = _panel.AsSpan(0, _dimension * UserTile.PanelUsers);
        UserPanel.Load(starts, _dimension, embedded);
        UserPanel.HalfNormalize(embedded);
        var activity = _panel.AsSpan(embedded.Length);
        activity.Clear();
        for (var i = 0; population.HasActivity && i < count; i++)
        {
            var (shard, row) = users[first + i];
            activity[i] = population.Shards[shard].Activity.Span[row];
        }
    }
}

/// <summary>Reads one panel of users.</summary>
/// <param name="panel">[dimension + 1][panel users] the half-normalised embeddings, then the activity.</param>
/// <param name="first">Index of the first user.</param>
/// <param name="count">Users of the panel.</param>
internal delegate void PanelVisitor(ReadOnlySpan<float> panel, int first, int count);
