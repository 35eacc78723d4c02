
namespace Kindred.Worlds.Tests;

public sealed class WorldTests
{
    private static readonly World World = World.Create(new WorldOptions { Users = 20_000 });
    private static readonly WorldUser[] Users = [.. World.Users(0, 20_000)];

    [Fact]
    public void Equal_options_generate_equal_users_for_any_chunks() =>
        Gen.Select(Gen.Long[0, 19_999], Gen.Long[1, 300]).Sample((from, count) =>
        {
            var again = World.Create(new WorldOptions { Users = 20_000 });
            var users = again.Users(from, count).ToArray();
            Assert.Equal(Math.Min(count, 20_000 - from), users.Length);
            foreach (var user in users) AssertSame(Users[user.Index], user, again);
        }, iter: 20);

    [Fact]
    public void Another_seed_generates_another_world()
    {
        var other = World.Create(new WorldOptions { Users = 20_000, Seed = 2 });
        var same = Users.Take(1_000).Count(user => user.InteractionCount == other.User(user.Index).InteractionCount);
        Assert.InRange(same, 0, 200);
    }

    [Fact]
    public void A_larger_population_starts_with_the_same_users()
    {
        var larger = World.Create(new WorldOptions { Users = 40_000, Items = World.Items.Count });
        foreach (var user in Users.Take(500)) AssertSame(user, larger.User(user.Index), larger);
    }

    [Fact]
    public void Ids_ascend_and_can_be_resolved_to_their_user()
    {
        Assert.True(Users.Zip(Users.Skip(1)).All(pair => string.CompareOrdinal(pair.First.Id, pair.Second.Id) < 0));
        Assert.Equal("u0000123", Users[123].Id);
        Assert.Equal("i00042", World.Items[42].Id);
        Assert.All(Users.Take(100), user => Assert.Equal(user.Index, World.FindUser(user.Id)));
        Assert.All(["u123", "u0020000", "x0000001", "u-000001", "", "u"], id => Assert.Null(World.FindUser(id)));
    }

    [Fact]
    public void The_mean_affinity_of_an_audience_is_the_mean_over_its_users()
    {
        var audience = Users.Where(user => user.Index % 7 == 0).ToArray();
        Assert.Equal(audience.Average(user => World.TrueAffinity(user, 2)), World.MeanAffinity(audience.Select(user => user.Id), 2), 1e-12);
        Assert.Contains("'u9999999'", Assert.Throws<KindredException>(() => World.MeanAffinity(["u9999999"], 2)).Message, StringComparison.Ordinal);
        Assert.Throws<KindredException>(() => World.MeanAffinity([], 2));
    }

    [Fact]
    public void Topic_shares_follow_the_Dirichlet_distribution()
    {
        // One country, with topics as likely as (topic + 1)^−½, tilted. Compare with the resulting means.
        var users = World.Create(new WorldOptions { Users = 20_000, Countries = 1 }).Users(0, 20_000).ToArray();
        for (var topic = 0; topic < 5; topic++)
        {
            var shares = users.Select(user => (double)user.TopicShares.Span[topic]).ToArray();
            var mean = shares.Average();
            Assert.Equal(mean * (1 - mean) / 3, shares.Average(share => (share - mean) * (share - mean)), 0.1 * mean / 3);
        }
    }

    [Fact]
    public void Countries_have_about_half_a_third_and_a_fifth_of_the_users()
    {
        var shares = World.Countries.Select(country => Users.Count(user => user.Country == country) / 20_000.0).ToArray();
        Assert.Equal(["DE", "RO", "HU"], World.Countries);
        Assert.Equal(0.51, shares[0], 0.02);
        Assert.Equal(0.285, shares[1], 0.02);
        Assert.Equal(0.20, shares[2], 0.02);
    }

    [Fact]
    public void Topic_shares_add_up_to_1_and_most_are_0()
    {
        Assert.All(Users, user => Assert.Equal(1, Enumerable.Sum(user.TopicShares.ToArray()), 1e-5));
        Assert.InRange(Users.Average(user => user.TopicShares.ToArray().Count(share => share > 0)), 5, 12);
    }

    [Fact]
    public void Interactions_have_the_requested_mean_a_heavy_tail_and_some_users_without_any()
    {
        var counts = Users.Select(user => World.Interactions(user).Count).ToArray();
        Assert.Equal(20, counts.Average(), 1.0);
        Assert.InRange(counts.Count(count => count == 0) / 20_000.0, 0.01, 0.04);
        Assert.InRange(counts.Max(), 200, 5_000);
        Assert.InRange(counts.Order().ElementAt(10_000), 10, 14);
    }

    [Fact]
    public void A_users_items_are_distinct_and_their_weights_are_small_counts()
    {
        foreach (var user in Users.Take(2_000))
        {
            var interactions = World.Interactions(user);
            Assert.Equal(interactions.Count, interactions.Select(interaction => interaction.Item).Distinct().Count());
            Assert.All(interactions, interaction => Assert.InRange(interaction.Item, 0, World.Items.Count - 1));
            Assert.All(interactions, interaction => Assert.InRange(interaction.Weight, 1, 100));
        }

        Assert.InRange(Users.Take(2_000).SelectMany(World.Interactions).Average(interaction => interaction.Weight), 1.4, 1.7);
    }

    [Fact]
    public void Timestamps_are_in_the_span_and_the_newest_one_determines_activity()
    {
        var newest = Users.Max(user => user.LastSeen);
        foreach (var user in Users)
        {
            var times = World.Interactions(user).Select(interaction => interaction.Timestamp).ToArray();
            Assert.All(times, time => Assert.InRange(time, World.Start, World.End - 1));
            Assert.Equal(user.LastSeen, times.Length == 0 ? null : times.Max());
            Assert.Equal(user.Active, times.Any(time => time >= newest - (World.ActiveDays * 86_400)));
        }

        Assert.Equal(0.73, Users.Count(user => user.Active) / 20_000.0, 0.02);
    }

    [Fact]
    public void Users_choose_items_of_the_topics_that_they_care_for()
    {
        double cared = 0, other = 0;
        foreach (var user in Users.Take(3_000))
        {
            var stranger = Users[(user.Index + 7) % Users.Length];
            foreach (var interaction in World.Interactions(user))
            {
                var topic = World.Items[interaction.Item].MainTopic;
                cared += user.TopicShares.Span[topic];
                other += stranger.TopicShares.Span[topic];
            }
        }

        Assert.InRange(cared / other, 4, 12);
    }

    [Fact]
    public void Item_popularity_falls_from_a_head_to_a_long_tail()
    {
        var users = new int[World.Items.Count];
        foreach (var interaction in Users.SelectMany(World.Interactions)) users[interaction.Item]++;
        Array.Sort(users);
        Assert.InRange(users[^1] / (double)Users.Length, 0.01, 0.2);
        Assert.InRange(users[^1] / (double)users[users.Length / 2], 5, 200);
    }

    [Fact]
    public void Generating_a_world_of_few_items_and_busy_users_terminates()
    {
        var small = World.Create(new WorldOptions { Users = 1_000, Items = 100, MeanInteractions = 500 });
        Assert.All(small.Users(0, 1_000), user => Assert.InRange(small.Interactions(user).Count, 0, 20));
    }

    [Fact]
    public void Every_topic_has_an_item_even_if_there_are_only_as_many_items_as_topics()
    {
        var small = World.Create(new WorldOptions { Users = 1_000, Items = 100, Topics = 100 });
        Assert.Equal(100, small.Items.Select(item => item.MainTopic).Distinct().Count());
    }

    private static void AssertSame(WorldUser expected, WorldUser user, World world)
    {
        Assert.Equal((expected.Id, expected.Country, expected.LastSeen), (user.Id, user.Country, user.LastSeen));
        Assert.Equal(expected.TopicShares.ToArray(), user.TopicShares.ToArray());
        Assert.Equal(World.Interactions(expected), world.Interactions(user));
        Assert.Equal(World.TrueAffinity(expected, 3), world.TrueAffinity(user, 3));
    }
}
