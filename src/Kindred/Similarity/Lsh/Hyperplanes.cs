using System.Runtime.Intrinsics;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Scoring;

namespace Kindred.Similarity.Lsh;

/// <summary>Random hyperplanes that divide users into tables × 2^bits regions.</summary>
/// <remarks>
/// A hyperplane's direction is normally distributed on the inputs of `mlp`: the half-normalised embedding scaled to mean square 1, and
/// twice the standardised activity. Scale and mean are folded into weights and a bias on the numbers that tiles hold. A user's bit is 1 if
/// the sum is above zero. All models with the same settings share one object, so that a tile's regions are computed once for all of them.
/// </remarks>
internal sealed class Hyperplanes
{
    /// <summary>The weight of the standardised activity beside the embedding, as in a training set.</summary>
    private const double ActivityWeight = 2;

    // Tables per kernel call: their hyperplanes are a multiple of its four outputs for any number of bits.
    private const int Block = 4;

    private static readonly Dictionary<HyperplaneSettings, WeakReference<Hyperplanes>> _shared = [];

    private readonly int _inputs;
    private readonly float[] _weights;
    private readonly float[] _biases;

    private Hyperplanes(HyperplaneSettings settings)
    {
        Settings = settings;
        _inputs = settings.Dimension + 1;
        var planes = (settings.Tables + Block - 1) / Block * Block * settings.Bits;
        _weights = new float[planes * _inputs];
        _biases = new float[planes];
        var key = SampleKey.Of(settings.Seed, UserHash.Of("hyperplanes"u8));
        for (var plane = 0; plane < settings.Tables * settings.Bits; plane++)
        {
            Fill(plane, key.Then((ulong)(plane / settings.Bits)).Then((ulong)(plane % settings.Bits)));
        }
    }

    private static int Lanes => UserTile.LaneCount;

    /// <summary>The settings that they were created from.</summary>
    public HyperplaneSettings Settings { get; }

    /// <summary>Number of tables.</summary>
    public int Tables => Settings.Tables;

    /// <summary>Regions per table.</summary>
    public int Regions => 1 << Settings.Bits;

    /// <summary>The hyperplanes of these settings: the same object as long as any model holds it.</summary>
    public static Hyperplanes Shared(HyperplaneSettings settings)
    {
        lock (_shared)
        {
            if (_shared.TryGetValue(settings, out var known) && known.TryGetTarget(out var planes)) return planes;
            foreach (var gone in _shared.Where(entry => !entry.Value.TryGetTarget(out _)).Select(entry => entry.Key).ToArray())
            {
                _shared.Remove(gone);
            }
            planes = new Hyperplanes(settings);
            _shared[settings] = new WeakReference<Hyperplanes>(planes);
            return planes;
        }
    }

    /// <summary>The regions of a tile's users.</summary>
    /// <returns>[tables][<see cref="UserTile.Capacity"/>].</returns>
    public ReadOnlySpan<ushort> RegionsOf(UserTile users) => users.Derived<ushort[]>(this, (tile, regions) =>
    {
        regions ??= new ushort[Tables * UserTile.Capacity];
        for (var p = 0; p < tile.LaneGroups; p++) FindRegions(tile.LaneGroup(p), regions.AsSpan(p * Lanes), UserTile.Capacity);
        return regions;
    });

    /// <summary>The regions of a lane group's users.</summary>
    /// <param name="group">[dimension + 1][lanes] in the layout of a tile.</param>
    /// <param name="regions">Receives [tables][lanes].</param>
    /// <param name="stride">Distance from one table to the next.</param>
    public void FindRegions(ReadOnlySpan<float> group, Span<ushort> regions, int stride)
    {
        var bits = Settings.Bits;
        Span<float> above = stackalloc float[Block * bits * Lanes];
        for (var table = 0; table < Tables; table += Block)
        {
            // The kernel's output is above zero exactly where the sum is.
            var planes = Block * bits;
            UserLaneKernels.Relu(group, _weights.AsSpan(table * bits * _inputs, planes * _inputs), _biases.AsSpan(table * bits, planes),
                above);
            for (var t = 0; t < Math.Min(Block, Tables - table); t++)
            {
                Combine(above.Slice(t * bits * Lanes, bits * Lanes), regions[((table + t) * stride)..]);
            }
        }
    }

    /// <summary>Converts bits to region numbers.</summary>
    /// <param name="above">[bits][lanes], above zero for a 1.</param>
    /// <param name="regions">[lanes].</param>
    private static void Combine(ReadOnlySpan<float> above, Span<ushort> regions)
    {
        for (var lane = 0; lane < Lanes; lane += Vector256<int>.Count)
        {
            var region = Vector256<int>.Zero;
            for (var bit = 0; bit < above.Length / Lanes; bit++)
            {
                var one = Vector256.GreaterThan(Vector256.Create(above[(bit * Lanes + lane)..]), Vector256<float>.Zero).AsInt32();
                region |= one & Vector256.Create(1 << bit);
            }

            for (var u = 0; u < Vector256<int>.Count; u++) regions[lane + u] = (ushort)region[u];
        }
    }

    private void Fill(int plane, ulong key)
    {
        var weights = _weights.AsSpan(plane * _inputs, _inputs);
        var normal = new NormalNumbers(key);
        for (var k = 0; k < Settings.Dimension; k++) weights[k] = (float)(normal.Next() * Settings.EmbeddingScale);
        var perActivity = normal.Next() * ActivityWeight / Settings.ActivityDeviation;
        weights[Settings.Dimension] = (float)perActivity;
        _biases[plane] = (float)(-perActivity * Settings.ActivityMean);
    }
}
