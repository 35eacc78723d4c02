using Kindred.Audiences;
using Kindred.Sampling;
using Kindred.Tests.Populations;
using Kindred.Tests.Scoring;

namespace Kindred.Tests.Audiences;

public sealed class RankEstimateTests
{
    [Fact]
    public void Expectation_variance_and_interval_equal_an_enumeration_of_all_samples()
    {
        // All subsets of 4 of 9 users, and the rank of the second user of each.
        var ranks = new List<int>();
        for (var subset = 0; subset < 1 << 9; subset++)
        {
            var members = Enumerable.Range(1, 9).Where(user => (subset >> (user - 1) & 1) == 1).ToArray();
            if (members.Length == 4) ranks.Add(members[1]);
        }

        var estimate = RankEstimate.Of(9, 4, 2, 0.8);
        var mean = ranks.Average();
        Assert.Equal(mean, estimate.Expected, 12);
        Assert.Equal(Math.Sqrt(ranks.Average(rank => (rank - mean) * (rank - mean))), estimate.StandardError, 12);
        ranks.Sort();
        Assert.Equal(ranks.First(rank => ranks.Count(other => other <= rank) > 0.1 * ranks.Count), estimate.Low);
        Assert.Equal(ranks.First(rank => ranks.Count(other => other <= rank) >= 0.9 * ranks.Count), estimate.High);
    }

    [Fact]
    public void A_sample_of_all_users_is_certain()
    {
        var estimate = RankEstimate.Of(500, 500, 17, 0.95);
        Assert.Equal((17.0, 0.0, 17, 17), (estimate.Expected, estimate.StandardError, estimate.Low, estimate.High));
    }

    [Fact]
    public void Estimates_for_a_hundred_million_users_follow_the_normal_distribution()
    {
        var estimate = RankEstimate.Of(100_000_000, 1_000_000, 10_000, 0.95);
        Assert.Equal(1_000_000, estimate.Expected, 100.0);
        Assert.Equal(1_000_000 / Math.Sqrt(10_000) * Math.Sqrt(0.99 * 0.99), estimate.StandardError, 50.0);
        Assert.Equal(1.96 * 2 * estimate.StandardError, estimate.High - estimate.Low, 0.01 * estimate.StandardError);
    }

    [Fact]
    public void Intervals_of_sampled_thresholds_cover_the_true_size_at_their_nominal_rate()
    {
        var users = TestPopulation.Random(3_000, 1, 8);
        using var population = TestPopulation.Of(users, 2);
        var random = new SeededRandom(4);

        // Ties are frequent, but users are still totally ordered.
        var scores = users.ToDictionary(user => user.Id, _ => (float)random.NextInt32(60));
        var seeds = UserSet.Of(population, population.Rows(users.Where((_, i) => i % 11 == 0).Select(user => user.Id)));
        var target = new AudienceTarget(new TableScorer(scores), null, [seeds], [30, 300]);
        const int Runs = 600;
        int[] covered = [0, 0], low = [0, 0], high = [0, 0];
        var sum = new double[2];
        for (var seed = 0UL; seed < Runs; seed++)
        {
            TargetSample.ForEach(population, UserSample.Of(population, null, 400, seed, 1), [target], 1, (_, sample) =>
            {
                for (var s = 0; s < 2; s++)
                {
                    var (end, estimate) = sample.ThresholdOf(target.Sizes[s], 0.9)!.Value;
                    MemberLimit limit = new(end.Score, population.UserId(end.Last).ToArray());
                    var size = Enumerable.Range(0, 2).Sum(shard => MemberScan.Find(population, shard, [target], [[limit]], activeOnly: true, 1)[0].Length);
                    if (size < estimate.Low) low[s]++;
                    else if (size > estimate.High) high[s]++;
                    else covered[s]++;
                    sum[s] += size - estimate.Expected;
                }
            });
        }

        // Coverage is at least 90% within 4 binomial standard deviations. Neither side misses more than 5%.
        var slack = 4 * Math.Sqrt(Runs * 0.9 * 0.1);
        Assert.All(covered, count => Assert.InRange(count, 0.9 * Runs - slack, 0.97 * Runs + slack));
        Assert.All(low.Concat(high), count => Assert.InRange(count, 1, 0.05 * Runs + 4 * Math.Sqrt(Runs * 0.05 * 0.95)));
        for (var s = 0; s < 2; s++)
        {
            var standardError = RankEstimate.Of(2_400, 365, RankEstimate.RankInSample(2_400, 365, target.Sizes[s]), 0.9).StandardError;
            Assert.InRange(sum[s] / Runs, -5 * standardError / Math.Sqrt(Runs), 5 * standardError / Math.Sqrt(Runs));
        }
    }
}
