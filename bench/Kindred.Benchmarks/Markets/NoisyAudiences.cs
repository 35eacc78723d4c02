using Kindred.Sampling;
using Kindred.Worlds;
using Kindred.Worlds.Delivery;

namespace Kindred.Benchmarks.Markets;

/// <summary>Audiences of a simulated system without training: the users with the highest true affinity plus noise.</summary>
internal sealed class NoisyAudiences : IAudienceMembership
{
    private const double Error = 1.2;

    private readonly World _world;
    private readonly double[] _thresholds;

    public NoisyAudiences(World world, double share)
    {
        _world = world;
        WorldUser[] active = [.. world.Users(0, world.Options.Users).Where(user => user.Active)];
        Size = (long)(share * active.Length);
        _thresholds = [.. world.Advertisers.Select(advertiser =>
            active.Select(user => Score(user, advertiser.Index)).OrderDescending().ElementAt((int)Size))];
    }

    public int Systems => 1;

    /// <summary>The users of an audience.</summary>
    public long Size { get; }

    public int Find(int system, WorldUser user, Span<int> advertisers)
    {
        var count = 0;
        for (var advertiser = 0; advertiser < _thresholds.Length; advertiser++)
        {
            if (Score(user, advertiser) > _thresholds[advertiser]) advertisers[count++] = advertiser;
        }

        return count;
    }

    private double Score(WorldUser user, int advertiser)
    {
        var affinity = _world.TrueAffinity(user, advertiser);
        var random = SeededRandom.Keyed(77, 1, (ulong)user.Index, (ulong)advertiser);
        return Math.Log(affinity / (1 - affinity)) + Error * random.NextGaussian();
    }
}
