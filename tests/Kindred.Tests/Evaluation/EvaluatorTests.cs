using Kindred.Baselines;
using Kindred.Evaluation;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private static readonly TestUser[] _users = TestPopulation.Random(400, 1, 1, "de", "us");
    private static readonly Dictionary<string, float> _scores = _users.ToDictionary(user => user.Id, user => MathF.Floor(user.Activity * 8));
    private static readonly string[] _seeds = [.. _users.Where((user, i) => i % 4 == 0).Select(user => user.Id)];
    private static readonly string[] _held = [.. _seeds.Where((_, i) => i % 5 == 0)];

    [Theory]
    [InlineData(null, 1)]
    [InlineData("us", 3)]
    public void Recall_and_precision_equal_a_sort_of_all_users_without_the_training_seeds(string? country, int shards)
    {
        double[] fractions = [0.01, 0.05, 0.3, 1];
        var result = Evaluate(shards, country, fractions, new TableMethod(_scores));
        var population = _users.Where(user => user.Active && (country is null || user.Country == country)).ToArray();
        var ranked = population.Where(user => !_seeds.Contains(user.Id) || _held.Contains(user.Id))
            .OrderByDescending(user => _scores[user.Id]).ThenBy(user => user.Id, TestPopulation.Utf8Order).Select(user => user.Id).ToArray();
        var held = _held.Intersect(population.Select(user => user.Id)).ToArray();
        Assert.InRange(held.Length, 5, _held.Length - 1);

        var list = Assert.Single(result.Lists);
        Assert.Equal(held.Length, list.HeldOut);
        Assert.Equal(_seeds.Length - _held.Length, list.Training);
        for (var i = 0; i < fractions.Length; i++)
        {
            var k = Math.Min(ranked.Length, (int)Math.Max(1, Math.Round(fractions[i] * population.Length, MidpointRounding.AwayFromZero)));
            var found = ranked.Take(k).Intersect(held).Count();
            Assert.Equal(found / (double)held.Length, list.Recall[i]);
            Assert.Equal(ExpansionMetrics.Precision(found, held.Length, k, ranked.Length, out var defined), list.Precision[i]);
            Assert.Equal(defined, list.PrecisionDefined[i]);
        }

        Assert.Equal(1, list.Recall[^1]);
        Assert.Equal(list.Recall.Average(), result.AverageRecall, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_set_method_is_called_for_each_size_with_the_rankings_of_its_parts(int shards)
    {
        double[] fractions = [0.01, 0.1, 0.5];
        using var population = TestPopulation.Of(_users, shards);
        var evaluator = new Evaluator(population, new EvaluationOptions { Fractions = fractions, Threads = shards });
        Dictionary<string, float>[] parts = [_scores, _users.ToDictionary(user => user.Id, user => user.Embedding[0])];
        var result = evaluator.Evaluate(new EveryOther(parts), [[Split(population, _seeds, _held)]]).Lists.Single();
        var candidates = _users.Where(user => user.Active && (!_seeds.Contains(user.Id) || _held.Contains(user.Id))).Select(user => user.Id).ToArray();
        var held = _held.Intersect(candidates).ToArray();
        var rankings = parts.Select(scores => candidates.OrderByDescending(id => scores[id]).ThenBy(id => id, TestPopulation.Utf8Order).ToArray()).ToArray();
        for (var i = 0; i < fractions.Length; i++)
        {
            var k = (int)Math.Round(fractions[i] * _users.Count(user => user.Active), MidpointRounding.AwayFromZero);

            // Sets that are not nested: even sizes take the first part's users, odd sizes the second's.
            var found = rankings[k % 2].Take(k).Intersect(held).Count();
            Assert.Equal(found / (double)held.Length, result.Recall[i]);
            Assert.Equal(ExpansionMetrics.Precision(found, held.Length, k, candidates.Length, out _), result.Precision[i]);
        }

        Assert.NotEqual(rankings[0].Take(100).Intersect(held).Count(), rankings[1].Take(100).Intersect(held).Count());
    }

    [Fact]
    public void Size_counts_active_users_and_is_at_least_one()
    {
        // Of 150 active users, 1% is 1.5, so k is 2. 0.1% rounds to 0, so k is 1.
        var users = Enumerable.Range(0, 200).Select(i => new TestUser($"u{i:000}", [0], Active: i < 150)).ToArray();
        var scores = users.ToDictionary(user => user.Id, user => user.Id is "u001" or "u002" ? 2f : user.Id == "u003" ? 1f : 0f);
        using var population = TestPopulation.Of(users);
        var evaluator = new Evaluator(population, new EvaluationOptions { Fractions = [0.001, 0.01, 0.02] });
        var split = Split(population, ["u001", "u002", "u003", "u004"], ["u001", "u002", "u003"]);
        var list = evaluator.Evaluate(new TableMethod(scores), [[split]], new SampleWeightOptions()).Lists[0];
        Assert.Equal([1.0 / 3, 2.0 / 3, 1], list.Recall);
    }

    [Fact]
    public void A_method_never_sees_a_held_out_user()
    {
        var method = new TableMethod(_scores);
        Evaluate(2, null, [0.1], method);
        using var population = TestPopulation.Of(_users, 2);
        Assert.Equal(_seeds.Except(_held).Order(), method.Trained.Single().Users.Select(population.Name).Order());
    }

    [Fact]
    public void Random_ranking_finds_the_audiences_share_of_the_candidates()
    {
        using var population = TestPopulation.Of(TestPopulation.Random(1_000, 1, 2), 2);
        var users = TestPopulation.Random(1_000, 1, 2).Where(user => user.Active).Select(user => user.Id).ToArray();
        var lists = Enumerable.Range(0, 300).Select(i => SeedMatch.Of(
            TestPopulation.List($"list {i}", users.Where((_, u) => u % 30 == i % 30)), population)).ToArray();
        var splits = lists.Select(list => (IReadOnlyList<HoldOut>)[HoldOut.Random(list, 0.3, 1, 0, population)]).ToArray();
        var evaluator = new Evaluator(population, new EvaluationOptions { Fractions = [0.2], Threads = 2 });
        var result = evaluator.Evaluate(new RandomMethod(1), splits, new SampleWeightOptions());
        var expected = Math.Round(0.2 * users.Length, MidpointRounding.AwayFromZero) / (users.Length - result.Lists.Average(list => list.Training));

        // With about 9 held-out users per list and 300 lists, the standard error is below 0.01.
        Assert.Equal(expected, result.AverageRecall, 4 * result.AverageRecallStandardError);
        Assert.InRange(result.AverageRecallStandardError, 0.004, 0.012);
    }

    [Fact]
    public void Engaged_recall_weights_every_held_out_user_by_metrics()
    {
        // Held out are u1 (weight 6), u2 (3) and u3 (unknown, so the mean: 4.5).
        // u2 ranks first, then u3. A second metric weights u1 and u2 equally.
        var users = Enumerable.Range(0, 10).Select(i => new TestUser($"u{i}", [0])).ToArray();
        using var population = TestPopulation.Of(users);
        var list = TestPopulation.List("list", ["u1", "u2", "u3", "u4"]) with
        {
            Metrics = new Dictionary<string, float[]> { ["visits"] = [6, 3, float.NaN, 50], ["clicks"] = [1, 1, 0, 0] },
        };
        var split = HoldOut.Given(SeedMatch.Of(list, population), TestPopulation.Sorted(["u1", "u2", "u3"]), population);
        var scores = users.ToDictionary(user => user.Id, user => user.Id switch { "u2" => 3f, "u3" => 2f, "u1" => -1f, _ => 0f });
        var evaluator = new Evaluator(population, new EvaluationOptions { Fractions = [0.1, 0.2, 1] });
        var found = evaluator.Evaluate(new TableMethod(scores), [[split]]).Lists[0];
        Assert.Equal([(3 / 13.5 + 0.5) / 2, (7.5 / 13.5 + 0.5) / 2, 1], found.EngagedRecall.Select(share => Math.Round(share, 15)), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([1.0 / 3, 2.0 / 3, 1], found.Recall);
    }

    [Fact]
    public void Users_set_aside_are_neither_ranked_nor_held_out()
    {
        // The best four are seeds that are not trained on. If they were ranked, no other user would be among the first two.
        var users = Enumerable.Range(0, 20).Select(i => new TestUser($"u{i:00}", [0])).ToArray();
        using var population = TestPopulation.Of(users);
        var seeds = SeedMatch.Of(TestPopulation.List("list", users.Take(8).Select(user => user.Id)), population);
        var split = HoldOut.Given(seeds, TestPopulation.Sorted(["u06", "u07"]), population).WithTraining(2, 1, population);
        var scores = users.ToDictionary(user => user.Id, user => string.CompareOrdinal(user.Id, "u06") < 0 ? 9f : user.Id is "u06" or "u07" ? 5f : 0f);
        var found = new Evaluator(population, new EvaluationOptions { Fractions = [0.1] }).Evaluate(new TableMethod(scores), [[split]]).Lists[0];
        Assert.Equal((2, 1.0), (found.Training, found.Recall[0]));
    }

    [Fact]
    public void Repeated_splits_are_averaged_per_list()
    {
        using var population = TestPopulation.Of(_users);
        var evaluator = new Evaluator(population, new EvaluationOptions { Fractions = [0.1, 0.5] });
        HoldOut a = Split(population, _seeds, _held), b = Split(population, _seeds, _seeds[..20]), c = Split(population, _seeds[..50], _seeds[..9]);
        var method = new TableMethod(_scores);
        var together = evaluator.Evaluate(method, [[a, b], [c]], new SampleWeightOptions()).Lists;
        var alone = evaluator.Evaluate(method, [[a], [b], [c]], new SampleWeightOptions()).Lists;
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal((alone[0].Recall[i] + alone[1].Recall[i]) / 2, together[0].Recall[i], 1e-12);
            Assert.Equal((alone[0].Precision[i] + alone[1].Precision[i]) / 2, together[0].Precision[i], 1e-12);
            Assert.Equal(alone[2].Recall[i], together[1].Recall[i]);
        }
    }

    [Fact]
    public void A_list_without_a_held_out_candidate_is_refused_by_name()
    {
        using var population = TestPopulation.Of(_users);
        var evaluator = new Evaluator(population, new EvaluationOptions { Country = "us" });
        var abroad = _users.Where(user => user.Country == "de").Take(3).Select(user => user.Id).ToArray();
        var error = Assert.Throws<KindredException>(() => evaluator.Evaluate(
            new TableMethod(_scores), [[Split(population, _seeds.Union(abroad), abroad)]], new SampleWeightOptions()));
        Assert.Contains("'list' has no held-out user", error.Message, StringComparison.Ordinal);
        Assert.Contains("3 held out in all", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_are_compared_by_the_difference_on_each_list()
    {
        EvaluationResult first = Result(0.5, 0.3, 0.9), second = Result(0.4, 0.1, 0.9);
        var (difference, error) = first.MinusPaired(second);
        Assert.Equal(0.1, difference, 1e-12);

        // The differences .1, .2 and 0 have the standard deviation .1.
        Assert.Equal(0.1 / Math.Sqrt(3), error, 1e-12);
        Assert.True(double.IsNaN(Result(0.5).AverageRecallStandardError));

        static EvaluationResult Result(params double[] recalls) => new("method", [0.1],
            [.. recalls.Select((recall, i) => new ListEvaluation($"list {i}", 10, 9, 1, [recall], [0], [1]))]);
    }

    private static EvaluationResult Evaluate(int shards, string? country, double[] fractions, TableMethod method)
    {
        using var population = TestPopulation.Of(_users, shards);
        var evaluator = new Evaluator(population, new EvaluationOptions { Country = country, Fractions = fractions, Threads = shards });
        return evaluator.Evaluate(method, [[Split(population, _seeds, _held)]], new SampleWeightOptions());
    }

    private sealed class EveryOther(IEnumerable<Dictionary<string, float>> scores) : ISetMethod
    {
        public string Name => "every other";

        public UserInputs Reads => UserInputs.None;

        public IReadOnlyList<IExpansionMethod> Parts { get; } = [.. scores.Select(part => new TableMethod(part))];

        public UserRow[] Combine(IReadOnlyList<IReadOnlyList<UserRow>> rankings, int size, int seeds)
        {
            Assert.Equal(_seeds.Length - _held.Length, seeds);
            return [.. rankings[size % 2].Take(size)];
        }
    }

    private static HoldOut Split(Population population, IEnumerable<string> seeds, IEnumerable<string> held) =>
        HoldOut.Given(SeedMatch.Of(TestPopulation.List("list", seeds), population), TestPopulation.Sorted(held), population);
}
