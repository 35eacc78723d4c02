using System.ComponentModel.DataAnnotations;

namespace Kindred.Tuning;

/// <summary>Options of trying methods on pseudo seed lists.</summary>
public sealed record TuningOptions
{
    /// <summary>Number of pseudo seed lists.</summary>
    /// <value>Default 100.</value>
    [Range(10, 10_000)]
    public int Lists { get; init; } = 100;

    /// <summary>Number of folds; each trains its own embedding without the items of its lists.</summary>
    /// <value>At least 2. Default 3; more are used if these would hide too much.</value>
    [Range(2, 20)]
    public int Folds { get; init; } = 3;

    /// <summary>Maximum share of all interactions that a fold may hide.</summary>
    /// <value>Default 6%.</value>
    [Range(0.001, 0.5)]
    public double HiddenShare { get; init; } = 0.06;

    /// <summary>Maximum users of the population to try methods on; a larger population is sampled.</summary>
    /// <value>Default 300,000.</value>
    [Range(1000, int.MaxValue)]
    public int MaxUsers { get; init; } = 300_000;

    /// <summary>Maximum users that each list's held-out users are ranked against.</summary>
    /// <value>Default 10,000, chosen by key among the candidates.</value>
    [Range(1000, int.MaxValue)]
    public int RankedUsers { get; init; } = 10_000;

    /// <summary>Sizes of real seed lists, from which sizes of pseudo lists are drawn; empty for sizes spread evenly on a log
    /// scale.</summary>
    public IReadOnlyList<int> Sizes { get; init; } = [];

    /// <summary>Expansion sizes that recall is averaged over, as shares of the population.</summary>
    public IReadOnlyList<double> Fractions { get; init; } = [0.01, 0.02, 0.05, 0.10];

    /// <summary>Minimum seeds that a list is trained on.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumSeeds { get; init; } = 25;

    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Worker threads; the result does not depend on it.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The maximum memory that tuning needs.</summary>
    /// <param name="users">Users of the population.</param>
    /// <param name="dimension">Length of an embedding.</param>
    /// <param name="items">Items of the population.</param>
    /// <param name="itemsPerUser">Mean items per user.</param>
    /// <param name="variants">Number of variants that are tried.</param>
    /// <returns>Bytes.</returns>
    public double Bytes(long users, int dimension, long items, double itemsPerUser, int variants)
    {
        // The sampled population and one without the hidden items: embeddings, their training, and items by user and by item; one list's
        // training rows per thread; scores of all methods.
        var sample = Math.Min(users, MaxUsers);
        var ranked = Math.Min(sample, RankedUsers);
        // For items: their embeddings, joined, in copies and in training; vectors of the solvers' lanes; and the models of a fold.
        return items * sizeof(float) * (3.0 * dimension + 6 * 16 + (double)Lists / Folds)
            + sample * (5.0 * dimension * sizeof(float) + 6 * itemsPerUser * sizeof(float) + 200)
            + Threads * sample * (dimension + 18.0) * sizeof(float)
            + (double)Lists * ranked * (variants + 3) * sizeof(float);
    }
}
