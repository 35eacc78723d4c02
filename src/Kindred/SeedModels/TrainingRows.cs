using Kindred.Populations;
using Kindred.Sampling;

namespace Kindred.SeedModels;

/// <summary>Users to train on, with their hashes and sample weights.</summary>
internal sealed class TrainingRows(int capacity)
{
    private readonly List<UserRow> _users = new(capacity);
    private readonly List<ulong> _hashes = new(capacity);
    private readonly List<float> _weights = new(capacity);

    public int Count => _users.Count;

    public IReadOnlyList<ulong> Hashes => _hashes;

    public (UserRow User, float Weight) this[int index] => (_users[index], _weights[index]);

    public void Add(UserRow user, ulong hash, float weight)
    {
        _users.Add(user);
        _hashes.Add(hash);
        _weights.Add(weight);
    }

    /// <summary>At most <paramref name="limit"/> rows: those with the smallest keys, a uniform sample that depends only on the key and the
    /// users.</summary>
    public TrainingRows Sample(int limit, ulong key)
    {
        if (Count <= limit) return this;

        var keys = new ulong[Count];
        for (var i = 0; i < Count; i++) keys[i] = key.Then(_hashes[i]);
        var sample = new TrainingRows(limit);
        foreach (var i in SmallestKeys(keys, limit)) sample.Add(_users[i], _hashes[i], _weights[i]);
        return sample;
    }

    private static IEnumerable<int> SmallestKeys(ulong[] keys, int limit)
    {
        // Keys are uniform, so nearly all of the sample is below a threshold and only a narrow band needs sorting.
        const int Buckets = 1 << 16;
        var counts = new int[Buckets];
        foreach (var key in keys) counts[key >> 48]++;
        int last = 0, below = 0;
        while (below + counts[last] < limit) below += counts[last++];

        var band = Enumerable.Range(0, keys.Length).Where(i => keys[i] >> 48 == (ulong)last).OrderBy(i => keys[i]).Take(limit - below);
        return Enumerable.Range(0, keys.Length).Where(i => keys[i] >> 48 < (ulong)last).Concat(band);
    }
}
