using System.Buffers;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Similarity.Jaccard;

/// <summary>Scores a user by the weighted mean, over seeds, of |their common items| / |the union of their items|; 0 if both have
/// none.</summary>
public sealed class JaccardScorer : IStoredScorer
{
    /// <summary>The kind of <see cref="Parameters"/>.</summary>
    public const string Kind = "jaccard";

    // Tensors hold single precision, which represents every whole number up to this one.
    private const int LargestWhole = 1 << 24;

    private readonly SeedItems _seeds;

    /// <exception cref="KindredException">A seed has too many items.</exception>
    internal JaccardScorer(SeedItems seeds, float costPerPair)
    {
        if (seeds.Sizes.Any(size => size > LargestWhole))
        {
            throw new KindredException(ErrorKind.BadInput, "seed_items_too_many",
                $"A seed has {seeds.Sizes.Max():N0} items, more than the {LargestWhole:N0} that a jaccard model can store.",
                "Leave such users out, or use another method.");
        }

        _seeds = seeds;
        CostPerPair = costPerPair;
    }

    /// <inheritdoc/>
    public UserInputs Reads => UserInputs.Items;

    /// <inheritdoc/>
    public double CostPerPair { get; }

    /// <inheritdoc/>
    public ScorerParameters Parameters => new(Kind)
    {
        Tensors =
        [
            new("weights", [_seeds.Weights.Length], _seeds.Weights),
            Whole("sizes", _seeds.Sizes),
            Whole("counts", _seeds.Counts),
            Whole("seeds", _seeds.Seeds),
            new("cost", [1], [(float)CostPerPair]),
        ],
    };

    /// <summary>The format that stores the scorer and reads it back.</summary>
    internal static ScorerFormat Format { get; } = ScorerFormat.Of(Kind, From) with { HoldsSeeds = true };

    private static JaccardScorer From(ScorerParameters parameters)
    {
        int[] Whole(string name) => Array.ConvertAll(parameters.Values(name), value => (int)value);
        return new(new SeedItems(parameters.Values("weights"), Whole("sizes"), Whole("counts"), Whole("seeds")),
            parameters.Values("cost")[0]);
    }

    /// <inheritdoc/>
    public void Score(UserTile users, Span<float> scores)
    {
        var rows = users.Shard.Features!;
        var shared = ArrayPool<int>.Shared.Rent(_seeds.Weights.Length);
        for (var i = 0; i < users.Count; i++) scores[i] = Score(rows.ColumnsOf(users.Rows[i]), shared.AsSpan(0, _seeds.Weights.Length));
        ArrayPool<int>.Shared.Return(shared);
    }

    private float Score(ReadOnlySpan<int> items, Span<int> shared)
    {
        shared.Clear();
        foreach (var item in items)
        {
            foreach (var seed in _seeds.SeedsOf(item)) shared[seed]++;
        }

        // Seeds are added in their order, so that the sum has the same bits wherever the user is stored.
        var sum = 0.0;
        for (var seed = 0; seed < shared.Length; seed++)
        {
            if (shared[seed] > 0) sum += _seeds.Weights[seed] * (double)shared[seed] / (items.Length + _seeds.Sizes[seed] - shared[seed]);
        }

        return (float)sum;
    }

    private static ScorerTensor Whole(string name, int[] values) =>
        new(name, [values.Length], Array.ConvertAll(values, value => (float)value));
}
