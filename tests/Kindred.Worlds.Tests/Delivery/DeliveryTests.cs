using System.Collections.Concurrent;
using Kindred.Worlds.Delivery;

namespace Kindred.Worlds.Tests.Delivery;

public sealed class DeliveryTests
{
    private static readonly World World = World.Create(new WorldOptions { Users = 6_000, SeedLists = 6, MaxSeeds = 200 });
    private static readonly DeliveryOptions Options = new() { PreDays = 3, Days = 5 };
    private static readonly DeliveryOptions Plenty = Options with { SlotsPerDay = 10, BudgetPerUser = 1 };
    private static readonly DeliveryArm[] Halves = [new(0.5, 0), new(0.5, 1)];

    // System 0 has random users, system 1 the users with the highest affinity, and system 2 no users.
    private static readonly Audiences Made = new(
        (user, advertiser) => user.Index % 10 == advertiser,
        (user, advertiser) => World.TrueAffinity(user, advertiser) > 0.25,
        (_, _) => false);

    // Not created in the static constructor: other threads use its users and would wait for that constructor.
    private static readonly Lazy<AdDelivery> _delivery = new(() => Prepare(Options));

    private static AdDelivery Delivery => _delivery.Value;

    [Fact]
    public void Results_do_not_depend_on_threads_and_depend_on_the_seed()
    {
        var (events, outcome) = Run(Delivery, Halves, threads: 1);
        var (again, outcomeAgain) = Run(Prepare(Options, threads: 4), Halves, threads: 4);
        Assert.Equal(events, again);
        Assert.Equal(outcome.Events, events.Count);
        AssertSame(outcome, outcomeAgain);
        Assert.NotEqual(events, Run(Prepare(Options with { Seed = 2 }), Halves).Events);
    }

    [Fact]
    public void A_delivery_can_be_run_again_with_the_same_result()
    {
        var (events, _) = Run(Delivery, Halves);
        Run(Delivery, [new(1, 1)], everybody: true);
        Assert.Equal(events, Run(Delivery, Halves).Events);
    }

    [Fact]
    public void No_arm_exceeds_its_daily_share_of_a_budget_and_scarce_budgets_are_spent()
    {
        var delivery = Prepare(Options with { BudgetPerUser = 0.003 });
        var (events, outcome) = Run(delivery, [new(0.3, 0), new(0.7, 1)]);
        var spent = events.Where(one => one.Kind == DeliveryEventKind.Impression)
            .GroupBy(one => (one.Arm, one.Advertiser, Day: (one.Time - delivery.FirstDay) / 86_400_000), one => (double)one.Value)
            .ToDictionary(group => group.Key, group => group.Sum());
        for (var arm = 0; arm < 2; arm++)
        {
            for (var advertiser = 0; advertiser < 6; advertiser++)
            {
                var daily = outcome.Arms[arm].Budgets[advertiser] / Options.Days;
                Assert.All(Enumerable.Range(0, Options.AllDays), day => Assert.True(spent.GetValueOrDefault((arm, advertiser, day)) <= daily * (1 + 1e-14)));

                // Count again from the events of the test's days.
                var during = Enumerable.Range(Options.PreDays, Options.Days).Sum(day => spent.GetValueOrDefault((arm, advertiser, day)));
                Assert.Equal(during, outcome.Arms[arm].Spent[advertiser], 1e-9);
            }
        }

        Assert.Equal(0.3 / 0.7, outcome.Arms[0].Budgets[3] / outcome.Arms[1].Budgets[3], 1e-12);
        Assert.Contains(Enumerable.Range(0, 6), advertiser => outcome.Arms[1].Spent[advertiser] > 0.8 * outcome.Arms[1].Budgets[advertiser]);
    }

    [Fact]
    public void The_highest_bid_wins_at_the_price_of_the_second()
    {
        // Advertisers 0 and 1 have all users and bid by the truth alone. The other ads bid a known price.
        var both = new Audiences((_, advertiser) => advertiser < 2);
        var market = Plenty with { CompetingSpread = 0, CompetingBid = 1, ValueSpread = 0, PredictionSpread = 0, ClickBilledShare = 0, FatigueImpressions = 1_000_000 };
        var delivery = AdDelivery.Prepare(World, market, 400, both, 2);
        var (events, _) = Run(delivery, [new(1, 0)], everybody: true);
        var impressions = events.Where(one => one.Kind == DeliveryEventKind.Impression).Take(3_000).ToArray();
        var hidden = events.Where(one => one.Kind == DeliveryEventKind.Hide).Select(one => one.User).ToHashSet();
        Assert.Equal(3_000, impressions.Length);
        foreach (var one in impressions.Where(one => !hidden.Contains(one.User)))
        {
            var user = World.User(delivery.Users[one.User].Index);
            double Bid(int advertiser) => 0.5 * (0.002 + 0.018 * World.TrueAffinity(user, advertiser));
            Assert.Equal(Bid(1) > Bid(0) ? 1 : 0, one.Advertiser);
            Assert.Equal(Math.Max(0.001, Math.Min(Bid(0), Bid(1))), one.Value, 0.001 * one.Value);
        }
    }

    [Fact]
    public void Pay_per_click_charges_only_clicks_and_costs_the_same_on_average()
    {
        var byClick = Run(Prepare(Plenty with { ClickBilledShare = 1 }), [new(1, 1)], everybody: true);
        var byImpression = Run(Prepare(Plenty with { ClickBilledShare = 0 }), [new(1, 1)], everybody: true);
        Assert.Equal(byClick.Outcome.Arms[0].Clicks, byClick.Events.Count(one => one is { Kind: DeliveryEventKind.Impression, Value: > 0 } && one.Time >= Delivery.Start));
        Assert.Equal(byImpression.Outcome.Arms[0].Impressions, byClick.Outcome.Arms[0].Impressions);
        Assert.Equal(1, byClick.Outcome.Arms[0].Revenue / byImpression.Outcome.Arms[0].Revenue, 0.15);
        Assert.DoesNotContain(byImpression.Events, one => one is { Kind: DeliveryEventKind.Impression, Value: 0 });
    }

    [Fact]
    public void An_arm_cannot_use_the_other_arms_budget()
    {
        // Whatever system serves the treatment, the control's events are exactly the same.
        var (events, _) = Run(Prepare(Options with { BudgetPerUser = 0.001 }), Halves);
        var (without, _) = Run(Prepare(Options with { BudgetPerUser = 0.001 }), [new(0.5, 0), new(0.5, 2)]);
        Assert.Equal(events.Where(one => one.Arm == 0), without.Where(one => one.Arm == 0));
        Assert.True(events.Count(one => one.Arm == 1) > without.Count(one => one.Arm == 1));
    }

    [Fact]
    public void Before_the_test_the_first_system_serves_all_users()
    {
        var (events, _) = Run(Delivery, Halves);
        var (same, _) = Run(Delivery, [new(0.5, 0), new(0.5, 0)]);
        Assert.Equal(events.Where(one => one.Time < Delivery.Start), same.Where(one => one.Time < Delivery.Start));
        Assert.NotEqual(events.Where(one => one.Time >= Delivery.Start), same.Where(one => one.Time >= Delivery.Start));
    }

    [Fact]
    public void Without_users_in_audiences_nothing_happens()
    {
        var (events, outcome) = Run(Prepare(Options with { PreDays = 0 }), [new(0.5, 2), new(0.5, 2)]);
        Assert.Empty(events);
        Assert.All(outcome.Arms, arm => Assert.Equal((0, 0, 0.0), (arm.UsersReached, arm.UsersInAudiences, arm.Revenue)));
        Assert.All(outcome.Arms, arm => Assert.InRange(arm.Users, 1_500, 3_000));
    }

    [Fact]
    public void Users_outside_all_arms_see_no_ads()
    {
        var (events, _) = Run(Delivery, Halves, armOf: user => user % 3 == 0 ? -1 : user % 2);
        Assert.NotEmpty(events);
        Assert.DoesNotContain(events, one => one.User % 3 == 0);
        Assert.All(events, one => Assert.Equal(one.User % 2, one.Arm));
    }

    [Fact]
    public void Only_users_of_an_audience_see_its_ads_and_every_click_follows_an_impression()
    {
        var (events, _) = Run(Prepare(Plenty), Halves);
        var last = new Dictionary<(int User, int Advertiser, DeliveryEventKind Kind), long>();
        var counts = new Dictionary<DeliveryEventKind, int>();
        foreach (var one in events.OrderBy(one => one.Time).ThenBy(one => one.Kind))
        {
            var user = World.User(Delivery.Users[one.User].Index);
            counts[one.Kind] = counts.GetValueOrDefault(one.Kind) + 1;
            Assert.InRange(one.Time, Delivery.FirstDay, Delivery.End - 1);
            var hidden = last.ContainsKey((one.User, one.Advertiser, DeliveryEventKind.Hide));
            if (one.Kind == DeliveryEventKind.Impression)
            {
                Assert.True(Made.IsIn(one.Time < Delivery.Start ? 0 : one.Arm, user, one.Advertiser));
                Assert.True(one.Value >= 0);
                Assert.False(hidden, $"{one} is shown to a user who has hidden it.");
            }
            else
            {
                var cause = one.Kind switch { DeliveryEventKind.GoodClick => DeliveryEventKind.Click, DeliveryEventKind.Purchase => DeliveryEventKind.GoodClick, _ => DeliveryEventKind.Impression };
                Assert.True(last.TryGetValue((one.User, one.Advertiser, cause), out var before) && before < one.Time, $"{one} has no {cause} before it.");
                Assert.Equal(one.Kind == DeliveryEventKind.Purchase, one.Value > 0);
            }

            last[(one.User, one.Advertiser, one.Kind)] = one.Time;
        }

        Assert.Equal(5, counts.Count);
        Assert.True(counts[DeliveryEventKind.Impression] > counts[DeliveryEventKind.Click] && counts[DeliveryEventKind.Click] > counts[DeliveryEventKind.GoodClick]);
    }

    [Fact]
    public void Audiences_of_higher_true_affinity_are_clicked_more_and_hidden_less()
    {
        var (_, outcome) = Run(Prepare(Options with { Days = 30 }), Halves);
        var (random, best) = (outcome.Arms[0], outcome.Arms[1]);
        Assert.True(best.MeanAffinity > 2 * random.MeanAffinity);
        Assert.True(best.ExpectedClicks / best.Impressions > 1.2 * random.ExpectedClicks / random.Impressions);
        Assert.True((double)best.Clicks / best.Impressions > 1.2 * random.Clicks / random.Impressions);
        Assert.True(best.ExpectedHides / best.Impressions < 0.8 * random.ExpectedHides / random.Impressions);
        Assert.True(best.ExpectedGoodClicks / best.ExpectedClicks > random.ExpectedGoodClicks / random.ExpectedClicks);
    }

    [Fact]
    public void Observed_results_match_their_expectations()
    {
        var arm = Run(Prepare(Plenty with { Days = 40 }), [new(1, 1)], everybody: true).Outcome.Arms[0];
        AssertPoisson(arm.Clicks, arm.ExpectedClicks);
        AssertPoisson(arm.GoodClicks, arm.ExpectedGoodClicks);
        AssertPoisson(arm.Hides, arm.ExpectedHides);

        static void AssertPoisson(long count, double expected) => Assert.InRange((count - expected) / Math.Sqrt(expected), -4, 4);
    }

    [Fact]
    public void Two_arms_with_the_same_system_differ_only_by_chance()
    {
        // Budgets are sufficient: once they run out, an arm's users are not independent and impressions differ by more than this chance.
        // Clicks, hides and reached users of equal arms over many markets with reassigned users. The arm of each event is a fair coin.
        const int Runs = 60;
        var differences = new ConcurrentBag<(double Reached, double Clicks, double Hides)>();
        Parallel.For(0, Runs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, run =>
        {
            var seed = (ulong)run + 100;
            var delivery = Prepare(Plenty with { Seed = seed }, threads: 1);
            var arms = Run(delivery, [new(0.5, 1), new(0.5, 1)], armOf: user => SeedsArm(seed, user)).Outcome.Arms;
            differences.Add((Normal(arms, arm => arm.UsersReached), Normal(arms, arm => arm.Clicks), Normal(arms, arm => arm.Hides)));
        });

        // Counts are about binomial: the mean of 60 standardised differences is within 4 standard errors of 0, their variance near 1.
        Assert.All([.. differences.Select(one => one.Clicks), .. differences.Select(one => one.Hides)], one => Assert.InRange(one, -5, 5));
        foreach (var figure in new Func<(double Reached, double Clicks, double Hides), double>[] { one => one.Reached, one => one.Clicks, one => one.Hides })
        {
            Assert.InRange(differences.Average(figure) * Math.Sqrt(Runs), -4, 4);
        }

        Assert.InRange(differences.Average(one => one.Hides * one.Hides), 0.4, 1.9);

        static double Normal(IReadOnlyList<ArmOutcome> arms, Func<ArmOutcome, long> count) =>
            (count(arms[1]) - count(arms[0])) / Math.Sqrt(count(arms[0]) + count(arms[1]));

        static int SeedsArm(ulong seed, int user) => Kindred.Sampling.SeededRandom.UnitOf(seed, 99, (ulong)user) < 0.5 ? 0 : 1;
    }

    [Fact]
    public void Click_and_hide_rates_are_those_of_real_feeds()
    {
        // For suitable audiences: clicks between 0.5% and 2%, hides between 0.05% and 0.3%.
        var arm = Run(Prepare(new DeliveryOptions()), [new(1, 1)], everybody: true).Outcome.Arms[0];
        Assert.InRange(arm.ExpectedClicks / arm.Impressions, 0.005, 0.02);
        Assert.InRange(arm.ExpectedHides / arm.Impressions, 0.0005, 0.003);
        Assert.InRange(arm.ExpectedGoodClicks / arm.ExpectedClicks, 0.35, 0.85);
    }

    [Fact]
    public void Audience_sizes_match_the_systems()
    {
        var active = World.Users(0, 6_000).Where(user => user.Active).ToArray();
        var best = Delivery.AudiencesOf(1);
        var both = Delivery.InBoth(0, 1);
        for (var advertiser = 0; advertiser < 6; advertiser++)
        {
            var members = active.Where(user => Made.IsIn(1, user, advertiser)).ToArray();
            Assert.Equal(members.Length, best[advertiser].Users);
            Assert.Equal(members.Average(user => World.TrueAffinity(user, advertiser)), best[advertiser].MeanAffinity, 1e-6);
            Assert.Equal(members.Count(user => Made.IsIn(0, user, advertiser)), both[advertiser]);
        }

        Assert.Equal(active.Select(user => user.Index), Delivery.Users.Select(user => user.Index));
        Assert.True(double.IsNaN(Delivery.AudiencesOf(2)[0].MeanAffinity));
    }

    [Fact]
    public void Cancellation_stops_it_and_options_out_of_range_are_named()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Delivery.Run(Halves, ArmOf(Delivery), null, 1, null, stopped.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => AdDelivery.Prepare(World, Options, 100, Made, 1, null, stopped.Token));
        Assert.Contains("'days' is 0", Assert.Throws<KindredException>(() => Prepare(Options with { Days = 0 })).Message, StringComparison.Ordinal);
    }

    private static AdDelivery Prepare(DeliveryOptions options, int threads = 2) => AdDelivery.Prepare(World, options, 400, Made, threads);

    private static int[] ArmOf(AdDelivery delivery) => [.. Enumerable.Range(0, delivery.Users.Count).Select(user => user % 2)];

    private static (List<DeliveryEvent> Events, DeliveryOutcome Outcome) Run(
        AdDelivery delivery, DeliveryArm[] arms, int threads = 2, bool everybody = false, Func<int, int>? armOf = null)
    {
        var events = new List<DeliveryEvent>();
        int[] of = everybody ? new int[delivery.Users.Count] : armOf is null ? ArmOf(delivery) : [.. Enumerable.Range(0, delivery.Users.Count).Select(armOf)];
        return (events, delivery.Run(arms, of, events.Add, threads));
    }

    private static void AssertSame(DeliveryOutcome outcome, DeliveryOutcome again)
    {
        foreach (var (arm, other) in outcome.Arms.Zip(again.Arms)) Assert.Equivalent(arm, other, strict: true);
    }

    private sealed class Audiences(params Func<WorldUser, int, bool>[] systems) : IAudienceMembership
    {
        public int Systems => systems.Length;

        public bool IsIn(int system, WorldUser user, int advertiser) => systems[system](user, advertiser);

        public int Find(int system, WorldUser user, Span<int> advertisers)
        {
            var count = 0;
            for (var advertiser = 0; advertiser < World.Advertisers.Count; advertiser++)
            {
                if (IsIn(system, user, advertiser)) advertisers[count++] = advertiser;
            }

            return count;
        }
    }
}
