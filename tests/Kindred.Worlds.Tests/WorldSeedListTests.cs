
namespace Kindred.Worlds.Tests;

public sealed class WorldSeedListTests
{
    private static readonly World World = World.Create(new WorldOptions { Users = 40_000, MaxSeeds = 4_000 });
    private static readonly IReadOnlyList<WorldSeedList> Lists = World.SeedLists();

    [Fact]
    public void Lists_are_the_same_whatever_the_number_of_threads()
    {
        var alone = World.Create(new WorldOptions { Users = 40_000, MaxSeeds = 4_000 }).SeedLists(threads: 1);
        Assert.Equal(Lists.Count, alone.Count);
        foreach (var (list, again) in Lists.Zip(alone)) Assert.Equal(list.Seeds, again.Seeds);
    }

    [Fact]
    public void Sizes_are_exact_and_spaced_on_a_logarithmic_scale()
    {
        Assert.Equal(World.Options.SeedListSizes(), Lists.Select(list => list.Seeds.Count));
        Assert.Equal((200, 4_000), (Lists[0].Seeds.Count, Lists[^1].Seeds.Count));
        foreach (var (list, next) in Lists.Zip(Lists.Skip(1)))
        {
            Assert.Equal(Math.Pow(20, 1.0 / 19), next.Seeds.Count / (double)list.Seeds.Count, 0.01);
        }
    }

    [Fact]
    public void Seeds_are_distinct_users_of_the_world_in_order()
    {
        foreach (var list in Lists)
        {
            Assert.Equal(list.Seeds.Select(seed => seed.UserIndex).Distinct().Order(), list.Seeds.Select(seed => seed.UserIndex));
            Assert.All(list.Seeds, seed => Assert.Equal(seed.UserIndex, World.FindUser(seed.UserId)));
        }
    }

    [Fact]
    public void Advertisers_are_numbered_from_1() =>
        Assert.Equal(["advertiser-01", "advertiser-02"], Lists.Take(2).Select(list => list.Id));

    [Fact]
    public void Seeds_have_far_higher_affinity_to_their_advertiser_than_the_population()
    {
        var truth = World.MeasureTruth(400, Lists);
        foreach (var list in Lists)
        {
            var seeds = list.Seeds.Average(seed => Affinity(list, seed));
            var (_, population, ideal, count) = truth[list.Advertiser.Index];
            Assert.True(seeds > 3 * population, $"{list.Id}: {seeds} against {population}");
            Assert.True(ideal > population);
            Assert.Equal(400, count);
        }
    }

    [Fact]
    public void The_truth_equals_a_full_sort_on_any_number_of_threads()
    {
        var seeds = Lists[5].Seeds.Select(seed => seed.UserIndex).ToHashSet();
        var affinities = World.Users(0, 40_000).Where(user => user.Active && !seeds.Contains(user.Index))
            .Select(user => World.TrueAffinity(user, 5)).OrderDescending().ToArray();
        var alone = World.MeasureTruth(2_000, Lists, threads: 1)[5];
        Assert.Equal(affinities.Average(), alone.PopulationMean, 1e-12);
        Assert.Equal(affinities.Take(2_000).Average(), alone.IdealMean, 1e-12);
        Assert.Equal(alone, World.MeasureTruth(2_000, Lists, threads: 2)[5]);
    }

    [Fact]
    public void One_seed_in_twenty_is_noise_of_low_affinity_and_little_engagement()
    {
        foreach (var list in Lists)
        {
            var noise = list.Seeds.Where(seed => seed.IsNoise).ToArray();
            var others = list.Seeds.Where(seed => !seed.IsNoise).ToArray();
            Assert.Equal(Math.Round(list.Seeds.Count * 0.05), noise.Length);
            Assert.True(noise.Average(seed => Affinity(list, seed)) < 0.1);
            Assert.True(noise.Average(seed => seed.Impressions) < 0.5 * others.Average(seed => seed.Impressions));
            Assert.True(noise.Average(seed => seed.Ctr) < 0.6 * others.Average(seed => seed.Ctr));
        }
    }

    [Fact]
    public void Metrics_are_counts_and_rates_that_rise_with_affinity()
    {
        foreach (var list in Lists)
        {
            Assert.All(list.Seeds, seed => Assert.True(seed.Impressions >= 1 && seed.Clicks >= 0 && seed.Clicks <= seed.Impressions));
            var affinities = list.Seeds.Select(seed => Affinity(list, seed)).ToArray();
            Assert.InRange(Correlation(affinities, [.. list.Seeds.Select(seed => Math.Log(seed.Impressions))]), 0.25, 0.9);
            Assert.InRange(Correlation(affinities, [.. list.Seeds.Select(seed => seed.Ctr)]), 0.2, 0.9);
        }
    }

    [Fact]
    public void Every_second_advertiser_wants_pairs_of_topics()
    {
        Assert.Equal(10, World.Advertisers.Count(advertiser => advertiser.PairWeight > 0));
        Assert.All(World.Advertisers, advertiser => Assert.InRange(advertiser.Topics.Count, 2, 4));
    }

    [Fact]
    public void A_list_is_no_larger_than_its_share_of_the_users()
    {
        var lists = World.Create(new WorldOptions { Users = 1_000, MinSeeds = 500, MaxSeeds = 1_000, SeedLists = 3 }).SeedLists();
        Assert.All(lists, list => Assert.Equal(200, list.Seeds.Count));
    }

    [Fact]
    public void A_pass_can_be_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(() => World.SeedLists(cancellation: new CancellationToken(canceled: true)));

    private static double Affinity(WorldSeedList list, WorldSeed seed) =>
        World.TrueAffinity(World.User(seed.UserIndex), list.Advertiser.Index);

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        var products = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Average();
        return products / Math.Sqrt(a.Average(x => (x - meanA) * (x - meanA)) * b.Average(y => (y - meanB) * (y - meanB)));
    }
}
