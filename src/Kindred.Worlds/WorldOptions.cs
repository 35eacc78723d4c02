using System.ComponentModel.DataAnnotations;

namespace Kindred.Worlds;

/// <summary>The size of a synthetic world. The same options make the same world.</summary>
public sealed record WorldOptions
{
    /// <summary>Users of the world.</summary>
    /// <value>Default 100,000.</value>
    [Range(1_000L, 1_000_000_000L)]
    public long Users { get; init; } = 100_000;

    /// <summary>Countries; the first has the most users (3 of them: about 51, 28 and 20%).</summary>
    /// <value>Default 3.</value>
    [Range(1, WorldCountries.Most)]
    public int Countries { get; init; } = 3;

    /// <summary>Items that users interact with.</summary>
    /// <value>Default (null): one per five users, at least 500 and at most 500,000; 20,000 for 100,000 users.</value>
    [Range(100, 10_000_000)]
    public int? Items { get; init; }

    /// <summary>Topics that items are about and users like.</summary>
    /// <value>Default 40.</value>
    [Range(5, 1_000)]
    public int Topics { get; init; } = 40;

    /// <summary>Distinct items of a user, on average; a few users have none and a few have hundreds.</summary>
    /// <value>Items per user. Default 20.</value>
    [Range(1.0, 500.0)]
    public double MeanInteractions { get; init; } = 20;

    /// <summary>Advertisers; each has one seed list.</summary>
    /// <value>Default 20.</value>
    [Range(1, 100_000)]
    public int SeedLists { get; init; } = 20;

    /// <summary>Size of the smallest seed list, in users.</summary>
    /// <value>Users. Default 200.</value>
    [Range(25, 1_000_000)]
    public int MinSeeds { get; init; } = 200;

    /// <summary>Users of the largest seed list; the sizes between are spaced evenly on a logarithmic scale.</summary>
    /// <value>Users. Default 20,000.</value>
    [Range(25, 1_000_000)]
    public int MaxSeeds { get; init; } = 20_000;

    /// <summary>No seed list is larger than this share of the users.</summary>
    /// <value>A share. Default 0.2.</value>
    [Range(0.025, 0.25)]
    public double MaxSeedShare { get; init; } = 0.2;

    /// <summary>The seed of everything that is random.</summary>
    /// <value>Default 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>The number of items: <see cref="Items"/>, or its default.</summary>
    public int ItemCount => Items ?? (int)Math.Clamp(Users / 5, 500, 500_000);

    /// <summary>Returns the size of each seed list, ascending.</summary>
    public IReadOnlyList<int> SeedListSizes()
    {
        var cap = (int)Math.Min(MaxSeeds, MaxSeedShare * Users);
        double smallest = Math.Log(Math.Min(MinSeeds, cap)), largest = Math.Log(cap);
        var sizes = new int[SeedLists];
        for (var i = 0; i < sizes.Length; i++)
        {
            var place = sizes.Length == 1 ? 0.5 : (double)i / (sizes.Length - 1);
            sizes[i] = (int)Math.Round(Math.Exp(smallest + (place * (largest - smallest))));
        }

        return sizes;
    }

    /// <summary>Checks every option.</summary>
    /// <exception cref="KindredException">An option is out of its range; the message names it, the value and the rule.</exception>
    public void Validate()
    {
        OptionsValidation.Require(this);
        if (MinSeeds > MaxSeeds)
        {
            throw new KindredException(ErrorKind.Usage, "seed_sizes_reversed",
                $"The smallest seed list is to have {MinSeeds} users, more than the largest, which is to have {MaxSeeds}.",
                "Lower the size of the smallest seed list, or raise that of the largest.")
            {
                Values = new Dictionary<string, object?> { ["min_seeds"] = MinSeeds, ["max_seeds"] = MaxSeeds },
            };
        }

        if (ItemCount < Topics)
        {
            throw new KindredException(ErrorKind.Usage, "topics_exceed_items",
                $"The world has {Topics} topics but only {ItemCount} items; each topic needs an item.",
                "Lower the number of topics, or raise the number of items.")
            {
                Values = new Dictionary<string, object?> { ["topics"] = Topics, ["items"] = ItemCount },
            };
        }
    }
}
