namespace Kindred.Worlds;

/// <summary>Sums and largest values of the true affinity, of parts of the users that are merged.</summary>
internal sealed class TruthMeasure
{
    private readonly World _world;
    private readonly SmallestKeys[] _ideal;

    // Sums by chunk, added in the order of chunks at the end: the total is the same bits whatever thread had which.
    private readonly Dictionary<long, double[]> _sums = [];

    public TruthMeasure(World world, long size)
    {
        _world = world;
        _ideal = [.. world.Advertisers.Select(_ => new SmallestKeys(size))];
    }

    public void Add(long chunk, IEnumerable<WorldUser> users)
    {
        var sums = new double[_ideal.Length];
        foreach (var user in users)
        {
            for (var i = 0; i < sums.Length; i++)
            {
                var affinity = _world.TrueAffinity(user, i);
                sums[i] += affinity;
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
            return new AffinityTruth(advertiser, chunks.Sum(sums => sums[i]) / _world.Options.Users, best.Average(), best.Length);
        })];
    }
}
