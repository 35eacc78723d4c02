using System.Globalization;
using Kindred.Experiments;
using Kindred.Experiments.Inference;
using Kindred.Sampling;
using Kindred.Worlds;
using Kindred.Worlds.Delivery;

namespace Kindred.Benchmarks.Markets;

/// <summary>Tests a system against itself in the simulated market, and counts the false differences of per-user analysis.</summary>
/// <remarks>Per-user intervals do not account for effects that an arm's users share, above all an exhausted budget.</remarks>
internal static class MarketBenchmark
{
    private const double AudienceShare = 0.05;
    private const ulong FirstSeed = 1_000;

    private static readonly string[] _names = ["users with impressions", "impressions", "impressions, CUPED", "revenue", "revenue, CUPED",
        "ctr", "ecpm"];

    public static void Run(string[] args)
    {
        int runs = Number(args, 0, 60), users = Number(args, 1, 50_000);
        var world = World.Create(new WorldOptions { Users = users, SeedLists = 20, MaxSeedShare = 0.04, Seed = 1 });
        var audiences = new NoisyAudiences(world, AudienceShare);
        var usual = new DeliveryOptions();
        Console.WriteLine(FormattableString.Invariant($"{runs} tests of a system against itself, {users:N0} users, level 5%: significant differences, and the standard deviation of the statistic (1 if the analysis is right)."));
        var tight = usual with { BudgetPerUser = usual.BudgetPerUser / 10 };
        foreach (var options in new[] { usual, tight, tight with { ClickBilledShare = 0 } })
        {
            var statistics = Enumerable.Range(0, runs)
                .Select(run => Test(world, audiences, options with { Seed = FirstSeed + (ulong)run })).ToArray();
            Console.WriteLine(FormattableString.Invariant($"\nBudget per user {options.BudgetPerUser}, {options.ClickBilledShare:P0} pay by click; {statistics.Average(one => one.Ended):P0} of budgets are used up:"));
            for (var i = 0; i < _names.Length; i++)
            {
                double[] z = [.. statistics.Select(one => one.Statistics[i])];
                Console.WriteLine(FormattableString.Invariant($"  {_names[i],-24} {z.Count(value => Math.Abs(value) > 1.96),4} of {runs}   {Math.Sqrt(z.Average(value => value * value)):F2}"));
            }
        }
    }

    private static (double[] Statistics, double Ended) Test(World world, NoisyAudiences audiences, DeliveryOptions options)
    {
        var delivery = AdDelivery.Prepare(world, options, audiences.Size, audiences, Environment.ProcessorCount);
        int[] armOf = [.. delivery.Users.Select(user => SeededRandom.UnitOf(options.Seed, 4_242, (ulong)user.Index) < 0.5 ? 0 : 1)];

        // [users × 5] impressions, revenue, clicks, and pre-period impressions and revenue.
        var sums = new double[delivery.Users.Count, 5];
        var outcome = delivery.Run([new(0.5, 0), new(0.5, 0)], armOf, happened =>
        {
            var before = happened.Time < delivery.Start;
            if (happened.Kind == DeliveryEventKind.Impression)
            {
                sums[happened.User, before ? 3 : 0]++;
                sums[happened.User, before ? 4 : 1] += happened.Value;
            }
            else if (happened.Kind == DeliveryEventKind.Click && !before)
            {
                sums[happened.User, 2]++;
            }
        }, Environment.ProcessorCount);

        MetricMoments[] Moments(Func<int, double> numerator, Func<int, double> denominator, Func<int, double> before) =>
            [.. Enumerable.Range(0, 2).Select(arm => Of(armOf, arm, numerator, denominator, before))];
        var reach = Moments(user => sums[user, 0] > 0 ? 1 : 0, _ => 1, _ => 0);
        var impressions = Moments(user => sums[user, 0], _ => 1, user => sums[user, 3]);
        var revenue = Moments(user => sums[user, 1], _ => 1, user => sums[user, 4]);
        var ctr = Moments(user => sums[user, 2], user => sums[user, 0], _ => 0);
        var ecpm = Moments(user => sums[user, 1], user => sums[user, 0], _ => 0);
        double[] statistics =
        [
            Plain(MetricKind.Share, reach), Plain(MetricKind.Mean, impressions), Adjusted(impressions),
            Plain(MetricKind.Mean, revenue), Adjusted(revenue),
            Plain(MetricKind.Ratio, ctr), Plain(MetricKind.Ratio, ecpm),
        ];
        return (statistics, outcome.Arms.SelectMany(arm => arm.Spent.Zip(arm.Budgets))
            .Average(one => one.First > 0.99 * one.Second ? 1 : 0));
    }

    private static MetricMoments Of(int[] armOf, int arm, Func<int, double> numerator, Func<int, double> denominator,
        Func<int, double> before)
    {
        var (units, first, products) = (0L, new double[4], new double[10]);
        for (var user = 0; user < armOf.Length; user++)
        {
            if (armOf[user] != arm) continue;
            double[] numbers = [numerator(user), denominator(user), before(user), 1];
            units++;
            for (int i = 0, at = 0; i < 4; i++)
            {
                first[i] += numbers[i];
                for (var j = i; j < 4; j++) products[at++] += numbers[i] * numbers[j];
            }
        }

        return MetricMoments.FromSums(units, first, products);
    }

    private static double Plain(MetricKind kind, MetricMoments[] arms) =>
        Statistic(ArmEstimates.Of(kind, arms[0]), ArmEstimates.Of(kind, arms[1]));

    private static double Adjusted(MetricMoments[] arms)
    {
        var adjusted = Cuped.Adjust(MetricKind.Mean, arms)!.Arms;
        return Statistic(adjusted[0], adjusted[1]);
    }

    private static double Statistic(ArmEstimate control, ArmEstimate treatment)
    {
        var lift = Lift.Absolute(control, treatment, 0.95);
        return lift.Estimate / lift.StandardError;
    }

    private static int Number(string[] args, int place, int otherwise) =>
        args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
}
