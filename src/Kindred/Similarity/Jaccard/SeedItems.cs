using Kindred.Populations;
using Kindred.SeedModels;

namespace Kindred.Similarity.Jaccard;

/// <summary>The items of some seeds as an inverted index, from each item to the seeds that have it.</summary>
internal sealed class SeedItems
{
    private readonly int[] _starts;

    /// <summary>Creates an index from its arrays.</summary>
    /// <param name="weights">[seeds] the weights, whose sum is 1.</param>
    /// <param name="sizes">[seeds] number of items of each seed.</param>
    /// <param name="counts">[items] number of seeds that have each item.</param>
    /// <param name="seeds">[entries] seed numbers by item, ascending within an item.</param>
    /// <exception cref="KindredException">The parts do not fit each other.</exception>
    public SeedItems(float[] weights, int[] sizes, int[] counts, int[] seeds)
    {
        (Weights, Sizes, Counts, Seeds) = (weights, sizes, counts, seeds);
        _starts = new int[counts.Length + 1];
        for (var item = 0; item < counts.Length; item++) _starts[item + 1] = checked(_starts[item] + counts[item]);
        var sizesFit = sizes.Length == weights.Length && sizes.Sum(size => (long)size) == seeds.Length && _starts[^1] == seeds.Length;
        if (!sizesFit || counts.Any(count => count < 0) || seeds.Any(seed => seed < 0 || seed >= weights.Length))
        {
            throw new KindredException(ErrorKind.Corrupt, "model_damaged",
                $"The items of the {weights.Length:N0} seeds of a jaccard model do not fit each other: the model is damaged.",
                "Train the models again.");
        }
    }

    /// <summary>[seeds] the weights.</summary>
    public float[] Weights { get; }

    /// <summary>[seeds] number of items of each seed.</summary>
    public int[] Sizes { get; }

    /// <summary>[items] number of seeds that have each item.</summary>
    public int[] Counts { get; }

    /// <summary>[entries] seed numbers by item.</summary>
    public int[] Seeds { get; }

    /// <summary>The numbers of the seeds that have an item.</summary>
    public ReadOnlySpan<int> SeedsOf(int item) => Seeds.AsSpan(_starts[item], _starts[item + 1] - _starts[item]);

    /// <summary>Gathers the items of users.</summary>
    public static SeedItems Of(Population population, (UserRow User, float Weight)[] seeds)
    {
        var total = seeds.Sum(seed => (double)seed.Weight);
        var weights = Array.ConvertAll(seeds, seed => (float)(total > 0 ? seed.Weight / total : 0));
        var matrix = ItemMatrix.Of(population, Array.ConvertAll(seeds, seed => seed.User), 1);
        var sizes = new int[seeds.Length];
        for (var seed = 0; seed < sizes.Length; seed++) sizes[seed] = matrix.ItemsOf(seed).Length;
        var counts = new int[matrix.Items];
        for (var item = 0; item < counts.Length; item++) counts[item] = matrix.UsersOf(item).Length;
        return new SeedItems(weights, sizes, counts, matrix.UsersOfItems);
    }
}
