using Kindred.Catalog;
using Kindred.Populations;
using Kindred.Scoring;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedModels;

/// <summary>The contract of every method in <see cref="MethodUnderTest"/>, which finds new methods by their descriptors.</summary>
public sealed class MethodContractTests : IDisposable
{
    private static readonly TestUser[] _users = TasteWorld.Users(720);
    private static readonly string[] _ids = [.. _users.Select(user => user.Id)];
    private static readonly string[] _seeds = TasteWorld.Seeds(_users);
    private readonly Population _population = TestPopulation.Of(_users);

    public static TheoryData<string> Names => [.. MethodUnderTest.All.Keys];

    public void Dispose() => _population.Dispose();

    [Fact]
    public void Every_method_of_the_library_is_listed_and_tested_against_this_contract()
    {
        var known = MethodUnderTest.All.Values.Select(method => method.Create().GetType()).Where(type => type.Assembly == typeof(IExpansionMethod).Assembly);
        var all = typeof(IExpansionMethod).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IExpansionMethod)));
        Assert.Equal(all.Select(type => type.Name).Order(), known.Select(type => type.Name).Distinct().Order());
        Assert.Contains("toy", MethodUnderTest.All.Keys);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_descriptor_matches_the_method_and_its_scorers(string name)
    {
        var (descriptor, method) = (MethodUnderTest.All[name].Descriptor, MethodUnderTest.All[name].Create());
        Assert.Equal(descriptor.Name, method.Name);
        if (descriptor.Reads is { } reads) Assert.Equal(reads, method.Reads);
        else Assert.True(descriptor.NeedsTuning);
        Assert.Equal(descriptor.StartsFromPreviousModel, method is IWarmStart);
        Assert.EndsWith(".", descriptor.Summary, StringComparison.Ordinal);
        var scorer = Train(method, _population).Scorer;
        Assert.Equal(descriptor.HasModels, scorer is IStoredScorer);
        if (scorer is IStoredScorer stored) Assert.Contains(stored.Parameters.Kind, descriptor.Scorers.Select(format => format.Kind));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_model_that_grows_with_the_seeds_is_described_as_containing_them(string name)
    {
        if (!MethodUnderTest.All[name].Learns) return;
        var (few, many) = (PartsOf(_seeds[..30]), PartsOf(_seeds[..60]));
        if (Numbers(few) != Numbers(many))
        {
            Assert.True(many.Any(part => MethodUnderTest.All[name].Descriptor.Scorers.Any(format => format.Kind == part.Kind && format.HoldsSeeds)
                || Methods.All.HoldsSeeds(part.Kind)), $"{Numbers(few)} numbers for 30 seeds, {Numbers(many)} for 60: such a model must be deleted with a seed.");
        }

        if (name is "nearest" or "jaccard" or "toy") Assert.True(Numbers(few) < Numbers(many));

        ScorerParameters[] PartsOf(string[] seeds) =>
            [.. Parts(((IStoredScorer)Train(MethodUnderTest.All[name].Create(), _population, seeds).Scorer).Parameters)];

        static long Numbers(ScorerParameters[] parts) => parts.Sum(part => part.Tensors.Sum(tensor => tensor.Values.LongLength));

        static IEnumerable<ScorerParameters> Parts(ScorerParameters scorer) => [scorer, .. scorer.Parts.SelectMany(Parts)];
    }

    [Theory, MemberData(nameof(Names))]
    public void A_scorer_reads_what_its_method_declares_and_states_its_cost(string name)
    {
        var method = MethodUnderTest.All[name].Create();
        var scorer = Train(method, _population).Scorer;
        Assert.Equal(method.Reads, scorer.Reads);
        Assert.InRange(scorer.CostPerPair, double.Epsilon, double.MaxValue);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_user_has_one_score_whatever_the_shards_and_the_tile(string name)
    {
        foreach (var limit in new[] { int.MaxValue, 300 })
        {
            var expected = Scores(_population);
            Assert.All(expected, score => Assert.True(float.IsFinite(score)));
            foreach (var shards in new[] { 2, 5 })
            {
                using var population = TestPopulation.Of(_users, shards);
                TestNumbers.AssertSameBits(expected, Scores(population));
                TestNumbers.AssertSameBits(expected, Scores(population, 7, 100));
            }

            float[] Scores(Population population, int firstRow = 0, int tileUsers = UserTile.Capacity) => TasteWorld.Score(
                Train(MethodUnderTest.All[name].Create(), population, poolLimit: limit).Scorer, population, _ids, firstRow, tileUsers);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_list_gets_the_same_model_alone_with_others_and_for_any_number_of_threads(string name)
    {
        // More lists than any pass shares. Some have seeds that no other list has, and one has only inactive users.
        SeedMatch[] lists = [.. Enumerable.Range(0, 20).Select(k => List($"list {k}", k == 3
            ? _users.Where(user => !user.Active).Select(user => user.Id)
            : _users.Where((_, i) => i % (k + 2) == 1).Select(user => user.Id)))];
        var expected = Train(1, lists);
        foreach (var (a, b) in expected.Zip(Train(3, lists))) TestNumbers.AssertSameBits(a, b);
        foreach (var k in new[] { 0, 3, 19 }) TestNumbers.AssertSameBits(expected[k], Train(2, lists[k])[0]);
        foreach (var (a, b) in expected.Zip(Train(2, [.. lists.Reverse()]).Reverse())) TestNumbers.AssertSameBits(a, b);

        float[][] Train(int threads, params SeedMatch[] some) =>
            [.. ModelTraining.TrainAll(MethodUnderTest.All[name].Create(), some, new SampleWeightOptions(), TestTraining.Context(_population), threads)
                .Select(model => TasteWorld.Score(model.Scorer, _population, _ids))];
    }

    [Theory, MemberData(nameof(Names))]
    public void A_scorer_round_trips_through_its_parameters(string name)
    {
        var scorer = Train(MethodUnderTest.All[name].Create(), _population).Scorer;
        if (!MethodUnderTest.All[name].Learns) return;
        var again = MethodUnderTest.Methods.ReadScorer(Assert.IsType<IStoredScorer>(scorer, exactMatch: false).Parameters);
        Assert.Equal(scorer.Reads, again.Reads);
        Assert.Equal(scorer.CostPerPair, again.CostPerPair, 1e-5 * scorer.CostPerPair);
        TestNumbers.AssertSameBits(TasteWorld.Score(scorer, _population, _ids), TasteWorld.Score(again, _population, _ids));
        Assert.All(again.Parameters.Tensors, tensor => Assert.Equal(tensor.Values.Length, tensor.Shape.Aggregate(1L, (product, length) => product * length)));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_order_of_seeds_matters_only_by_rounding(string name)
    {
        var method = MethodUnderTest.All[name].Create();
        var backwards = new SeedList("list", IdList.From(_seeds.Order(TestPopulation.Utf8Order).Reverse()), new Dictionary<string, float[]>());
        var other = method.Train(SeedMatch.Of(backwards, _population), Ones(_seeds.Length), TestTraining.Context(_population));
        float[] expected = TasteWorld.Score(Train(method, _population).Scorer, _population, _ids), found = TasteWorld.Score(other.Scorer, _population, _ids);
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-5 * largest);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_list_that_is_too_small_is_refused(string name)
    {
        if (!MethodUnderTest.All[name].Learns) return;
        var method = MethodUnderTest.All[name].Create();
        var error = Assert.Throws<SeedTooSmallException>(() => ModelTraining.TrainAll(
            method, [List("large", _seeds), List("small", _seeds[..24])], new SampleWeightOptions(), TestTraining.Context(_population), 1));
        Assert.Contains("'small'", error.Message, StringComparison.Ordinal);
        ModelTraining.TrainAll(method, [List("just right", _seeds[..25])], new SampleWeightOptions(), TestTraining.Context(_population), 1);
    }

    [Theory, MemberData(nameof(Names))]
    public void Without_items_only_methods_that_read_them_are_refused(string name)
    {
        using var population = TestPopulation.Of([.. _users.Select(user => user with { Items = null })], 3);
        var method = MethodUnderTest.All[name].Create();
        if (method.Reads.HasFlag(UserInputs.Items))
        {
            var expected = Assert.Throws<KindredException>(population.RequireItems).Message;
            Assert.Equal(expected, Assert.Throws<KindredException>(() => Train(method, population)).Message);
        }
        else
        {
            Assert.All(TasteWorld.Score(Train(method, population).Scorer, population, _ids), score => Assert.True(float.IsFinite(score)));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Activity_is_optional(string name)
    {
        using var population = TestPopulation.Of(_users, 2, withActivity: false);
        Assert.All(
            TasteWorld.Score(Train(MethodUnderTest.All[name].Create(), population).Scorer, population, _ids),
            score => Assert.True(float.IsFinite(score)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Inactive_seeds_are_trained_on(string name)
    {
        // Inactive users are not in the candidate pool.
        var seeds = _users.Where((user, i) => !user.Active && i % 2 == 1).Select(user => user.Id).ToArray();
        Assert.InRange(seeds.Length, 25, 100);
        AssertFindsTaste(name, Train(MethodUnderTest.All[name].Create(), _population, seeds), seeds);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_name_of_a_list_matters_only_to_randomised_methods(string name)
    {
        var models = ModelTraining.TrainAll(
            MethodUnderTest.All[name].Create(), [List("one", _seeds), List("other", _seeds)], new SampleWeightOptions(), TestTraining.Context(_population), 2);
        float[] one = TasteWorld.Score(models[0].Scorer, _population, _ids), other = TasteWorld.Score(models[1].Scorer, _population, _ids);
        if (MethodUnderTest.All[name].NameMatters) Assert.NotEqual(one, other);
        else TestNumbers.AssertSameBits(one, other);
    }

    [Theory, MemberData(nameof(Names))]
    public void Users_with_the_seeds_taste_rank_first(string name) =>
        AssertFindsTaste(name, Train(MethodUnderTest.All[name].Create(), _population), _seeds);

    [Theory, MemberData(nameof(Names))]
    public void Training_can_be_cancelled(string name)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => ModelTraining.TrainAll(
            MethodUnderTest.All[name].Create(), [List("list", _seeds)], new SampleWeightOptions(), TestTraining.Context(_population), 2, null, source.Token));
    }

    /// <summary>Asserts that users with the seeds' taste score higher in far more than half of all pairs.</summary>
    private void AssertFindsTaste(string name, SeedModel model, string[] seeds)
    {
        var scores = TasteWorld.Score(model.Scorer, _population, _ids);
        var others = Enumerable.Range(0, scores.Length).Where(i => !seeds.Contains(_ids[i])).ToLookup(i => i % 2, i => scores[i]);
        var share = others[1].Average(like => others[0].Average(unlike => like > unlike ? 1.0 : like == unlike ? 0.5 : 0));
        if (name == "random") Assert.InRange(share, 0.44, 0.56);
        else Assert.InRange(share, MethodUnderTest.All[name].Learns ? 0.85 : 0.6, 1);
    }

    private SeedMatch List(string id, IEnumerable<string> users) => SeedMatch.Of(TestPopulation.List(id, users), _population);

    private static SeedModel Train(IExpansionMethod method, Population population, string[]? seeds = null, int poolLimit = int.MaxValue)
    {
        var match = SeedMatch.Of(TestPopulation.List("list", seeds ?? _seeds), population);
        return method.Train(match, Ones(match.Users.Count), TestTraining.Context(population, poolLimit));
    }

    private static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];
}
