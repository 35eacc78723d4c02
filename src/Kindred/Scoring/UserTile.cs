using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
public sealed unsafe class UserTile : IDisposable
{
    /// <summary>The most users of a tile: 40 panels, which with 129 inputs fill half a megabyte of second-level cache.</summary>
    public const int Capacity = 960;

    /// <summary>Users side by side in a panel.</summary>
    internal const int PanelUsers = 24;

    private readonly AlignedMatrix _panels;

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
    public void Load(PopulationShard shard, int firstRow, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        Shard = shard;
        FirstRow = firstRow;
        Count = count;
        var embeddings = shard.Embeddings.Span.Slice(firstRow * Dimension, count * Dimension);
        var activity = shard.Activity.IsEmpty ? default : shard.Activity.Span.Slice(firstRow, count);
        fixed (float* rows = embeddings)
        {
            for (var p = 0; p < PanelCount; p++)
            {
                var panel = Panel(p);
                var first = p * PanelUsers;
                var users = Math.Min(PanelUsers, count - first);
                Transpose(rows + (long)first * Dimension, users, Dimension, panel);
                HalfNormalize(panel, Dimension);
                var last = new Span<float>(panel + Dimension * PanelUsers, PanelUsers);
                last.Clear();
                if (!activity.IsEmpty) activity.Slice(first, users).CopyTo(last);
            }
        }
    }

    /// <summary>[inputs][24] of one panel.</summary>
    internal float* Panel(int index) => _panels.Pointer + (long)index * _panels.Columns;

    /// <inheritdoc/>
    public void Dispose() => _panels.Dispose();

    /// <summary>The scalar twin of what <see cref="Load"/> does to one embedding.</summary>
    internal static void HalfNormalize(ReadOnlySpan<float> embedding, Span<float> inputs)
    {
        var squares = 0f;
        foreach (var value in embedding) squares = MathF.FusedMultiplyAdd(value, value, squares);
        var factor = squares > 0 ? 1 / MathF.Sqrt(MathF.Sqrt(squares)) : 0;
        for (var k = 0; k < embedding.Length; k++) inputs[k] = embedding[k] * factor;
    }

    private static void Transpose(float* rows, int users, int dimension, float* panel)
    {
        // Eight numbers of each user at a time, so that both sides stay within a few cache lines.
        var k = 0;
        for (; k <= dimension - 8; k += 8)
        {
            for (var u = 0; u < users; u++)
            {
                float* from = rows + (long)u * dimension + k, to = panel + k * PanelUsers + u;
                to[0] = from[0];
                to[PanelUsers] = from[1];
                to[2 * PanelUsers] = from[2];
                to[3 * PanelUsers] = from[3];
                to[4 * PanelUsers] = from[4];
                to[5 * PanelUsers] = from[5];
                to[6 * PanelUsers] = from[6];
                to[7 * PanelUsers] = from[7];
            }
        }

        // Embeddings that were brought along may have any length.
        for (; k < dimension; k++)
        {
            for (var u = 0; u < users; u++) panel[k * PanelUsers + u] = rows[(long)u * dimension + k];
        }

        if (users == PanelUsers) return;
        for (k = 0; k < dimension; k++) new Span<float>(panel + k * PanelUsers + users, PanelUsers - users).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HalfNormalize(float* panel, int dimension)
    {
        for (var lane = 0; lane < PanelUsers; lane += 8)
        {
            var squares = Vector256<float>.Zero;
            for (var k = 0; k < dimension; k++)
            {
                var value = Vector256.Load(panel + k * PanelUsers + lane);
                squares = Vector256.FusedMultiplyAdd(value, value, squares);
            }

            var factor = Vector256<float>.One / Vector256.Sqrt(Vector256.Sqrt(squares));
            factor = Vector256.ConditionalSelect(Vector256.GreaterThan(squares, Vector256<float>.Zero), factor, Vector256<float>.Zero);
            for (var k = 0; k < dimension; k++)
            {
                var at = panel + k * PanelUsers + lane;
                (Vector256.Load(at) * factor).Store(at);
            }
        }
    }
}
