using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Scoring;

/// <summary>A few hundred users of a shard, laid out for scoring: loaded once, then read by every scorer while it is in cache.</summary>
/// <remarks>
/// <code>
/// Panels of 24 or 48 users, one user a vector lane:
///
///     panel 0: input 0: u0 u1 u2 …     input k &lt; dimension: e_k · |e|^(−½)
///              input 1: u0 u1 u2 …     input dimension:     activity
///              …
///     panel 1: input 0: …
/// </code>
/// Half normalising, e · |e|^(−½), keeps part of what the length says: see docs/decisions. A user without an embedding is all zeros.
/// One tile for each thread.
/// </remarks>
public sealed unsafe class UserTile : IDisposable
{
    /// <summary>The most users that any tile has room for.</summary>
    public const int Capacity = 960;

    // What the panels of a tile fill of a second-level cache at most: the models and scores of a block need some of it too.
    private const int PanelBytes = 384 << 10;

    private static readonly object _halfLengthsKey = new();

    private readonly AlignedMatrix _panels;

    // [panel users × dimension] the embeddings of the panel that is being loaded.
    private readonly AlignedMatrix _embeddings;

    private readonly int[] _rows;
    private readonly Dictionary<object, (int Load, object Value)> _derived = new(ReferenceEqualityComparer.Instance);
    private int _loads;

    /// <summary>Room for a tile of users with embeddings of this length.</summary>
    public UserTile(int dimension)
    {
        Dimension = dimension;
        Room = RoomFor(dimension);
        _panels = new AlignedMatrix(Room / PanelUsers, Inputs * PanelUsers);
        _embeddings = new AlignedMatrix(PanelUsers, dimension);
        _rows = new int[Room];
    }

    /// <summary>Users side by side in a panel.</summary>
    internal static int PanelUsers => UserPanel.Users;

    /// <summary>Length of an embedding.</summary>
    public int Dimension { get; }

    /// <summary>The most users that this tile takes: as many as leave it in cache.</summary>
    public int Room { get; }

    /// <summary>Numbers a user: the embedding and the activity.</summary>
    public int Inputs => Dimension + 1;

    /// <summary>The shard that the users are of.</summary>
    public PopulationShard Shard { get; private set; } = null!;

    /// <summary>[users] their rows in the shard, ascending.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>Users in the tile.</summary>
    public int Count { get; private set; }

    /// <summary>Panels in use.</summary>
    internal int PanelCount => (Count + PanelUsers - 1) / PanelUsers;

    /// <summary>The most users of a tile of embeddings of this length: a multiple of a panel's.</summary>
    public static int RoomFor(int dimension)
    {
        var users = PanelBytes / ((dimension + 1) * sizeof(float)) / PanelUsers * PanelUsers;
        return Math.Clamp(users, 2 * PanelUsers, Capacity);
    }

    /// <summary>Fills the tile with consecutive users.</summary>
    /// <param name="shard">Where the users are.</param>
    /// <param name="firstRow">The first of them.</param>
    /// <param name="count">How many; at most <see cref="Room"/>.</param>
    /// <param name="withPanels">Whether any scorer reads embeddings; without it the panels hold what they held.</param>
    public void Load(PopulationShard shard, int firstRow, int count, bool withPanels = true)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Room);
        for (var i = 0; i < count; i++) _rows[i] = firstRow + i;
        Load(shard, count, withPanels);
    }

    /// <summary>Fills the tile with any users of a shard.</summary>
    /// <param name="shard">Where the users are.</param>
    /// <param name="rows">Their rows, ascending; at most <see cref="Room"/>.</param>
    /// <param name="withPanels">Whether any scorer reads embeddings.</param>
    public void Load(PopulationShard shard, ReadOnlySpan<int> rows, bool withPanels = true)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Length, Room);
        for (var i = 1; i < rows.Length; i++)
        {
            if (rows[i] <= rows[i - 1]) throw new ArgumentException("The rows of a tile must ascend.", nameof(rows));
        }

        rows.CopyTo(_rows);
        Load(shard, rows.Length, withPanels);
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

    /// <summary>[inputs][panel users] of one panel.</summary>
    internal Span<float> Panel(int index) => _panels.Row(index);

    private void Load(PopulationShard shard, int count, bool withPanels)
    {
        Shard = shard;
        Count = count;
        _loads++;
        if (!withPanels || count == 0) return;
        var embeddings = shard.Embeddings.Span;
        var activity = shard.Activity.Span;
        Span<nint> starts = stackalloc nint[PanelUsers];
        for (var u = 0; u < PanelUsers; u++) starts[u] = (nint)(_embeddings.Pointer + u * Dimension);
        for (var p = 0; p < PanelCount; p++)
        {
            // Row by row from memory first, in the order that its prefetchers foresee: transposing from there takes twice as long.
            var rows = _rows.AsSpan(p * PanelUsers, Math.Min(PanelUsers, count - p * PanelUsers));
            for (var u = 0; u < rows.Length; u++) embeddings.Slice(rows[u] * Dimension, Dimension).CopyTo(_embeddings.Row(u));
            if (rows.Length < PanelUsers) _embeddings.RowRange(rows.Length, PanelUsers - rows.Length).Clear();
            var embedded = Panel(p)[..(Dimension * PanelUsers)];
            UserPanel.Load(starts, Dimension, embedded);
            UserPanel.HalfNormalize(embedded);
            var last = Panel(p)[embedded.Length..];
            last.Clear();
            if (activity.IsEmpty) continue;
            for (var u = 0; u < rows.Length; u++) last[u] = activity[rows[u]];
        }
    }

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
    public void Dispose()
    {
        _panels.Dispose();
        _embeddings.Dispose();
    }
}
