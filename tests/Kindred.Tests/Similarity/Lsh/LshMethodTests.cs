using System.Text;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Similarity.Lsh;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.Similarity.Lsh;

public sealed class LshMethodTests
{
    private static readonly TestUser[] _users = TestPopulation.Random(700, 12, 1);
    private static readonly string[] _seeds = [.. _users.Where((user, i) => user.Embedding[1] > 0.2 && i % 2 == 0).Select(user => user.Id)];
    private static readonly LshOptions _options = new() { Tables = 7, Bits = 5, MinimumSeeds = 10 };

    [Theory]
    [InlineData(LshScore.Density, 1, int.MaxValue)]
    [InlineData(LshScore.Density, 3, int.MaxValue)]
    [InlineData(LshScore.Density, 8, 300)]
    [InlineData(LshScore.Voting, 3, int.MaxValue)]
    public void Scores_equal_the_plain_algorithm_in_double_precision(LshScore score, int levels, int poolLimit)
    {
        using var population = TestPopulation.Of(_users, 2);
        var options = _options with { Score = score, Levels = levels };
        var found = TestScores.Of(TestScores.Train(new LshMethod(options), population, _seeds, poolLimit).Scorer, population);
        var expected = new ReferenceLsh(population, TestTraining.Context(population, poolLimit).Pool, options).Scores(
            _seeds.Order(TestPopulation.Utf8Order).Zip(TestScores.Weights(_seeds.Length)).ToDictionary());
        Assert.Equal(_users.Length, found.Count);
        Assert.All(expected, entry => Assert.Equal(entry.Value, found[entry.Key], 1e-5));
        Assert.True(found.Values.Distinct().Count() > 100);
    }

    [Fact]
    public void Regions_partition_candidates_and_seed_weights_in_each_table()
    {
        using var population = TestPopulation.Of(_users, 3);
        var context = TestTraining.Context(population, 400);
        var pool = PoolRegions.Of(context, _options);
        var match = SeedMatch.Of(TestPopulation.List("list", _seeds), population);
        var weights = TestScores.Weights(match.Users.Count);
        var sums = pool.SumSeeds(match, weights, population, default);
        Assert.Equal(7 * 32, pool.Users.Count);
        for (var table = 0; table < 7; table++)
        {
            Assert.Equal(400, pool.Users.Skip(table * 32).Take(32).Sum());
            Assert.Equal(weights.Sum(weight => (double)weight), sums.Skip(table * 32).Take(32).Sum());
        }

        Assert.Equal((double)context.Pool.Candidates / 400, pool.Scale);
        Assert.True(pool.Scale > 1.3);
    }

    [Fact]
    public void Scores_have_the_same_bits_for_any_shards_tiles_threads_and_other_lists()
    {
        using var one = TestPopulation.Of(_users);
        var expected = TestScores.Of(TestScores.Train(new LshMethod(_options), one, _seeds, 500).Scorer, one);
        using var many = TestPopulation.Of(_users, 5);
        var scorer = TestScores.Train(new LshMethod(_options), many, _seeds, 500).Scorer;
        foreach (var tile in new[] { 1, 29, 960 }) TestScores.AssertSameBits(expected, TestScores.Of(scorer, many, tile));

        var match = SeedMatch.Of(TestPopulation.List("list", _seeds), one);
        var other = SeedMatch.Of(TestPopulation.List("other", _users.Take(60).Select(user => user.Id)), one);
        var alone = Train(1, match)[0];
        foreach (var threads in new[] { 1, 4 }) TestNumbers.AssertSameBits(alone, Train(threads, other, match, other)[1]);

        float[][] Train(int threads, params SeedMatch[] lists) =>
            [.. ModelTraining.TrainAll(new LshMethod(_options), lists, new SampleWeightOptions(), TestTraining.Context(one), threads)
                .Select(model => ((LshScorer)model.Scorer).Values.ToArray())];
    }

    [Fact]
    public void Users_similar_to_the_seeds_rank_before_others()
    {
        var users = TestPopulation.Random(1_500, 12, 2);
        TestUser[] like = [.. users.Where(user => user.Embedding[2] > 0.5)];
        using var population = TestPopulation.Of(users);
        var seeds = like.Where((_, i) => i % 2 == 0).Select(user => user.Id).ToHashSet();
        var similarIds = like.Select(user => user.Id).ToHashSet();
        foreach (var score in Enum.GetValues<LshScore>())
        {
            var scores = TestScores.Of(TestScores.Train(new LshMethod(new LshOptions { Score = score }), population, seeds).Scorer, population);
            var others = scores.Where(entry => !similarIds.Contains(entry.Key)).Select(entry => entry.Value).ToArray();
            var rank = like.Where(user => !seeds.Contains(user.Id)).Average(user => others.Count(other => other < scores[user.Id]) / (double)others.Length);
            Assert.InRange(rank, 0.85, 1);
        }
    }

    [Fact]
    public void Too_few_seeds_are_refused()
    {
        using var population = TestPopulation.Of(_users);
        Assert.Throws<SeedTooSmallException>(() => TestScores.Train(new LshMethod(_options), population, _seeds.Take(9)));
    }

    /// <summary>The method as plain loops with hyperplanes from the same random numbers.</summary>
    private sealed class ReferenceLsh(Population population, CandidatePool pool, LshOptions options)
    {
        public Dictionary<string, double> Scores(Dictionary<string, float> seeds)
        {
            var users = _users.Select(user => user.Id).ToArray();
            var candidates = pool.Users.Select(population.Name).ToArray();
            var inputs = _users.ToDictionary(user => user.Id, user => Inputs(user, candidates));
            var scores = users.ToDictionary(user => user, _ => 0.0);
            var parts = 0;
            for (var table = 0; table < options.Tables; table++)
            {
                var full = users.ToDictionary(user => user, user => Region(table, inputs[user]));
                for (var bits = options.Bits; bits > options.Bits - 2 * (options.Score == LshScore.Voting ? 1 : options.Levels) && bits > 0; bits -= 2)
                {
                    var region = full.ToDictionary(entry => entry.Key, entry => entry.Value[..bits]);
                    var seedsIn = seeds.GroupBy(seed => region[seed.Key]).ToDictionary(group => group.Key, group => group.Sum(seed => (double)seed.Value));
                    var usersIn = candidates.GroupBy(user => region[user]).ToDictionary(group => group.Key, group => group.Count() * (double)pool.Candidates / candidates.Length);
                    foreach (var user in users)
                    {
                        double s = seedsIn.GetValueOrDefault(region[user]), u = usersIn.GetValueOrDefault(region[user]);
                        scores[user] += options.Score == LshScore.Voting ? s : Math.Log((s + 0.1) / (u + 10));
                    }

                    parts++;
                }
            }

            return scores.ToDictionary(entry => entry.Key, entry => entry.Value / parts);
        }

        private string Region(int table, double[] inputs)
        {
            var key = SampleKey.Of(options.Seed, UserHash.Of(Encoding.UTF8.GetBytes("hyperplanes"))).Then((ulong)table);
            return string.Concat(Enumerable.Range(0, options.Bits).Select(bit =>
            {
                var normal = new NormalNumbers(key.Then((ulong)bit));
                return inputs.Sum(input => input * normal.Next()) > 0 ? '1' : '0';
            }));
        }

        private double[] Inputs(TestUser user, string[] candidates)
        {
            var lengths = _users.ToDictionary(other => other.Id, other => Math.Sqrt(other.Embedding.Sum(value => (double)value * value)));
            var meanSquare = candidates.Average(id => lengths[id]) / user.Embedding.Length;
            var scale = 1 / Math.Sqrt(lengths[user.Id] * meanSquare);
            var (mean, deviation) = population.Activity;
            return [.. user.Embedding.Select(value => value * scale), 2 * (user.Activity - mean) / deviation];
        }
    }
}
