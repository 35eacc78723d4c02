using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.Scoring;

/// <summary>A few hundred users of a shard, laid out for scoring: loaded once, then read by every scorer while they are in cache.</summary>
/// <remarks>
/// <code>
/// Lane groups of 24 or 48 users, one user per vector lane:
///
///     group 0: input 0: u0 u1 u2 …     input k &lt; dimension: e_k · |e|^(−½)
///              input 1: u0 u1 u2 …     input dimension:     activity
///              …
///     group 1: input 0: …
/// </code>
/// Half normalising, e · |e|^(−½), keeps part of the information in the length: see docs/decisions. A user without an embedding is all
/// zeros. Each thread has its own tile.
/// </remarks>
public sealed unsafe class UserTile : IDisposable
{
    /// <summary>Maximum users of any tile.</summary>
    public const int Capacity = 960;

    // Maximum bytes of the lane groups of a tile in the second-level cache: the models and scores of a block need some of it too.
    private const int LaneGroupBytes = 384 << 10;

    private static readonly object _halfLengthsKey = new();

    private readonly AlignedMatrix _laneGroups;

    // [lanes × dimension] the embeddings of the lane group that is being loaded.
    private readonly AlignedMatrix _embeddings;

    private readonly int[] _rows;
    private readonly Dictionary<object, (int Load, object Value)> _derived = new(ReferenceEqualityComparer.Instance);
    private int _loads;

    /// <summary>Creates a tile for users with embeddings of this length.</summary>
    public UserTile(int dimension)
    {
        Dimension = dimension;
        Room = RoomFor(dimension);
        _laneGroups = new AlignedMatrix(Room / LaneCount, Inputs * LaneCount);
        _embeddings = new AlignedMatrix(LaneCount, dimension);
        _rows = new int[Room];
    }

    /// <summary>Users side by side in a lane group.</summary>
    internal static int LaneCount => UserLanes.Count;

    /// <summary>Length of an embedding.</summary>
    public int Dimension { get; }

    /// <summary>Maximum users of this tile, so that it stays in cache.</summary>
    public int Room { get; }

    /// <summary>Numbers per user: the embedding and the activity.</summary>
    public int Inputs => Dimension + 1;

    /// <summary>The shard of the users.</summary>
    public PopulationShard Shard { get; private set; } = null!;

    /// <summary>[users] their rows in the shard, ascending.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>Users in the tile.</summary>
    public int Count { get; private set; }

    /// <summary>Lane groups in use.</summary>
    internal int LaneGroups => (Count + LaneCount - 1) / LaneCount;

    /// <summary>Maximum users of a tile of embeddings of this length: a multiple of a group's.</summary>
    public static int RoomFor(int dimension)
    {
        var users = LaneGroupBytes / ((dimension + 1) * sizeof(float)) / LaneCount * LaneCount;
        return Math.Clamp(users, 2 * LaneCount, Capacity);
    }

    /// <summary>Fills the tile with consecutive users.</summary>
    /// <param name="shard">The shard of the users.</param>
    /// <param name="firstRow">The row of the first user.</param>
    /// <param name="count">Number of users; at most <see cref="Room"/>.</param>
    /// <param name="withEmbeddings">True if any scorer reads embeddings; otherwise the lane groups are not changed.</param>
    public void Load(PopulationShard shard, int firstRow, int count, bool withEmbeddings = true)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Room);
        for (var i = 0; i < count; i++) _rows[i] = firstRow + i;
        Load(shard, count, withEmbeddings);
    }

    /// <summary>Fills the tile with any users of a shard.</summary>
    /// <param name="shard">The shard of the users.</param>
    /// <param name="rows">Their rows, ascending; at most <see cref="Room"/>.</param>
    /// <param name="withEmbeddings">True if any scorer reads embeddings.</param>
    public void Load(PopulationShard shard, ReadOnlySpan<int> rows, bool withEmbeddings = true)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Length, Room);
        for (var i = 1; i < rows.Length; i++)
        {
            if (rows[i] <= rows[i - 1]) throw new ArgumentException("The rows of a tile must ascend.", nameof(rows));
        }

        rows.CopyTo(_rows);
        Load(shard, rows.Length, withEmbeddings);
    }

    /// <summary>Throws unless a scorer's embeddings are as long as those of the users.</summary>
    /// <exception cref="KindredException">The lengths differ.</exception>
    internal void RequireDimension(int dimension)
    {
        if (dimension == Dimension) return;
        throw new KindredException(ErrorKind.BadInput, "model_dimension_differs",
            $"The model was trained on embeddings of dimension {dimension}, but the population has {Dimension}.",
            "Train it again on this population.")
        {
            Values = new Dictionary<string, object?> { ["model"] = dimension, ["population"] = Dimension },
        };
    }

    /// <summary>A value that several scorers derive from the same users, computed once per load.</summary>
    /// <param name="key">The owner, by reference: scorers that share it share the result.</param>
    /// <param name="compute">Computes it; receives the value of an earlier load, to reuse its memory.</param>
    public T Derived<T>(object key, Func<UserTile, T?, T> compute) where T : class
    {
        var known = _derived.TryGetValue(key, out var entry);
        if (known && entry.Load == _loads) return (T)entry.Value;
        var value = compute(this, known ? (T)entry.Value : null);
        _derived[key] = (_loads, value);
        return value;
    }

    /// <summary>[users] |e|^½ of each user, the length of the half-normalised embedding in the lane groups.</summary>
    internal ReadOnlySpan<float> HalfLengths => Derived<float[]>(_halfLengthsKey, ComputeHalfLengths);

    /// <summary>[inputs][lanes] of one lane group.</summary>
    internal Span<float> LaneGroup(int index) => _laneGroups.Row(index);

    private void Load(PopulationShard shard, int count, bool withEmbeddings)
    {
        Shard = shard;
        Count = count;
        _loads++;
        if (!withEmbeddings || count == 0) return;
        var embeddings = shard.Embeddings.Span;
        var activity = shard.Activity.Span;
        Span<nint> starts = stackalloc nint[LaneCount];
        for (var u = 0; u < LaneCount; u++) starts[u] = (nint)(_embeddings.Pointer + u * Dimension);
        for (var p = 0; p < LaneGroups; p++)
        {
            // Row by row from memory first, in the order that its prefetchers foresee: transposing from there takes twice as long.
            var rows = _rows.AsSpan(p * LaneCount, Math.Min(LaneCount, count - p * LaneCount));
            for (var u = 0; u < rows.Length; u++) embeddings.Slice(rows[u] * Dimension, Dimension).CopyTo(_embeddings.Row(u));
            if (rows.Length < LaneCount) _embeddings.RowRange(rows.Length, LaneCount - rows.Length).Clear();
            var embedded = LaneGroup(p)[..(Dimension * LaneCount)];
            UserLanes.Load(starts, Dimension, embedded);
            UserLanes.HalfNormalize(embedded);
            var last = LaneGroup(p)[embedded.Length..];
            last.Clear();
            if (activity.IsEmpty) continue;
            for (var u = 0; u < rows.Length; u++) last[u] = activity[rows[u]];
        }
    }

    private static float[] ComputeHalfLengths(UserTile tile, float[]? lengths)
    {
        lengths ??= new float[Capacity];
        for (var p = 0; p < tile.LaneGroups; p++)
        {
            UserLanes.Lengths(tile.LaneGroup(p)[..(tile.Dimension * LaneCount)], lengths.AsSpan(p * LaneCount, LaneCount));
        }

        return lengths;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _laneGroups.Dispose();
        _embeddings.Dispose();
    }
}
