using System.Text;
using Kindred.Audiences;
using Kindred.Embeddings;
using Kindred.Networks.Mlp;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Scoring;
using Kindred.SeedModels;
using Kindred.Tests.Embeddings;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;
using Kindred.Tests.Scoring;

namespace Kindred.Tests.Audiences;

public sealed class RequestMembershipTests
{
    private const int Dimension = 8;

    private static readonly string[] _countries = ["de", "fr", "us"];

    [Fact]
    public void Membership_equals_the_exported_lists_whatever_the_ties_seeds_exclusions_countries_and_sizes() =>
        Gen.Select(Gen.Int[40, 300], Gen.Int[1, 3], Gen.ULong, Gen.Int[2, 400]).Sample((count, shards, seed, distinct) =>
        {
            // Few distinct embeddings cause many ties.
            var users = TestPopulation.Random(count, Dimension, seed, _countries);
            users = [.. users.Select((user, i) => user with { Embedding = users[i % distinct % count].Embedding, Activity = users[i % distinct % count].Activity })];
            using var population = TestPopulation.Of(users, shards);
            var random = new SeededRandom(seed + 1);
            var (published, scorers, lists) = (new List<PublishedAudience>(), new List<IUserScorer>(), new List<HashSet<string>>());
            var excluded = new KnownExclusions();
            var forAll = Some(users, ref random, 12);
            for (var model = 0; model < 4; model++)
            {
                var scorer = Scorer(model, seed);
                var seeds = Some(users, ref random, 8);
                foreach (var country in new[] { null, "de", "us" })
                {
                    var options = new ExpansionOptions { Sizes = [AudienceSize.OfShare(0.05), AudienceSize.OfShare(0.3)], Country = country, Threads = 1 };
                    var audience = Expansion.Run(population, [new ExpansionInput($"list-{model}", scorer, population.Rows(seeds))], population.Rows(forAll), options)[0];
                    foreach (var size in audience.Thresholds)
                    {
                        lists.Add([.. audience.Members.Take(size.Users).Select(member => population.Name(member.User))]);
                        scorers.Add(scorer);
                        foreach (var user in seeds.Union(forAll)) excluded.Add(user, published.Count);
                        published.Add(new PublishedAudience($"list-{model}", country, size.Size.ToString(), size.Users, size.Score, size.LastUserId));
                    }
                }
            }

            using var membership = new RequestMembership(published, scorers, excluded);
            var all = Enumerable.Range(0, published.Count).ToArray();
            foreach (var user in users.Where(user => user.Active))
            {
                Assert.Equal(all.Where(audience => lists[audience].Contains(user.Id)), Find(membership, user, all));
            }

            // Lists hold no inactive users. An inactive user is a member if they would rank at or before the last listed user.
            foreach (var user in users.Where(user => !user.Active))
            {
                Assert.Equal(all.Where(audience => (published[audience].Country ?? user.Country) == user.Country && !excluded.Has(user.Id, audience)
                    && RanksIn(population, user.Id, scorers[audience], published[audience])), Find(membership, user, all));
            }
        }, iter: 25);

    [Fact]
    public void Answers_keep_the_order_of_the_candidates()
    {
        var user = TestPopulation.Random(1, Dimension, 1, "de")[0];
        var excluded = new KnownExclusions();
        foreach (var audience in new[] { 1, 4, 5 }) excluded.Add(user.Id, audience);
        var scorer = Scorer(0, 1);
        using var membership = new RequestMembership([.. Enumerable.Range(0, 8).Select(i => Audience(float.MinValue, country: i == 7 ? "us" : null))], Enumerable.Repeat(scorer, 8).ToArray(), excluded);
        Assert.Equal([6, 0, 2, 3, 0], Find(membership, user, 6, 5, 0, 4, 2, 1, 3, 7, 0));
        Assert.Empty(Find(membership, user));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Minus_zero_ties_with_zero_and_ids_break_the_tie(bool minusScore, bool minusThreshold)
    {
        var (bias, threshold) = (minusScore ? -0f : 0f, minusThreshold ? -0f : 0f);

        // −0 plus −0 times a positive number is −0, so the score keeps the sign of the bias.
        var scorer = new NetworkScorer(new Network([.. Enumerable.Repeat(-0f, Dimension + 1)], bias, [], []));
        var users = new[] { "a", "b", "ba", "é", "𝔸" }.Select(id => new TestUser(id, [.. Enumerable.Repeat(1f, Dimension)], "", true, 1)).ToArray();
        using var population = TestPopulation.Of(users);
        TestNumbers.AssertSameBits([bias], [Score(population, users[0].Id, scorer)]);
        using var membership = new RequestMembership([Audience(threshold, "ba"), Audience(threshold, "é"), Audience(float.Epsilon), Audience(-float.Epsilon, "")], [scorer, scorer, scorer, scorer], null);
        Assert.Equal([[0, 1, 3], [0, 1, 3], [0, 1, 3], [1, 3], [3]], users.Select(user => Find(membership, user, 0, 1, 2, 3)));
    }

    [Fact]
    public void Empty_audiences_and_audiences_of_other_countries_have_no_members()
    {
        var user = TestPopulation.Random(1, Dimension, 1, "de")[0];
        var scorer = Scorer(0, 1);
        using var membership = new RequestMembership(
            [Audience(float.MinValue) with { Users = 0, Score = float.NaN }, Audience(float.MinValue, country: "us"), Audience(float.MinValue, country: "de"), Audience(float.MinValue, country: "")],
            [scorer, scorer, scorer, scorer], null);
        Assert.Equal([2], Find(membership, user, 0, 1, 2, 3));
        Assert.Equal([3], Find(membership, user with { Country = "" }, 0, 1, 2, 3));
        Assert.Empty(Find(membership, user with { Country = "nowhere" }, 0, 1, 2, 3));
    }

    [Fact]
    public void Each_model_scores_at_most_once_and_only_if_the_score_can_matter()
    {
        var models = Enumerable.Range(0, 4).Select(_ => new CountedScorer()).ToArray();
        var user = TestPopulation.Random(1, Dimension, 1, "de")[0];
        var excluded = new KnownExclusions();
        excluded.Add(user.Id, 5);
        using var membership = new RequestMembership(
            [Audience(-1), Audience(2), Audience(-1), Audience(0, country: "us"), Audience(-1, country: "de"), Audience(-1), Audience(-1)],
            [models[0], models[0], models[1], models[2], models[0], models[3], models[1]], excluded);
        for (var times = 1; times < 4; times++)
        {
            Assert.Equal([0, 2, 4, 6], Find(membership, user, 0, 1, 2, 3, 4, 5, 6));
            Assert.Equal([times, times, 0, 0], models.Select(model => model.Asked));
        }
    }

    [Fact]
    public void A_score_of_NaN_is_an_error_and_not_an_answer()
    {
        var bad = new NetworkScorer(new Network(new float[Dimension + 1], float.NaN, [], []));
        using var membership = new RequestMembership([Audience(0)], [bad], null);
        var error = Assert.Throws<KindredException>(() => Find(membership, TestPopulation.Random(1, Dimension, 1)[0], 0));
        Assert.Equal(ErrorKind.Corrupt, error.Kind);
    }

    [Fact]
    public void A_folded_in_user_is_in_the_same_audiences_as_within_the_population()
    {
        // The last hundred users arrived after item training. The population holds all users as an update would fold them in.
        var all = TestInteractions.Random(600, 40, 3);
        var old = new SparseRows(all.Rows.Starts[..501], all.Rows.Columns, all.Rows.Weights);
        var options = new IalsOptions { Dimension = 16, Copies = 2, Iterations = 3, Threads = 1 };
        using var items = IalsTrainer.Train(new InteractionMatrix(all.Users.Select([.. Enumerable.Range(0, 500)]), all.Items, Whole(old)), options).Items;
        using var foldIn = new FoldIn(items, options.UnobservedWeight, options.Regularization, 1, options.Copies);
        using var embeddings = foldIn.Embed(all.Rows, 2);
        var activity = Activity.Of(all.Rows).Values;
        var users = Enumerable.Range(0, 600).Select(i => new TestUser(all.Users.GetString(i), embeddings.Row(i).ToArray(), _countries[i % 2], true, activity[i])).ToArray();
        using var population = TestPopulation.Of(users, 2);

        IUserScorer[] models = [TestNetworks.Scorer(32, 1), TestNetworks.Scorer(32, 2, 16), new EmbeddingDotScorer(TestNumbers.Array(32, 3), unitLength: true)];
        var audiences = Expansion.Run(population, [.. models.Select((model, i) => new ExpansionInput($"{i}", model, []))], [],
            new ExpansionOptions { Sizes = [AudienceSize.OfShare(0.2)], Country = "fr", Threads = 1 });
        using var membership = new RequestMembership([.. audiences.Select(audience => new PublishedAudience(
            audience.SeedListId, "fr", "20%", audience.Thresholds[0].Users, audience.Thresholds[0].Score, audience.Thresholds[0].LastUserId))], models, null);
        var found = 0;
        for (var i = 500; i < 600; i++)
        {
            var (columns, weights) = (all.Rows.ColumnsOf(i).ToArray(), all.Rows.WeightsOf(i).ToArray());
            using var alone = foldIn.Embed(new SparseRows(new long[] { 0, columns.Length }, columns, weights), 1);
            var members = Find(membership, users[i] with { Embedding = alone.Row(0).ToArray() }, 0, 1, 2);
            Assert.Equal(audiences.Select((audience, a) => (audience, a)).Where(pair => pair.audience.Members.Any(member => population.Name(member.User) == users[i].Id)).Select(pair => pair.a), members);
            found += members.Length;
        }

        Assert.InRange(found, 10, 290);
    }

    [Fact]
    public void NaN_thresholds_and_mismatched_scorers_are_refused()
    {
        var scorer = Scorer(0, 1);
        Assert.Contains("'list'", Assert.Throws<KindredException>(() => new RequestMembership([Audience(float.NaN)], [scorer], null)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RequestMembership([Audience(0)], [scorer, scorer], null));
        Assert.Throws<KindredException>(() => new RequestMembership([Audience(0)], [new ItemWeightsScorer([1, 2], 0, 1)], null));
        using var membership = new RequestMembership([Audience(0)], [scorer], null);
        Assert.Throws<ArgumentOutOfRangeException>(() => membership.Find("u"u8, "", new float[Dimension], 0, [0], []));
    }

    private static PublishedAudience Audience(float score, string last = "", string? country = null) => new("list", country, "1%", 1, score, last);

    private static SparseRows Whole(SparseRows rows) =>
        new(rows.Starts, rows.Columns[..(int)rows.Starts.Span[^1]], rows.Weights[..(int)rows.Starts.Span[^1]]);

    private static IUserScorer Scorer(int kind, ulong seed) => kind switch
    {
        0 => TestNetworks.Scorer(Dimension, seed),
        1 => TestNetworks.Scorer(Dimension, seed, 5),
        2 => TestNetworks.Scorer(Dimension, seed, 12, 6),
        _ => new EmbeddingDotScorer(TestNumbers.Array(Dimension, seed), unitLength: true),
    };

    private static Audience? Run(Population population, ExpansionInput input, IReadOnlyList<UserRow> excluded, ExpansionOptions options)
    {
        try
        {
            return Expansion.Run(population, [input], excluded, options)[0];
        }
        catch (AudienceTooLargeException)
        {
            return null;
        }
    }

    private static string[] Some(TestUser[] users, ref SeededRandom random, int oneIn)
    {
        var some = new List<string>();
        foreach (var user in users)
        {
            if (random.NextInt32(oneIn) == 0) some.Add(user.Id);
        }

        return [.. some];
    }

    private static int[] Find(RequestMembership membership, TestUser user, params int[] candidates)
    {
        var members = new int[candidates.Length];
        return members[..membership.Find(Encoding.UTF8.GetBytes(user.Id), user.Country, user.Embedding, user.Activity, candidates, members)];
    }

    private static bool RanksIn(Population population, string user, IUserScorer scorer, PublishedAudience audience)
    {
        var score = Score(population, user, scorer);
        return score > audience.Score || (score == audience.Score && TestPopulation.Utf8Order.Compare(user, audience.LastUserId) <= 0);
    }

    private static float Score(Population population, string user, IUserScorer scorer)
    {
        var at = population.Rows([user])[0];
        using var tile = new UserTile(population.Dimension);
        tile.Load(population.Shards[at.Shard], at.Row, 1);
        var scores = new float[1];
        scorer.Score(tile, scores);
        return scores[0];
    }

    /// <summary>Gives every user the score 0.</summary>
    private sealed class CountedScorer : ILinearStart
    {
        public int Asked { get; private set; }

        public UserInputs Reads => UserInputs.Embedding;

        public double CostPerPair => 1;

        public float Bias => 0;

        public ReadOnlySpan<float> Weights => new float[Dimension + 1];

        public void Score(UserTile users, Span<float> scores) => throw new NotSupportedException();

        public void Finish(UserTile users, Span<float> scores) => throw new NotSupportedException();

        public float Finish(ReadOnlySpan<float> user, float sum)
        {
            Asked++;
            return sum;
        }
    }

    private sealed class KnownExclusions : IExcludedUsers
    {
        private readonly Dictionary<string, SortedSet<int>> _audiences = [];

        public void Add(string user, int audience)
        {
            if (!_audiences.TryGetValue(user, out var own)) _audiences[user] = own = [];
            own.Add(audience);
        }

        public bool Has(string user, int audience) => _audiences.TryGetValue(user, out var own) && own.Contains(audience);

        public int Find(ReadOnlySpan<byte> userId, Span<int> audiences)
        {
            if (!_audiences.TryGetValue(Encoding.UTF8.GetString(userId), out var own)) return 0;
            own.ToArray().CopyTo(audiences);
            return own.Count;
        }
    }
}
