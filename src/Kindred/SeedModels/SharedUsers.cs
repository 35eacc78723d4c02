using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.SeedModels;

/// <summary>The users that many lists learn from together: those of a candidate pool, followed by the seeds of any list that are not in the
/// pool.</summary>
/// <remarks>
/// Both parts ascend by user hash. The users in the second part depend on the lists. Sums over it must therefore be split by hash, at
/// <see cref="GroupStart"/>, and never by number: then a list's sums do not depend on the other lists, because their seeds have weight zero
/// in it.
/// </remarks>
internal sealed class SharedUsers
{
    /// <summary>Groups of users outside the pool, by the leading bits of their hashes.</summary>
    public const int Groups = 256;

    private readonly Population _population;
    private readonly Dictionary<UserRow, int> _others = [];
    private readonly int[] _groupStarts = new int[Groups + 1];
    private readonly ulong[] _otherHashes;

    /// <summary>Finds the users of some lists.</summary>
    public SharedUsers(Population population, CandidatePool pool, IReadOnlyList<SeedMatch> lists)
    {
        (_population, Pool) = (population, pool);
        var others = lists.SelectMany(list => list.Users).Distinct()
            .Select(user => (User: user, Hash: UserHash.Of(population.UserId(user))))
            .Where(seed => IndexInPool(seed.User, seed.Hash) < 0)
            .OrderBy(seed => seed.Hash).ThenBy(seed => seed.User.Shard).ThenBy(seed => seed.User.Row).ToArray();
        Others = Array.ConvertAll(others, seed => seed.User);
        _otherHashes = Array.ConvertAll(others, seed => seed.Hash);
        for (var i = 0; i < others.Length; i++)
        {
            _others.Add(others[i].User, i);
            _groupStarts[GroupOf(others[i].Hash) + 1]++;
        }

        for (var group = 0; group < Groups; group++) _groupStarts[group + 1] += _groupStarts[group];
    }

    /// <summary>The first part.</summary>
    public CandidatePool Pool { get; }

    /// <summary>The second part.</summary>
    public IReadOnlyList<UserRow> Others { get; }

    /// <summary>Users in all.</summary>
    public int Count => Pool.Users.Count + Others.Count;

    /// <summary>The hash of a user by their number, counted over both parts.</summary>
    public ulong HashOf(int index) => index < Pool.Users.Count ? Pool.Hashes[index] : _otherHashes[index - Pool.Users.Count];

    /// <summary>The index in <see cref="Others"/> at which a group begins; for <see cref="Groups"/>, the end of the last group.</summary>
    public int GroupStart(int group) => _groupStarts[group];

    /// <summary>The weight of every user for one list: above zero for a seed, below zero for a negative, zero for a user that is left
    /// out.</summary>
    /// <param name="seeds">One of the lists that the users were found for.</param>
    /// <param name="seedWeights">One weight per seed; zero leaves a seed out, but does not make it a negative.</param>
    /// <param name="negativeWeight">The weight of the pool's users who are not seeds.</param>
    /// <returns>The users' weights and the sums of their two sides.</returns>
    /// <exception cref="NoNegativesException">Every user of the pool is a seed.</exception>
    public (float[] Signed, double Positive, double Negative) WeightsOf(SeedMatch seeds, ReadOnlySpan<float> seedWeights,
        double negativeWeight)
    {
        var signed = new float[Count];
        signed.AsSpan(0, Pool.Users.Count).Fill(-(float)negativeWeight);
        var (positive, negatives) = (0.0, Pool.Users.Count);
        for (var i = 0; i < seeds.Users.Count; i++)
        {
            // The sign marks seeds.
            if (seedWeights[i] < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(seedWeights), $"A sample weight is {seedWeights[i]}; it must not be below 0.");
            }
            var index = IndexOf(seeds.Users[i]);
            signed[index] = seedWeights[i];
            positive += seedWeights[i];
            if (index < Pool.Users.Count) negatives--;
        }

        return negatives > 0 ? (signed, positive, negatives * negativeWeight) : throw new NoNegativesException(seeds.List.Id);
    }

    private static int GroupOf(ulong hash) => (int)(hash >> 56);

    private int IndexOf(UserRow user) => _others.TryGetValue(user, out var other)
        ? Pool.Users.Count + other
        : IndexInPool(user, UserHash.Of(_population.UserId(user)));

    private int IndexInPool(UserRow user, ulong hash)
    {
        int low = 0, high = Pool.Hashes.Count;
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) >> 1);
            if (Pool.Hashes[middle] < hash) low = middle + 1;
            else high = middle;
        }

        for (; low < Pool.Hashes.Count && Pool.Hashes[low] == hash; low++)
        {
            if (Pool.Users[low] == user) return low;
        }

        return -1;
    }
}
