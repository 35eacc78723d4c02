namespace Kindred.Worlds.Delivery;

/// <summary>The audiences of consecutive users.</summary>
/// <param name="Users">The active users.</param>
/// <param name="Counts">[users] the number of candidates of each.</param>
/// <param name="Candidates">User by user, ascending by advertiser.</param>
internal sealed record DeliveryAudiences(List<DeliveryUser> Users, List<int> Counts, List<AdCandidate> Candidates)
{
    public const int ChunkUsers = 4_096;

    public static DeliveryAudiences Of(World world, DeliveryOptions options, AdMarket market, IAudienceMembership membership, int chunk)
    {
        var audiences = new DeliveryAudiences([], [], []);
        var found = new int[world.Advertisers.Count];
        var systems = new byte[world.Advertisers.Count];
        foreach (var user in world.Users((long)chunk * ChunkUsers, ChunkUsers))
        {
            if (!user.Active) continue;
            Array.Clear(systems);
            for (var system = 0; system < membership.Systems; system++)
            {
                var count = membership.Find(system, user, found);
                foreach (var advertiser in found.AsSpan(0, count)) systems[advertiser] |= (byte)(1 << system);
            }

            audiences.Users.Add(
                new DeliveryUser(user.Index, user.CountryNumber, options.SlotsPerDay * user.ActivityRate / world.Options.MeanInteractions));
            audiences.Add(world, market, user, systems);
        }

        return audiences;
    }

    private void Add(World world, AdMarket market, WorldUser user, byte[] systems)
    {
        var before = Candidates.Count;
        for (var advertiser = 0; advertiser < systems.Length; advertiser++)
        {
            if (systems[advertiser] == 0) continue;
            var affinity = world.TrueAffinity(user, advertiser);
            Candidates.Add(new AdCandidate(advertiser, systems[advertiser], (float)affinity, market.Bid(advertiser, user.Index, affinity)));
        }

        Counts.Add(Candidates.Count - before);
    }
}
