using System.Globalization;
using Kindred.Numerics;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Similarity.Nearest;

/// <summary>Scores a user by the weighted mean of the cosines with the seeds that are nearest to that user.</summary>
/// <remarks>Of equally near seeds, the first count. A user without an embedding scores 0.</remarks>
public sealed class NearestScorer : IStoredScorer
{
    /// <summary>The kind of <see cref="Parameters"/>.</summary>
    public const string Kind = "nearest";

    // Seeds per kernel call: a multiple of its four outputs.
    private const int Block = 16;

    private readonly float[] _seeds;
    private readonly float[] _weights;
    private readonly int _dimension;
    private readonly int _neighbours;

    /// <summary>Creates a scorer of these seeds.</summary>
    /// <param name="seeds">[seeds × dimension] row-major, each of unit length.</param>
    /// <param name="weights">[seeds] the weights, above 0.</param>
    /// <param name="dimension">Length of an embedding.</param>
    /// <param name="neighbours">The number of nearest seeds that count; all seeds if there are fewer.</param>
    public NearestScorer(float[] seeds, float[] weights, int dimension, int neighbours)
    {
        (_seeds, _weights, _dimension, _neighbours) = (seeds, weights, dimension, neighbours);
    }

    private static int Lanes => UserTile.LaneCount;

    /// <summary>Seeds that users are compared with.</summary>
    public int Seeds => _weights.Length;

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Embedding;

    /// <inheritdoc/>
    public double CostPerPair => (double)Seeds * (_dimension + 1);

    /// <inheritdoc/>
    public ScorerParameters Parameters => new(Kind)
    {
        Settings = new Dictionary<string, string> { ["neighbours"] = _neighbours.ToString(CultureInfo.InvariantCulture) },
        Tensors = [new("seeds", [Seeds, _dimension], _seeds), new("weights", [Seeds], _weights), new("dimension", [1], [_dimension])],
    };

    /// <summary>The format that stores the scorer and reads it back.</summary>
    internal static ScorerFormat Format { get; } = ScorerFormat.Of(Kind, From) with { HoldsSeeds = true };

    private static NearestScorer From(ScorerParameters parameters) => new(
        parameters.Values("seeds"), parameters.Values("weights"), (int)parameters.Values("dimension")[0],
        int.Parse(parameters.Setting("neighbours"), CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Score(UserTile users, Span<float> scores)
    {
        users.RequireDimension(_dimension);
        var lengths = users.HalfLengths;
        var neighbours = Math.Min(_neighbours, Seeds);
        var nearest = new (float Cosine, float Weight)[Lanes * neighbours];
        for (var p = 0; p < users.LaneGroups; p++)
        {
            var first = p * Lanes;
            var count = Math.Min(Lanes, users.Count - first);
            FindNearest(users.LaneGroup(p)[..(_dimension * Lanes)], count, nearest, neighbours);
            for (var u = 0; u < count; u++)
            {
                // The lane group holds e·|e|^(−½), a vector of length |e|^½.
                var length = lengths[first + u];
                scores[first + u] = length == 0 ? 0 : (float)(Mean(nearest.AsSpan(u * neighbours, neighbours)) / length);
            }
        }
    }

    /// <summary>The nearest seeds of each user of a lane group, nearest first.</summary>
    private void FindNearest(ReadOnlySpan<float> group, int users, Span<(float Product, float Weight)> nearest, int neighbours)
    {
        Span<float> zeros = stackalloc float[Block], products = stackalloc float[Block * Lanes];
        zeros.Clear();
        for (var block = 0; block < Seeds; block += Block)
        {
            var count = Math.Min(Block, Seeds - block);
            UserLaneKernels.Linear(group, _seeds.AsSpan(block * _dimension, count * _dimension), zeros[..count], products);
            for (var s = block; s < block + count; s++)
            {
                var product = products.Slice((s - block) * Lanes, Lanes);
                for (var u = 0; u < users; u++)
                {
                    var kept = nearest.Slice(u * neighbours, neighbours);
                    if (s < neighbours || product[u] > kept[^1].Product)
                    {
                        Insert(kept, Math.Min(s, neighbours - 1), (product[u], _weights[s]));
                    }
                }
            }
        }
    }

    /// <summary>Inserts an entry after all entries that are as near; a full list drops its last entry.</summary>
    private static void Insert(Span<(float Product, float Weight)> kept, int count, (float Product, float Weight) entry)
    {
        int low = 0, high = count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (kept[middle].Product >= entry.Product) low = middle + 1;
            else high = middle;
        }

        kept[low..count].CopyTo(kept[(low + 1)..]);
        kept[low] = entry;
    }

    private static double Mean(ReadOnlySpan<(float Product, float Weight)> nearest)
    {
        double sum = 0, total = 0;
        foreach (var (product, weight) in nearest)
        {
            sum += (double)weight * product;
            total += weight;
        }

        return total > 0 ? sum / total : 0;
    }
}
