namespace Kindred.Worlds;

/// <summary>Sums and largest values of the candidates' true affinity, over parts of the users, which can be merged.</summary>
internal sealed class TruthMeasure
{
    private readonly World _world;
    private readonly SmallestKeys[] _ideal;

    // Seed users by advertiser: they are not candidates.
    private readonly HashSet<long>[] _seeds;

    // Sums and counts of candidates by chunk, added in the order of chunks at the end: the total has the same bits on any number of
    // threads.
    private readonly Dictionary<long, (double Sum, long Count)[]> _sums = [];

    public TruthMeasure(World world, long size, HashSet<long>[] seeds)
    {
        _world = world;
        _seeds = seeds;
        _ideal = [.. world.Advertisers.Select(_ => new SmallestKeys(size))];
    }

    public void Add(long chunk, IEnumerable<WorldUser> users)
    {
        var sums = new (double Sum, long Count)[_ideal.Length];
        foreach (var user in users)
        {
            if (!user.Active) continue;
            for (var i = 0; i < sums.Length; i++)
            {
                if (_seeds[i].Contains(user.Index)) continue;
                var affinity = _world.TrueAffinity(user, i);
                sums[i] = (sums[i].Sum + affinity, sums[i].Count + 1);
                _ideal[i].Add(-affinity, user.Index);
            }
        }

        _sums.Add(chunk, sums);
    }

    public void AddAll(TruthMeasure others)
    {
        foreach (var (chunk, sums) in others._sums) _sums.Add(chunk, sums);
        for (var i = 0; i < _ideal.Length; i++) _ideal[i].AddAll(others._ideal[i]);
    }

    public IReadOnlyList<AffinityTruth> ToTruths()
    {
        var chunks = _sums.OrderBy(entry => entry.Key).Select(entry => entry.Value).ToArray();
        return [.. _world.Advertisers.Select((advertiser, i) =>
        {
            var best = _ideal[i].Entries.Select(entry => -entry.Key).Order().ToArray();
            return new AffinityTruth(advertiser, chunks.Sum(sums => sums[i].Sum) / chunks.Sum(sums => sums[i].Count), best.Average(),
                best.Length);
        })];
    }
}
