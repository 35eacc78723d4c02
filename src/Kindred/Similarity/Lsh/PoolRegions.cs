using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Similarity.Lsh;

/// <summary>The number of a pool's users in each region.</summary>
internal sealed class PoolRegions
{
    private PoolRegions(Hyperplanes planes, int[] users, double scale) => (Planes, Users, Scale) = (planes, users, scale);

    /// <summary>The hyperplanes between the regions.</summary>
    public Hyperplanes Planes { get; }

    /// <summary>[tables × regions] users of the pool.</summary>
    public IReadOnlyList<int> Users { get; }

    /// <summary>Candidates per user of the pool: more than 1 if the pool is a sample.</summary>
    public double Scale { get; }

    /// <summary>Counts the users of a pool.</summary>
    public static PoolRegions Of(TrainingContext context, LshOptions options)
    {
        var planes = Hyperplanes.Shared(HyperplaneSettings.Of(options, context));
        var counts = new int[planes.Tables * planes.Regions];
        ForEachRegion(planes, context.Population, context.Pool.Users, (_, region) => counts[region]++, default);
        return new PoolRegions(planes, counts, (double)context.Pool.Candidates / context.Pool.Users.Count);
    }

    /// <summary>Adds up the weights of a list's seeds, region by region.</summary>
    /// <returns>[tables × regions].</returns>
    public double[] SumSeeds(SeedMatch seeds, float[] weights, Population population, CancellationToken cancellation)
    {
        var sums = new double[Users.Count];
        ForEachRegion(Planes, population, seeds.Users, (seed, region) => sums[region] += weights[seed], cancellation);
        return sums;
    }

    private static void ForEachRegion(
        Hyperplanes planes, Population population, IReadOnlyList<UserRow> users, Action<int, int> visit, CancellationToken cancellation)
    {
        var regions = new ushort[planes.Tables * UserTile.LaneCount];
        new GatheredLanes(population).ForEach(users, (group, first, count) =>
        {
            cancellation.ThrowIfCancellationRequested();
            planes.FindRegions(group, regions, UserTile.LaneCount);
            for (var table = 0; table < planes.Tables; table++)
            {
                for (var i = 0; i < count; i++)
                {
                    visit(first + i, table * planes.Regions + regions[table * UserTile.LaneCount + i]);
                }
            }
        });
    }
}
