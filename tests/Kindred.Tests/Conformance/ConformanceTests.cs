using System.Numerics;
using System.Text;
using Kindred.Audiences;
using Kindred.Baselines;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.Tests.Populations;
using Kindred.Tests.Scoring;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.Conformance;

/// <summary>Tests the decisions that stored data depends on. They must pass in every later version.</summary>
public sealed class ConformanceTests
{
    [Theory]
    // Published values of XXH64 with seed 0.
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    public void A_users_hash_is_the_XXH64_of_the_id(string id, ulong hash) => Assert.Equal(hash, UserHash.Of(Encoding.UTF8.GetBytes(id)));

    [Fact]
    public void Shards_are_equal_ranges_of_the_hash()
    {
        Gen.Select(Gen.ULong, Gen.Int[1, 100_000]).Sample(
            (hash, shards) => UserHash.ShardOf(hash, shards) == (int)((BigInteger)hash * shards >> 64));
        Assert.Equal([0, 0, 1, 1], new ulong[] { 0, (1UL << 63) - 1, 1UL << 63, ulong.MaxValue }.Select(hash => UserHash.ShardOf(hash, 2)));
    }

    [Fact]
    public void Ids_are_ordered_by_their_bytes_not_by_their_characters()
    {
        // As UTF-16, the emoji would come before the replacement character.
        string[] ids = ["é", "😀", "z", "\uFFFD", "Z", "a", "aa"];
        var table = new IdTable();
        foreach (var id in ids) table.GetOrAdd(Encoding.UTF8.GetBytes(id));
        var sorted = table.Sorted(out var rank);
        Assert.Equal(["Z", "a", "aa", "z", "é", "\uFFFD", "😀"], Enumerable.Range(0, 7).Select(sorted.GetString));
        Assert.Equal(ids, rank.Select(sorted.GetString));
    }

    [Fact]
    public void Equal_scores_are_ordered_by_the_bytes_of_the_id_across_countries_and_shards()
    {
        string[] ids = ["é", "😀", "z", "\uFFFD", "Z", "a", "aa"];
        foreach (var shards in new[] { 1, 2, 5 })
        {
            using var population = TestPopulation.Of([.. ids.Select((id, i) => new TestUser(id, [0], i % 2 == 0 ? "x" : "y"))], shards);
            var scorer = new TableScorer(ids.ToDictionary(id => id, _ => 1f));
            var found = AudienceSelection.Select(population, null, [new AudienceRequest(scorer, 7, [UserSet.Of(population, [])])], 2)[0];
            Assert.Equal(["Z", "a", "aa", "z", "é", "\uFFFD", "😀"], found.Select(user => population.Name(user.User)));
        }
    }

    [Fact]
    public void Rows_of_a_shard_are_found_by_id_and_a_country_is_one_range_of_them()
    {
        var users = TestPopulation.Random(300, 1, 1, "de", "fr", "us");
        using var population = TestPopulation.Of(users, 4);
        foreach (var user in users)
        {
            var row = population.Find(Encoding.UTF8.GetBytes(user.Id))!.Value;
            Assert.Equal(user.Id, population.Name(row));
            Assert.Equal(user.Country, population.Countries[population.Shards[row.Shard].CountryOf(row.Row)]);
        }

        Assert.Null(population.Find("nobody"u8));
        Assert.Null(population.Find(""u8));
    }

    [Fact]
    public void The_hold_out_depends_only_on_seed_list_repeat_and_user()
    {
        using var population = TestPopulation.Of(TestPopulation.Random(100, 1, 1), 3);
        var ids = Enumerable.Range(0, 40).Select(i => $"u{i}").ToArray();
        var key = SampleKey.Of(7, UserHash.Of("hold-out"u8)).Then(UserHash.Of("my list"u8)).Then(2);
        var expected = ids.OrderBy(id => key.Then(UserHash.Of(Encoding.UTF8.GetBytes(id)))).Take(4).Order(TestPopulation.Utf8Order);
        var held = HoldOut.Random(SeedMatch.Of(TestPopulation.List("my list", ids), population), 0.1, 7, 2, population).Held;
        string[] names = [.. held.Users.Select(population.Name)];
        Assert.Equal(expected, names);

        // Computed outside of .NET, so that reports of different versions stay comparable.
        Assert.Equal(["u1", "u3", "u30", "u34"], names);
    }

    [Fact]
    public void Negatives_candidates_and_sizes_use_active_users_and_look_ups_answer_for_all_users()
    {
        var users = TestPopulation.Random(300, 8, 2);
        using var population = TestPopulation.Of(users, 2);
        var active = users.Count(user => user.Active);
        Assert.InRange(active, 200, 299);
        Assert.Equal(active, Expansion.CountActive(population, null));
        var pool = TestTraining.Context(population).Pool;
        Assert.Equal(active, pool.Candidates);
        Assert.All(pool.Users, user => Assert.Equal(1, population.Shards[user.Shard].Active.Span[user.Row]));
        Assert.All(users, user => Assert.NotNull(population.Find(Encoding.UTF8.GetBytes(user.Id))));
    }

    [Fact]
    public void Inactive_seeds_are_trained_on()
    {
        var users = TestPopulation.Random(300, 8, 3);
        using var population = TestPopulation.Of(users, 2);
        var seeds = users.Where(user => !user.Active).Select(user => user.Id).ToArray();
        Assert.Equal(seeds.Length, TestTraining.Train(population, seeds, new() { MinimumSeeds = 10 }).Report["positives"]);
    }

    [Fact]
    public void The_baselines_rank_by_a_random_key_per_list_and_user_and_by_activity()
    {
        var users = TestPopulation.Random(200, 1, 4);
        var byActivity = users.Where(user => user.Active).OrderByDescending(user => user.Activity).Select(user => user.Id).ToArray();
        var key = SampleKey.Of(5, UserHash.Of("random baseline"u8)).Then(UserHash.Of("list"u8));
        var byChance = users.Where(user => user.Active)
            .OrderByDescending(user => (float)key.Then(UserHash.Of(Encoding.UTF8.GetBytes(user.Id))).ToUnit()).Select(user => user.Id).ToArray();
        foreach (var shards in new[] { 1, 3 })
        {
            using var population = TestPopulation.Of(users, shards);
            var seeds = SeedMatch.Of(TestPopulation.List("list", ["u1"]), population);
            Assert.Equal(byActivity, Ranked(new ActivityMethod().Train(seeds, [1], TestTraining.Context(population)).Scorer, population));
            Assert.Equal(byChance, Ranked(new RandomMethod(5).Train(seeds, [1], TestTraining.Context(population)).Scorer, population));
        }

        static IEnumerable<string> Ranked(IUserScorer scorer, Population population) =>
            AudienceSelection.Select(population, null, [new AudienceRequest(scorer, 200, [UserSet.Of(population, [])])], 1)[0]
                .Select(user => population.Name(user.User));
    }

    [Fact]
    public void An_id_has_at_most_128_bytes() => Assert.Equal(128, IdList.MaxBytes);
}
