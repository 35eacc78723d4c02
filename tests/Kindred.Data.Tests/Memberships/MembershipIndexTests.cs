using System.Text;
using Kindred.Audiences;
using Kindred.Data.Forgotten;
using Kindred.Data.Memberships;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedModels;

namespace Kindred.Data.Tests.Memberships;

public sealed class MembershipIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_users_audiences_are_found_with_their_larger_sizes_whatever_the_shards() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[1, 60], Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int).Sample((count, targets, sizes, shards, seed) =>
        {
            using var folder = new TemporaryFolder();
            var random = new Random(seed);
            var targetsOf = TestMemberships.Random(count, targets, 20, seed);
            var smallest = targetsOf.ToDictionary(user => user.Key, user => user.Value.Select(target => target * sizes + random.Next(sizes)).ToArray());
            var all = smallest.ToDictionary(user => user.Key, user => user.Value.SelectMany(audience => Enumerable.Range(audience, sizes - audience % sizes)).ToArray());
            var folders = TestMemberships.WriteShards(folder.Path, smallest, targets * sizes, shards);
            var forgotten = all.Keys.Where((_, i) => i % 6 == 1).ToHashSet();
            using var index = MembershipIndex.Open(folders, TestMemberships.Audiences(targets * sizes, sizes), Tombstones.Empty.With(forgotten));
            Assert.Equal((targets * sizes, count), (index.Audiences, index.Users));
            foreach (var (user, audiences) in all) Assert.Equal(forgotten.Contains(user) ? null : audiences, index.Find(user));
            for (var i = 0; i < 100; i++) Assert.Null(index.Find($"stranger-{i}"));
            Assert.Empty(((IExcludedUsers)index).Find("stranger", index.MostAudiences));

            var seen = new List<(string, int[])>();
            index.ForEach((user, audiences) => seen.Add((Encoding.UTF8.GetString(user), audiences.ToArray())));
            Assert.Equal(
                all.Where(user => !forgotten.Contains(user.Key)).OrderBy(user => UserHash.ShardOf(TestMemberships.Hash(user.Key), shards)).Select(user => (user.Key, user.Value)), seen);
        }, iter: 40, threads: 1);

    [Fact]
    public void Index_request_and_lists_agree_on_every_user_with_ties_seeds_countries_and_sizes()
    {
        // Eight distinct users, a hundred times each: every threshold falls among ties.
        const int Count = 800, Dimension = 4;
        var random = new Random(8);
        var distinct = Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f).ToArray()).ToArray();
        using var population = Population(Count, user => distinct[user * 7 % 8], Dimension);
        var shard = population.Shards[0];
        var models = Enumerable.Range(0, 3).Select(_ => (IUserScorer)new EmbeddingDotScorer([.. Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f)], true)).ToArray();
        var (published, scorers, members, excluded) = (new List<PublishedAudience>(), new List<IUserScorer>(), new List<HashSet<int>>(), new List<int[]>());
        for (var model = 0; model < models.Length; model++)
        {
            var seeds = Enumerable.Range(0, Count).Where(_ => random.Next(9) == 0).ToArray();
            foreach (var country in new[] { null, "de", "fr" })
            {
                var options = new ExpansionOptions { Sizes = [AudienceSize.Parse("3%"), AudienceSize.Parse("20%"), AudienceSize.Parse("50%")], Country = country, Threads = 1 };
                var input = new ExpansionInput($"list-{model}", models[model], [.. seeds.Select(row => new UserRow(0, row))]);
                var audience = Expansion.Run(population, [input], [], options)[0];
                foreach (var size in audience.Thresholds)
                {
                    members.Add([.. audience.Members.Take(size.Users).Select(member => member.User.Row)]);
                    published.Add(new PublishedAudience(input.SeedListId, country, $"{size.Size}", size.Users, size.Score, size.LastUserId));
                    scorers.Add(models[model]);
                    excluded.Add(seeds);
                }
            }
        }

        var ends = TargetSizes.EndsOf(published);
        var ids = Enumerable.Range(0, Count).Select(shard.UserIds.GetString).ToArray();
        int[] all = [.. Enumerable.Range(0, published.Count)];
        // Only the smallest size of each target, for the index and for the seeds.
        bool IsSmallest(int row, int audience) => audience == 0 || ends[audience - 1] != ends[audience] || !members[audience - 1].Contains(row);
        var own = Enumerable.Range(0, Count).ToDictionary(row => ids[row], row => all.Where(audience => members[audience].Contains(row) && IsSmallest(row, audience)).ToArray());
        var seedOf = Enumerable.Range(0, Count).ToDictionary(row => ids[row], row => all.Where(audience => excluded[audience].Contains(row)).ToArray());
        var firstSeedOf = seedOf.ToDictionary(user => user.Key, user => user.Value.Where(audience => audience == 0 || ends[audience - 1] != ends[audience]).ToArray());
        using var index = MembershipIndex.Open(TestMemberships.WriteShards(_folder["members"], own, published.Count, 3), published);
        TestMemberships.Write(_folder["seeds"], seedOf, published.Count);
        using var table = UserAudienceTable.Open(_folder["seeds"]);
        using var seedIndex = MembershipIndex.Open(TestMemberships.WriteShards(_folder["seed-index"], firstSeedOf, published.Count, 2), published);
        foreach (var exclusions in new IExcludedUsers[] { table, seedIndex })
        {
            using var request = new RequestMembership(published, scorers, exclusions);
            for (var row = 0; row < Count; row++)
            {
                var expected = all.Where(audience => members[audience].Contains(row)).ToArray();
                var found = new int[all.Length];
                var count = request.Find(shard.UserIds[row], population.Countries[shard.CountryOf(row)], shard.Embeddings.Span.Slice(row * Dimension, Dimension), 0, all, found);
                Assert.Equal(expected, found[..count]);
                Assert.Equal(expected, index.Find(ids[row]));
            }
        }

        Assert.True(members.Sum(list => list.Count) > 2_000);
    }

    [Fact]
    public void A_look_up_allocates_nothing()
    {
        var users = TestMemberships.Random(300, 500, 30, 3);
        using var index = MembershipIndex.Open(TestMemberships.WriteShards(_folder.Path, users, 500, 2), TestMemberships.Audiences(500), Tombstones.Empty.With(["somebody else"]));
        var ids = users.Keys.Append("stranger").Select(Encoding.UTF8.GetBytes).ToArray();
        var audiences = new int[index.MostAudiences];
        for (var i = 0; i < 3; i++) LookUpAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        LookUpAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void LookUpAll()
        {
            foreach (var id in ids) index.Find(id, audiences);
        }
    }

    [Fact]
    public void Shards_in_another_order_or_number_and_audiences_of_another_version_are_refused()
    {
        var folders = TestMemberships.WriteShards(_folder.Path, TestMemberships.Random(100, 10, 5, 1), 10, 3);
        var audiences = TestMemberships.Audiences(10);
        AssertRefused(ErrorKind.Corrupt, "shard 0 of 3", [folders[1], folders[0], folders[2]], audiences);
        AssertRefused(ErrorKind.Corrupt, "shard 1 of 2", folders[..2], audiences);
        AssertRefused(ErrorKind.Corrupt, "10 audiences, but 9", folders, audiences[..9]);
        AssertRefused(ErrorKind.BadInput, "Audience 9", folders, [.. audiences[..9], audiences[0]]);
        AssertRefused(ErrorKind.BadInput, "Audience 1", folders, [audiences[0] with { Users = 5 }, audiences[0] with { Users = 4 }, .. audiences[2..]]);
        MembershipIndex.Open(folders, audiences).Dispose();

        static void AssertRefused(ErrorKind kind, string says, string[] folders, PublishedAudience[] audiences)
        {
            var error = Assert.Throws<KindredException>(() => MembershipIndex.Open(folders, audiences));
            Assert.Equal(kind, error.Kind);
            Assert.Contains(says, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_same_seed_list_in_two_countries_is_two_targets()
    {
        var audiences = new[] { "de", "fr" }.SelectMany(country => TestMemberships.Audiences(2, 2).Select(audience => audience with { Country = country })).ToArray();
        var folders = TestMemberships.WriteShards(_folder.Path, new Dictionary<string, int[]> { ["a"] = [0, 3], ["b"] = [1], ["c"] = [0, 1] }, 4, 1);
        using var index = MembershipIndex.Open(folders, audiences);
        Assert.Equal([0, 1, 3], index.Find("a")!);
        Assert.Equal([1], index.Find("b")!);

        // Two sizes of one target were written, which the format does not allow.
        Assert.Equal(ErrorKind.Corrupt, Assert.Throws<KindredException>(() => index.Find("c")).Kind);
    }

    private static Population Population(int count, Func<int, float[]> embedding, int dimension)
    {
        var users = Enumerable.Range(0, count).Select(i => (Id: $"u{i:D4}", Country: i % 3 == 0 ? "de" : "fr", Embedding: embedding(i)))
            .OrderBy(user => user.Country, StringComparer.Ordinal).ThenBy(user => user.Id, StringComparer.Ordinal).ToArray();
        var shard = new PopulationShard
        {
            UserIds = IdList.From(users.Select(user => user.Id)),
            Dimension = dimension,
            Embeddings = users.SelectMany(user => user.Embedding).ToArray(),
            Activity = default,
            Active = Enumerable.Repeat((byte)1, count).ToArray(),
            CountryStarts = [0, users.Count(user => user.Country == "de"), count],
            RowsById = Enumerable.Range(0, count).OrderBy(row => users[row].Id, StringComparer.Ordinal).ToArray(),
        };
        return new Population([shard], ["de", "fr"], new ActivityScale(0, 1), IdList.Empty, "test");
    }
}
