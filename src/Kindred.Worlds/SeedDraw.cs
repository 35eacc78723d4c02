using Kindred.Sampling;

namespace Kindred.Worlds;

/// <summary>Draws all seed lists in one pass over users, without replacement and in the memory of the lists.</summary>
/// <remarks>
/// An exponential race (Efraimidis and Spirakis 2006): a user of weight w gets the key E/w, E exponential and keyed by (advertiser, user),
/// and the n smallest keys are the sample. Parts of the users can be drawn separately and merged, with the same result.
/// </remarks>
internal sealed class SeedDraw
{
    private const double NoiseShare = 0.05;

    private readonly World _world;
    private readonly (SmallestKeys Chosen, SmallestKeys Noise)[] _lists;

    public SeedDraw(World world)
    {
        _world = world;
        _lists = [.. world.Advertisers.Select(advertiser =>
        {
            var noise = (int)Math.Round(NoiseShare * advertiser.SeedCount);
            return (new SmallestKeys(advertiser.SeedCount - noise), new SmallestKeys(noise));
        })];
    }

    public void Add(WorldUser user)
    {
        var exposure = Exposure(user);
        for (var i = 0; i < _lists.Length; i++)
        {
            var affinity = _world.TrueAffinity(user, i);
            var exponential = SeededRandom.ExponentialOf(
                SeededRandom.UnitOf(_world.Options.Seed, (ulong)WorldStream.SeedKeys, (ulong)user.Index, (ulong)i));
            // Noise comes from the lower half, regardless of affinity, and all other seeds from the upper half: no user is drawn twice.
            if (affinity < _world.MedianAffinity(i)) _lists[i].Noise.Add(exponential / exposure, user.Index);
            else _lists[i].Chosen.Add(exponential / (exposure * affinity * affinity), user.Index);
        }
    }

    public void AddAll(SeedDraw others)
    {
        for (var i = 0; i < _lists.Length; i++)
        {
            _lists[i].Chosen.AddAll(others._lists[i].Chosen);
            _lists[i].Noise.AddAll(others._lists[i].Noise);
        }
    }

    public IReadOnlyList<WorldSeedList> ToLists() =>
        [.. _lists.Select((list, i) => new WorldSeedList(_world.Advertisers[i], Seeds(i, list.Chosen, list.Noise)))];

    /// <summary>The weight with which an advertiser reaches a user: it grows with the user's activity, and is a little above 0 without
    /// any.</summary>
    private double Exposure(WorldUser user) => Math.Sqrt(0.1 + (user.ActivityRate / _world.Options.MeanInteractions));

    private WorldSeed[] Seeds(int advertiser, SmallestKeys chosen, SmallestKeys noise)
    {
        var users = chosen.Entries.Select(entry => (entry.User, IsNoise: false))
            .Concat(noise.Entries.Select(entry => (entry.User, IsNoise: true)));
        return [.. users.OrderBy(seed => seed.User).Select(seed => Engage(advertiser, _world.User(seed.User), seed.IsNoise))];
    }

    /// <summary>Draws a seed user's engagement: the higher the affinity, the more impressions and the likelier a click.</summary>
    private WorldSeed Engage(int advertiser, WorldUser user, bool isNoise)
    {
        var random = SeededRandom.Keyed(_world.Options.Seed, (ulong)WorldStream.Engagement, (ulong)user.Index, (ulong)advertiser);
        var affinity = _world.TrueAffinity(user, advertiser);
        var expected = (1 + (12 * affinity)) * Exposure(user) * Math.Exp((0.8 * random.NextGaussian()) - 0.32);
        var impressions = 1 + random.NextPoisson(Math.Min(expected, 2_000));
        var clickRate = (0.02 + (0.3 * affinity)) * Math.Exp((0.4 * random.NextGaussian()) - 0.08);
        var clicks = random.NextBinomial(impressions, clickRate);
        return new WorldSeed(user.Index, user.Id, impressions, clicks, isNoise);
    }
}
