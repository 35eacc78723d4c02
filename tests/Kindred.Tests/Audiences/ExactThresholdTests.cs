using System.Text;
using Kindred.Audiences;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Scoring;
using Kindred.Tests.Populations;
using Kindred.Tests.Scoring;

namespace Kindred.Tests.Audiences;

/// <summary>Tests the steps of a distributed run (sample, bracket, counts, threshold, members) against plain sorting.</summary>
public sealed class ExactThresholdTests
{
    [Fact]
    public void Sample_bracket_counts_and_members_equal_a_full_sort_whatever_the_shards_threads_ties_and_countries() =>
        Gen.Select(Gen.Int[30, 500], Gen.Int[1, 6], Gen.Int[1, 3], Gen.ULong, Gen.Int[5, 600]).Sample((count, shards, threads, seed, sampled) =>
        {
            var users = TestPopulation.Random(count, 1, seed, "de", "fr", "us");
            using var population = TestPopulation.Of(users, shards);
            var random = new SeededRandom(seed + 1);
            foreach (var values in new[] { 1, 3, 40, 1_000_000 })
            {
                var scores = users.ToDictionary(user => user.Id, _ => Score(ref random, values));
                var seeds = users.Where(_ => random.NextInt32(4) == 0).Select(user => user.Id).ToHashSet();
                var others = users.Where(_ => random.NextInt32(6) == 0).Select(user => user.Id).ToHashSet();
                var scorer = new TableScorer(scores);
                UserSet[] excluded = [UserSet.Of(population, population.Rows(seeds)), UserSet.Of(population, population.Rows(others))];
                int?[] countries = [null, .. Enumerable.Range(0, population.Countries.Count)];
                foreach (var country in countries)
                {
                    var ranked = Ranked(users, scores, [.. seeds, .. others], country is null ? null : population.Countries[country.Value], activeOnly: true);
                    if (ranked.Length < 2) continue;
                    long[] sizes = [.. new long[] { 1 + random.NextInt32(ranked.Length), 1 + random.NextInt32(ranked.Length), ranked.Length }.Distinct().Order()];
                    var target = new AudienceTarget(scorer, country, excluded, sizes);
                    var ends = Ends(population, target, sampled, 3, threads);
                    Assert.Equal(sizes.Select(size => ranked[size - 1]), ends.Select(end => (population.Name(end.Last), end.Score)));

                    // Members among all users, active or not, with the same thresholds.
                    var all = Ranked(users, scores, [.. seeds, .. others], country is null ? null : population.Countries[country.Value], activeOnly: false);
                    var members = Members(population, target, ends, activeOnly: false, threads);
                    for (var size = 0; size < sizes.Length; size++)
                    {
                        var end = ranked[sizes[size] - 1];
                        var expected = all.Where(user => user.Score > end.Score || (user.Score == end.Score && TestPopulation.Utf8Order.Compare(user.Id, end.Id) <= 0));
                        Assert.Equal(expected.Select(user => user.Id).Order(), members.Where(member => member.Size <= size).Select(member => member.Id).Order());
                    }

                    Assert.Equal(ranked.Take((int)sizes[^1]).Select(user => user.Id).Order(),
                        Members(population, target, ends, activeOnly: true, threads).Select(member => member.Id).Order());
                }
            }
        }, iter: 25);

    [Fact]
    public void Targets_of_several_countries_share_one_pass_without_changing_each_other()
    {
        var users = TestPopulation.Random(3_000, 1, 5, "de", "fr", "us");
        using var population = TestPopulation.Of(users, 2);
        var random = new SeededRandom(3);
        var scorers = Enumerable.Range(0, 3).Select(_ => (IUserScorer)new TableScorer(users.ToDictionary(user => user.Id, _ => Score(ref random, 50)))).ToArray();
        var none = UserSet.Of(population, []);
        AudienceTarget[] targets =
        [
            new(scorers[0], 0, [none], [10, 40]), new(scorers[0], 2, [none], [7]), new(scorers[1], null, [none], [5, 100, 300]), new(scorers[2], 1, [none], [1]),
        ];
        ScoreBracket[][] brackets = [.. targets.Select(target => target.Sizes.Select(_ => ScoreBracket.Everything).ToArray())];
        for (var shard = 0; shard < 2; shard++)
        {
            var together = BracketScan.Count(population, shard, targets, brackets, 2);
            for (var t = 0; t < targets.Length; t++)
            {
                var alone = BracketScan.Count(population, shard, [targets[t]], [brackets[t]], 1)[0];
                Assert.Equal(alone.Select(count => count.Above), together[t].Select(count => count.Above));
                Assert.Equal(alone.SelectMany(count => count.Inside), together[t].SelectMany(count => count.Inside));
                Assert.NotEmpty(alone[0].Inside);
            }
        }
    }

    [Fact]
    public void A_bracket_that_misses_the_threshold_is_reported_and_selection_still_finds_it()
    {
        var users = TestPopulation.Random(500, 1, 9);
        using var population = TestPopulation.Of(users, 2);
        var scores = users.ToDictionary(user => user.Id, user => user.Activity);
        var target = new AudienceTarget(new TableScorer(scores), null, [UserSet.Of(population, [])], [20]);
        var ranked = Ranked(users, scores, [], null, activeOnly: true);
        foreach (var (low, high) in new[] { (ranked[10].Score, ranked[5].Score), (ranked[50].Score, ranked[30].Score) })
        {
            var counts = Enumerable.Range(0, 2).Select(shard => BracketScan.Count(population, shard, [target], [[new ScoreBracket(low, high)]], 1)[0][0]).ToArray();
            Assert.Null(ExactThreshold.Of(population, 20, counts));
        }

        var end = Assert.Single(ExactThreshold.BySelection(population, target, 2));
        Assert.Equal(ranked[19], (population.Name(end.Last), end.Score));
    }

    [Fact]
    public void A_bracket_of_four_standard_errors_is_narrow_and_rarely_misses()
    {
        var users = TestPopulation.Random(20_000, 1, 4);
        using var population = TestPopulation.Of(users);
        var scores = users.ToDictionary(user => user.Id, user => user.Activity);
        var target = new AudienceTarget(new TableScorer(scores), null, [UserSet.Of(population, [])], [200, 1_000]);
        var ranked = Ranked(users, scores, [], null, activeOnly: true);
        var (missed, inside) = (0, 0);
        for (var seed = 0UL; seed < 300; seed++)
        {
            var sample = UserSample.Of(population, null, 2_000, seed, 1);
            TargetSample.ForEach(population, sample, [target], 1, (_, of) =>
            {
                Assert.Equal(ranked.Length, of.Candidates);
                foreach (var size in target.Sizes)
                {
                    var (low, high) = of.BracketOf(size, 4);
                    if (ranked[size - 1].Score < low || ranked[size - 1].Score > high) missed++;
                    inside += ranked.Count(user => user.Score >= low && user.Score <= high);
                }
            });
        }

        // 0.04 misses in 600 are expected. A bracket of one standard error would miss about 190 times.
        Assert.InRange(missed, 0, 2);
        Assert.InRange(inside / 600.0, 100, 1_000);
    }

    private static AudienceEnd[] Ends(Population population, AudienceTarget target, int sampled, double standardErrors, int threads)
    {
        var sample = UserSample.Of(population, target.Country, sampled, 1, threads);
        ScoreBracket[] brackets = [];
        TargetSample.ForEach(population, sample, [target], threads, (_, of) => brackets = [.. target.Sizes.Select(size => of.BracketOf(size, standardErrors))]);
        var counts = Enumerable.Range(0, population.Shards.Count).Select(shard => BracketScan.Count(population, shard, [target], [brackets], threads)[0]).ToArray();
        var ends = target.Sizes.Select((size, i) => ExactThreshold.Of(population, size, [.. counts.Select(shard => shard[i])])).ToArray();
        return ends.All(end => end is not null) ? [.. ends.Select(end => end!.Value)] : ExactThreshold.BySelection(population, target, threads);
    }

    private static (string Id, int Size)[] Members(Population population, AudienceTarget target, AudienceEnd[] ends, bool activeOnly, int threads)
    {
        MemberLimit[] limits = [.. ends.Select(end => new MemberLimit(end.Score, population.UserId(end.Last).ToArray()))];
        return [.. Enumerable.Range(0, population.Shards.Count).SelectMany(shard =>
            MemberScan.Find(population, shard, [target], [limits], activeOnly, threads)[0]
                .Select(member => (Encoding.UTF8.GetString(population.Shards[shard].UserIds[member.Row]), member.Size)))];
    }

    private static (string Id, float Score)[] Ranked(TestUser[] users, Dictionary<string, float> scores, string[] excluded, string? country, bool activeOnly) =>
    [
        .. users.Where(user => (user.Active || !activeOnly) && !excluded.Contains(user.Id) && (country is null || user.Country == country))
            .Select(user => (user.Id, Score: scores[user.Id] + 0f))
            .OrderByDescending(user => user.Score).ThenBy(user => user.Id, TestPopulation.Utf8Order),
    ];

    private static float Score(ref SeededRandom random, int values) => random.NextInt32(values) switch { 0 => -0f, 1 => 0f, var n => n - values / 2f };
}
