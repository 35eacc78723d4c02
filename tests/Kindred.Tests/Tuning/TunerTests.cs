using Kindred.Blends;
using Kindred.Catalog;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;
using Kindred.Tuning;

namespace Kindred.Tests.Tuning;

public sealed class TunerTests
{
    private static readonly Lazy<TuningResult> _tuning = new(() => Tune(1, 2));

    [Fact]
    public void Tuning_is_the_same_for_any_shards_and_threads()
    {
        var expected = Text(_tuning.Value);
        Assert.Equal(expected, Text(Tune(3, 1)));
        Assert.Equal(expected, Text(Tune(2, 3)));
    }

    [Fact]
    public void Every_method_is_tried_on_every_list_and_blends_are_better_than_chance()
    {
        var result = _tuning.Value;
        Assert.All(result.Lists, list => Assert.Equal(result.Methods.Count, list.Recall.Count));
        for (var m = 0; m < result.Methods.Count; m++)
        {
            Assert.Equal(result.Lists.Average(list => list.Recall[m]), result.Methods[m].Recall, 12);
        }

        // By chance, held-out users are found in proportion to the sizes.
        Assert.All(result.Choices, choice => Assert.True(choice.Recall > 1.3 * TuningWorld.Options.Fractions.Average(), choice.ToString()));
    }

    [Fact]
    public void A_servable_blend_reads_no_items_and_a_cheap_blend_stays_within_its_cost()
    {
        var result = _tuning.Value;
        var served = result.Best(servable: true, null);
        Assert.DoesNotContain(served.Blends.SelectMany(blend => blend.Parts), part => Methods.All.Variant(part.Method).Reads.HasFlag(UserInputs.Items));
        Assert.Contains(result.Best(false, null).Recall, result.Choices.Select(choice => choice.Recall));
        var best = result.Best(false, null);
        Assert.All(result.Choices.Where(choice => choice.IsSingle), choice => Assert.True(choice.Recall <= best.Recall + best.GainStandardError));
        var cost = result.Choices.Min(choice => choice.CostPerPair);
        Assert.Equal(cost, result.Best(false, cost).CostPerPair);
        var error = Assert.Throws<KindredException>(() => result.Best(false, cost / 2));
        Assert.Equal("tuning_without_cheap_blend", error.Code);
    }

    [Fact]
    public void A_blend_ranks_by_the_standardised_scores_of_its_parts()
    {
        var users = TuningWorld.Users();
        using var population = TestPopulation.Of(users);
        var context = TestTraining.Context(population);
        var seeds = users.Where((user, i) => i % 4 == 1 && i % 3 == 0).Select(user => user.Id).ToArray();
        var match = SeedMatch.Of(TestPopulation.List("list", seeds), population);
        var weights = TestTraining.Ones(match.Users.Count);
        BlendPart[] parts = [new("linear-2.5", 2), new("linear-10", 1), new("ridge-50", 1), new("iv", 3), new("foldin-0.1", 1), new("lsh", 1)];
        var choice = new TuningChoice(false, 0, [new SizeBlend(0, parts, 1, 1, 9, 0)], 0, 0, 0);
        var auto = new AutoMethod(choice, 1, 1, Methods.All.Variant).Train(match, weights, context);
        var others = users.Where(user => user.Active && !seeds.Contains(user.Id)).Select(user => user.Id).ToArray();
        var expected = new double[users.Length];
        foreach (var part in parts)
        {
            var scorer = Methods.All.Variant(part.Method).Create(1, 1).Train(match, weights, context).Scorer;
            var onOthers = TasteWorld.Score(scorer, population, others);
            var mean = onOthers.Average(score => (double)score);
            var deviation = Math.Sqrt(onOthers.Average(score => (score - mean) * (score - mean)));
            var scores = TasteWorld.Score(scorer, population, users.Select(user => user.Id));
            for (var i = 0; i < expected.Length; i++) expected[i] += part.Count * (scores[i] - mean) / deviation;
        }

        var actual = TasteWorld.Score(auto.Scorer, population, users.Select(user => user.Id));
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-3);
        // Ridge and information value are now one score, and so are both linear models.
        Assert.Equal(4, Assert.IsType<BlendScorer>(auto.Scorer).Parts.Count);
        TestNumbers.AssertSameBits(actual, TasteWorld.Score(Methods.All.ReadScorer(((IStoredScorer)auto.Scorer).Parameters), population, users.Select(user => user.Id)));
    }

    [Fact]
    public void A_list_gets_the_blend_of_its_size_range()
    {
        SizeBlend[] blends = [new SizeBlend(0, [new("iv", 1)], 9, 1, 9, 0.1), new SizeBlend(100, [new("lsh", 1)], 9, 1, 9, 0.1), new SizeBlend(500, [new("mlp", 1)], 9, 1, 9, 0.1)];
        var choice = new TuningChoice(false, 1, blends, 0, 0, 0);
        Assert.Equal(["iv", "iv", "lsh", "lsh", "mlp", "mlp"], new[] { 0, 99, 100, 499, 500, 100_000 }.Select(size => choice.For(size).Parts[0].Method));
    }

    [Fact]
    public void Without_items_a_tenth_of_each_seed_list_is_held_out()
    {
        var users = TuningWorld.Users().Select(user => user with { Items = null }).ToArray();
        using var population = TestPopulation.Of(users);
        SeedMatch[] lists = [.. Enumerable.Range(0, 6).Select(k =>
            SeedMatch.Of(TestPopulation.List($"list {k}", users.Where((_, i) => i % 6 == k).Select(user => user.Id)), population))];
        var result = Tuner.OnFolds(TestTraining.Context(population), lists, "space", Methods.All.Variants, TuningWorld.Options);
        Assert.Equal(TuningSource.SeedLists, result.Source);
        Assert.Equal(lists.Select(list => (list.List.Id, list.Users.Count - (int)Math.Round(0.1 * list.Users.Count, MidpointRounding.AwayFromZero))), result.Lists.Select(list => (list.Id, list.Seeds)));
        Assert.All(result.Methods, method => Assert.False(Methods.All.Variant(method.Id).Reads.HasFlag(UserInputs.Items)));
    }

    [Fact]
    public void If_all_users_have_equally_many_items_hiding_reveals_members_and_is_refused()
    {
        var users = TuningWorld.Users().Select((user, i) => user with { Items = [.. Enumerable.Range(0, 5).Select(k => (i + 13 * k) % 80).Order()] }).ToArray();
        using var population = TestPopulation.Of(users);
        var error = Assert.Throws<NoPseudoListsException>(() => Tuner.OnPseudoLists(population, TuningWorld.Ials, "space", Methods.All.Variants, TuningWorld.Options));
        Assert.Contains("fewer items than any user of the population", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_interactions_there_are_no_pseudo_lists()
    {
        var users = TuningWorld.Users(60).Select((user, i) => user with { Items = i == 0 ? [3] : [] }).ToArray();
        using var population = TestPopulation.Of(users);
        Assert.Throws<NoPseudoListsException>(() => Tuner.OnPseudoLists(population, TuningWorld.Ials, "space", Methods.All.Variants, TuningWorld.Options));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(45)]
    public void Lists_of_one_size_form_one_range_and_too_few_lists_get_no_blend(int count)
    {
        var users = TuningWorld.Users().Select(user => user with { Items = null }).ToArray();
        using var population = TestPopulation.Of(users);
        SeedMatch[] lists = [.. Enumerable.Range(0, count).Select(k =>
            SeedMatch.Of(TestPopulation.List($"list {k}", Enumerable.Range(0, 60).Select(j => users[(k * 31 + j * 7) % users.Length].Id).Distinct()), population))];
        var result = Tuner.OnFolds(TestTraining.Context(population), lists, "space", Methods.All.Variants, TuningWorld.Options);
        Assert.All(result.Choices, choice => Assert.Equal(count >= 5, choice.MeasuredApart));
        Assert.All(result.Choices, choice => Assert.Single(choice.Blends));
        if (count < 5) Assert.All(result.Choices, choice => Assert.Single(choice.Blends[0].Parts));
    }

    [Fact]
    public void Every_budget_finds_the_best_blend_within_it()
    {
        var result = _tuning.Value;
        // A budget of a method's cost plus one step to standardise it must find that method or a better blend.
        foreach (var method in result.Methods)
        {
            var best = result.Best(Methods.All.Variant(method.Id).IsServable, method.CostPerPair + 1);
            Assert.True(best.CostPerPair <= method.CostPerPair + 1 && best.Recall + best.GainStandardError >= method.Recall - 1e-12, method.Id);
        }
    }

    private static TuningResult Tune(int shards, int threads)
    {
        using var population = TuningWorld.Population(shards);
        return Tuner.OnPseudoLists(population, TuningWorld.Ials with { Threads = threads }, "space", Methods.All.Variants, TuningWorld.Options with { Threads = threads });
    }

    private static string Text(TuningResult result) => System.Text.Json.JsonSerializer.Serialize(result);
}
