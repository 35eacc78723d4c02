using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Scoring;

/// <summary>A few hundred consecutive users of a shard, laid out for scoring: loaded once, then read by every scorer while it is in cache.</summary>
/// <remarks>
/// <code>
/// Panels of 24 users, one user a vector lane:
///
///     panel 0: input 0: u0 … u23     input k &lt; dimension: e_k · |e|^(−½)
///              input 1: u0 … u23     input dimension:     activity
///              …
///     panel 1: input 0: u24 … u47
/// </code>
/// Half normalising, e · |e|^(−½), keeps part of what the length says: see docs/decisions. A user without an embedding is all zeros.
/// One tile for each thread.
/// </remarks>
public sealed class UserTile : IDisposable
{
    /// <summary>The most users of a tile: 40 panels, which with 129 inputs fill half a megabyte of second-level cache.</summary>
    public const int Capacity = 960;

    /// <summary>Users side by side in a panel.</summary>
    internal const int PanelUsers = UserPanel.Users;

    private static readonly object _halfLengthsKey = new();

    private readonly AlignedMatrix _panels;
    private readonly Dictionary<object, (int Load, object Value)> _derived = new(ReferenceEqualityComparer.Instance);
    private int _loads;

    /// <summary>Room for a tile of users with embeddings of this length.</summary>
    public UserTile(int dimension)
    {
        Dimension = dimension;
        _panels = new AlignedMatrix(Capacity / PanelUsers, Inputs * PanelUsers);
    }

    /// <summary>Length of an embedding.</summary>
    public int Dimension { get; }

    /// <summary>Numbers a user: the embedding and the activity.</summary>
    public int Inputs => Dimension + 1;

    /// <summary>The shard that the users are of.</summary>
    public PopulationShard Shard { get; private set; } = null!;

    /// <summary>Row of the first user in the shard.</summary>
    public int FirstRow { get; private set; }

    /// <summary>Users in the tile.</summary>
    public int Count { get; private set; }

    /// <summary>Panels in use.</summary>
    internal int PanelCount => (Count + PanelUsers - 1) / PanelUsers;

    /// <summary>Fills the tile.</summary>
    /// <param name="shard">Where the users are.</param>
    /// <param name="firstRow">The first of them.</param>
    /// <param name="count">How many; at most <see cref="Capacity"/>.</param>
    /// <param name="withPanels">Whether any scorer reads embeddings; without it the panels hold what they held.</param>
    public void Load(PopulationShard shard, int firstRow, int count, bool withPanels = true)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        Shard = shard;
        FirstRow = firstRow;
        Count = count;
        _loads++;
        if (!withPanels) return;
        var embeddings = shard.Embeddings.Span.Slice(firstRow * Dimension, count * Dimension);
        var activity = shard.Activity.IsEmpty ? default : shard.Activity.Span.Slice(firstRow, count);
        for (var p = 0; p < PanelCount; p++)
        {
            var (first, users) = (p * PanelUsers, Math.Min(PanelUsers, count - p * PanelUsers));
            var embedded = Panel(p)[..(Dimension * PanelUsers)];
            UserPanel.Load(embeddings.Slice(first * Dimension, users * Dimension), Dimension, embedded);
            UserPanel.HalfNormalize(embedded);
            var last = Panel(p)[(Dimension * PanelUsers)..];
            last.Clear();
            if (!activity.IsEmpty) activity.Slice(first, users).CopyTo(last);
        }
    }

    /// <summary>Throws unless a scorer's embeddings are as long as those of the users.</summary>
    /// <exception cref="KindredException">They are not.</exception>
    internal void RequireDimension(int dimension)
    {
        if (dimension == Dimension) return;
        throw new KindredException(ErrorKind.BadInput,
            $"The model was trained on embeddings of dimension {dimension}, but the population has {Dimension}. Train it again on this population.");
    }

    /// <summary>What several scorers derive from the same users, computed once a load.</summary>
    /// <param name="key">Whose it is, by reference: scorers that share it share the result.</param>
    /// <param name="compute">Computes it; given the value of an earlier load, whose memory may be used again.</param>
    public T Derived<T>(object key, Func<UserTile, T?, T> compute) where T : class
    {
        var known = _derived.TryGetValue(key, out var entry);
        if (known && entry.Load == _loads) return (T)entry.Value;
        var value = compute(this, known ? (T)entry.Value : null);
        _derived[key] = (_loads, value);
        return value;
    }

    /// <summary>[users] |e|^½ of each user, the length of what the panels hold of his embedding.</summary>
    internal ReadOnlySpan<float> HalfLengths => Derived<float[]>(_halfLengthsKey, ComputeHalfLengths);

    /// <summary>[inputs][24] of one panel.</summary>
    internal Span<float> Panel(int index) => _panels.Row(index);

    private static float[] ComputeHalfLengths(UserTile tile, float[]? lengths)
    {
        lengths ??= new float[Capacity];
        for (var p = 0; p < tile.PanelCount; p++)
        {
            UserPanel.Lengths(tile.Panel(p)[..(tile.Dimension * PanelUsers)], lengths.AsSpan(p * PanelUsers, PanelUsers));
        }

        return lengths;
    }

    /// <inheritdoc/>
    public void Dispose() => _panels.Dispose();
}
