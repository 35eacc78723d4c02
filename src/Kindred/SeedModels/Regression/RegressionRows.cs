using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.SeedModels.Regression;

/// <summary>The users that regressions learn from: those of the candidate pool, and behind them the seeds of any list who are not in it.</summary>
/// <remarks>Both parts ascend by user hash. A user outside the pool weighs nothing in the lists that he is no seed of.</remarks>
internal sealed class RegressionRows
{
    private readonly CandidatePool _pool;
    private readonly Dictionary<UserRow, int> _others = [];

    /// <summary>Gathers the rows of some lists.</summary>
    public RegressionRows(TrainingContext context, IReadOnlyList<SeedMatch> lists)
    {
        (_pool, Pool) = (context.Pool, context.Items);
        var population = context.Population;
        var others = lists.SelectMany(list => list.Users).Distinct()
            .Select(user => (User: user, Hash: UserHash.Of(population.UserId(user))))
            .Where(seed => IndexInPool(seed.User, seed.Hash) < 0)
            .OrderBy(seed => seed.Hash).ThenBy(seed => seed.User.Shard).ThenBy(seed => seed.User.Row).Select(seed => seed.User).ToArray();
        for (var i = 0; i < others.Length; i++) _others.Add(others[i], i);
        Others = ItemMatrix.Of(population, others, 1);
    }

    /// <summary>The candidate pool.</summary>
    public ItemMatrix Pool { get; }

    /// <summary>Seeds outside the pool.</summary>
    public ItemMatrix Others { get; }

    /// <summary>Users in all.</summary>
    public int Count => Pool.Users + Others.Users;

    /// <summary>The items of a row's user.</summary>
    public ReadOnlySpan<int> ItemsOf(int row) => row < Pool.Users ? Pool.ItemsOf(row) : Others.ItemsOf(row - Pool.Users);

    /// <summary>A list's weight of every row: above zero for a seed, below zero for a user who is none, zero for one who plays no part.</summary>
    /// <param name="seeds">One of the lists that the rows were gathered for.</param>
    /// <param name="seedWeights">One weight a seed.</param>
    /// <param name="population">The users.</param>
    /// <returns>The rows' weights and the sums of their two sides.</returns>
    /// <exception cref="NoNegativesException">Everybody in the pool is a seed.</exception>
    public (float[] Signed, double Positive, double Negative) WeightsOf(SeedMatch seeds, float[] seedWeights, Population population)
    {
        var signed = new float[Count];
        signed.AsSpan(0, Pool.Users).Fill(-(float)Pool.Scale);
        var (positive, negatives) = (0.0, Pool.Users);
        for (var i = 0; i < seeds.Users.Count; i++)
        {
            var row = RowOf(seeds.Users[i], population);
            signed[row] = seedWeights[i];
            positive += seedWeights[i];
            if (row < Pool.Users) negatives--;
        }

        return negatives > 0 ? (signed, positive, negatives * Pool.Scale) : throw new NoNegativesException(seeds.List.Id);
    }

    private int RowOf(UserRow user, Population population) => _others.TryGetValue(user, out var other)
        ? Pool.Users + other
        : IndexInPool(user, UserHash.Of(population.UserId(user)));

    private int IndexInPool(UserRow user, ulong hash)
    {
        int low = 0, high = _pool.Hashes.Count;
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) >> 1);
            if (_pool.Hashes[middle] < hash) low = middle + 1;
            else high = middle;
        }

        for (; low < _pool.Hashes.Count && _pool.Hashes[low] == hash; low++)
        {
            if (_pool.Users[low] == user) return low;
        }

        return -1;
    }
}
