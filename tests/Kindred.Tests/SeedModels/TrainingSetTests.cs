using System.Text;
using Kindred.Networks.Mlp;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.SeedModels;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedModels;

public sealed class TrainingSetTests
{
    private static readonly TestUser[] _users = TestPopulation.Random(600, 8, 1);
    private static readonly string[] _seeds = [.. _users.Where((_, i) => i % 10 == 0).Select(user => user.Id)];
    private static readonly Population _population = TestPopulation.Of(_users, 3);

    [Fact]
    public void Contains_every_seed_and_every_other_active_user_once_in_hash_order()
    {
        using var set = TestTraining.Set(_population, _seeds, new MlpOptions());
        var expected = _users.Where(user => user.Active || _seeds.Contains(user.Id))
            .Select(user => (Hash: Hash(user), Label: _seeds.Contains(user.Id) ? 1f : 0f)).OrderBy(row => row.Hash);
        Assert.Equal(expected, set.Hashes.Zip(set.Labels, (hash, label) => (hash, label)));
    }

    [Fact]
    public void A_row_is_the_scaled_half_normalised_embedding_twice_the_standardised_activity_and_a_constant()
    {
        using var set = TestTraining.Set(_population, _seeds, new MlpOptions());
        Assert.Equal(10, set.Columns);
        var users = _users.ToDictionary(Hash);
        var half = new float[8];
        var squares = 0.0;
        for (var i = 0; i < set.Count; i++)
        {
            var user = users[set.Hashes[i]];
            UserLanes.HalfNormalize(user.Embedding, half);
            var row = set.Inputs.Row(i);
            for (var k = 0; k < 8; k++)
            {
                Assert.Equal(half[k] * set.Scale.Embedding, row[k], 1e-6);
                if (user.Active) squares += row[k] * row[k];
            }

            Assert.Equal(2 * (user.Activity - _population.Activity.Mean) / _population.Activity.Deviation, row[8], 1e-5);
            Assert.Equal(1, row[9]);
            TestNumbers.AssertSameBits(new float[6], row[10..]);
        }

        // The mean square over the candidates is 1. Seeds that are not candidates have no influence.
        Assert.Equal(1, squares / _users.Count(user => user.Active) / 8, 1e-5);
    }

    [Fact]
    public void Weights_stay_with_their_seeds_and_negatives_weigh_1()
    {
        using var set = TestTraining.Set(_population, _seeds, new MlpOptions());
        var weights = _seeds.Order(TestPopulation.Utf8Order).Select((id, i) => (Hash: Hash(id), Weight: 1f + i % 3)).ToDictionary(pair => pair.Hash, pair => pair.Weight);
        for (var i = 0; i < set.Count; i++) Assert.Equal(weights.GetValueOrDefault(set.Hashes[i], 1), set.Weights[i]);
    }

    [Theory]
    [InlineData(1_000, 1_000, int.MaxValue)]
    [InlineData(1_000, 100, int.MaxValue)]
    [InlineData(30, 200, int.MaxValue)]
    [InlineData(1_000, 150, 300)]
    public void The_offset_is_the_logarithm_of_the_share_of_negatives_over_that_of_positives(int positives, int negatives, int pool)
    {
        using var set = TestTraining.Set(_population, _seeds, new MlpOptions { MaxPositives = positives, MaxNegatives = negatives }, pool);
        var others = _users.Count(user => user.Active && !_seeds.Contains(user.Id));
        double positiveShare = (double)set.Labels.Sum() / _seeds.Length, negativeShare = set.Labels.Count(label => label == 0) / (double)others;
        Assert.Equal(Math.Min(positives, _seeds.Length), set.Labels.Sum());

        // The number of non-seeds is only estimated if the pool is a sample.
        Assert.Equal(Math.Log(negativeShare / positiveShare), set.LogitOffset, pool < 600 ? 0.03 : 1e-12);
    }

    [Fact]
    public void A_sample_is_the_same_whatever_the_shards_and_differs_by_seed()
    {
        var options = new MlpOptions { MaxPositives = 30, MaxNegatives = 100 };
        var expected = Sample(options, 1);
        Assert.Equal(expected, Sample(options, 3));
        Assert.Equal(expected, Sample(options, 7));
        Assert.NotEqual(expected, Sample(options with { Seed = 2 }, 1));

        static ulong[] Sample(MlpOptions options, int shards)
        {
            using var population = TestPopulation.Of(_users, shards);
            using var set = TestTraining.Set(population, _seeds, options, poolLimit: 300);
            return set.Hashes;
        }
    }

    [Fact]
    public void A_list_of_all_users_leaves_no_negatives_and_is_refused()
    {
        var error = Assert.Throws<NoNegativesException>(
            () => TestTraining.Set(_population, _users.Where(user => user.Active).Select(user => user.Id), new MlpOptions()));
        Assert.Contains("'list' leaves no negatives", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pool_is_the_countrys_active_users_by_hash_and_a_smaller_pool_is_a_sample_by_key()
    {
        var users = TestPopulation.Random(500, 1, 2, "a", "b");
        var all = users.Where(user => user.Active && user.Country == "b").Select(Hash).Order().ToArray();
        var key = SampleKey.Of(5, UserHash.Of("candidate pool"u8));
        var sample = all.OrderBy(hash => key.Then(hash)).Take(50).Order();
        foreach (var shards in new[] { 1, 4 })
        {
            using var population = TestPopulation.Of(users, shards);
            var pool = CandidatePool.Of(population, 1, 1_000, 5);
            Assert.Equal(all, pool.Hashes);
            Assert.Equal(all, pool.Users.Select(user => UserHash.Of(population.UserId(user))));
            var smaller = CandidatePool.Of(population, 1, 50, 5);
            Assert.Equal(sample, smaller.Hashes);
            Assert.Equal(sample, smaller.Users.Select(user => UserHash.Of(population.UserId(user))));
            Assert.Equal(all.Length, smaller.Candidates);
        }
    }

    [Fact]
    public void The_scale_of_a_sample_uses_the_candidates_with_the_smallest_keys_whatever_the_list()
    {
        var pool = CandidatePool.Of(_population, null, int.MaxValue, 1);
        var options = new MlpOptions { MaxNegatives = 120 };
        var key = SampleKey.Of(1, UserHash.Of("shared negatives"u8));
        var expected = pool.Hashes.OrderBy(hash => key.Then(hash)).Take(120).Order().ToArray();
        var sample = options.Sample.SharedOf(pool);
        Assert.Equal(expected, sample.Hashes);
        Assert.Equal(pool.Candidates, sample.Candidates);
        var lengths = _users.Where(user => expected.Contains(Hash(user))).Sum(user => Math.Sqrt(user.Embedding.Sum(value => (double)value * value)));
        var scale = InputScale.Of(_population, sample, threads: 2);
        Assert.Equal(Math.Sqrt(8 * 120 / lengths), scale.Embedding, 1e-12);
        Assert.Same(pool, new MlpOptions().Sample.SharedOf(pool));
    }

    private static ulong Hash(TestUser user) => Hash(user.Id);

    private static ulong Hash(string id) => UserHash.Of(Encoding.UTF8.GetBytes(id));
}
