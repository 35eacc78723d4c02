using Kindred.Networks.Linear;
using Kindred.Networks.Mlp;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Similarity.Centroid;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedModels;

public sealed class WarmStartTests : IDisposable
{
    private static readonly MlpOptions _network = new()
    {
        HiddenUnits = 16,
        HiddenFrom = 0,
        RegularizationPerDimension = 0.1,
        HiddenRegularization = 0.1,
        Epochs = 12,
        Patience = 12,
        BatchSize = 64,
        LearningRate = 0.02,
    };

    private static readonly TestUser[] _users = TestPopulation.Random(1_500, 8, 2);

    private readonly Population _population = TestPopulation.Of(_users, 2);

    public void Dispose() => _population.Dispose();

    [Fact]
    public void A_network_of_the_same_list_keeps_its_epochs_and_is_as_good()
    {
        var cold = Train(new MlpMethod(_network), [null], List(0))[0];
        Assert.InRange(cold.Report["epochs"], 1, 12);
        var warm = Train(new MlpMethod(_network), [Previous(cold)], List(0))[0];
        Assert.Equal((cold.Report["epochs"], 16), (warm.Report["epochs"], warm.Report["hidden_units"]));
        Assert.Equal((cold.Report["positives"], 1), (warm.Report["epochs_chosen_on"], warm.Report["epochs_reused"]));
        Assert.Equal(cold.Report["loss"], warm.Report["loss"], 0.02 * cold.Report["loss"]);
        var rest = _users.Where((user, i) => Likes(user) && i % 2 == 1).ToArray();
        var others = _users.Where(user => !Likes(user)).ToArray();
        Assert.InRange(warm.AreaUnderCurve(rest, others), cold.AreaUnderCurve(rest, others) - 0.01, 1);
    }

    [Fact]
    public void Only_the_epochs_of_a_network_reach_the_next_because_its_hidden_layer_starts_cold()
    {
        // Two previous networks with the same linear part. Their different hidden layers do not matter.
        var cold = Train(new MlpMethod(_network), [null], List(0))[0];
        var network = cold.Scorer().Network;
        var other = new NetworkScorer(network with { Hidden = [new DenseLayer(new float[16 * 9], new float[16])], Output = new float[16] });
        var method = new MlpMethod(_network);
        TestNumbers.AssertSameBits(
            Bits(Train(method, [Previous(cold)], List(0))[0]), Bits(Train(method, [Previous(cold) with { Scorer = other }], List(0))[0]));
    }

    [Fact]
    public void Without_a_report_epochs_are_chosen_again()
    {
        var cold = Train(new MlpMethod(_network), [null], List(0))[0];
        var warm = Train(new MlpMethod(_network), [Previous(cold) with { Report = new Dictionary<string, double>() }], List(0))[0];
        Assert.False(warm.Report.ContainsKey("epochs_reused"));
        Assert.Equal(cold.Report["positives"], warm.Report["epochs_chosen_on"]);
    }

    [Fact]
    public void Previous_models_of_another_kind_or_dimension_or_without_figures_are_ignored()
    {
        var narrow = TestPopulation.Of(TestPopulation.Random(300, 4, 3));
        var linear = new LinearMethod(_network);
        var cold = Train(linear, [null], List(0))[0];
        var network = cold.Scorer().Network;
        PreviousModel[] unusable =
        [
            new(Train(new CentroidMethod(new CentroidOptions()), [null], List(0))[0].Scorer, cold.Report),
            Previous(TestTraining.Train(narrow, Enumerable.Range(0, 40).Select(i => $"u{i}"), _network with { HiddenUnits = 0 })),
            new(new NetworkScorer(network with { Bias = float.NaN }), cold.Report),
            new(new NetworkScorer(network with { Skip = [.. network.Skip[..^1], float.PositiveInfinity] }), cold.Report),
        ];
        narrow.Dispose();
        foreach (var method in new IWarmStart[] { linear, new MlpMethod(_network) })
        {
            var expected = Train(method, [null], List(0))[0];
            foreach (var previous in unusable)
            {
                var found = Train(method, [previous], List(0))[0];
                TestNumbers.AssertSameBits(Bits(expected), Bits(found));
                Assert.Equal(expected.Report, found.Report);
            }
        }
    }

    [Fact]
    public void Previous_weights_that_would_overflow_are_ignored()
    {
        var linear = new LinearMethod(_network);
        var cold = Train(linear, [null], List(0))[0];
        var network = cold.Scorer().Network;
        var large = new NetworkScorer(network with { Skip = Array.ConvertAll(network.Skip, _ => float.MaxValue) });
        TestNumbers.AssertSameBits(Bits(cold), Bits(Train(linear, [new PreviousModel(large, cold.Report)], List(0))[0]));
    }

    [Fact]
    public void A_model_has_the_same_bits_for_any_number_of_threads_and_any_other_lists()
    {
        var method = new MlpMethod(_network with { Epochs = 3 });
        var lists = Enumerable.Range(0, 4).Select(List).ToArray();
        var yesterday = Train(method, new PreviousModel?[4], lists);
        PreviousModel?[] previous = [Previous(yesterday[1]), null, Previous(yesterday[2]), Previous(yesterday[3])];
        var expected = Train(method, previous, lists);
        var threaded = ModelTraining.TrainAll(method, lists, Ones(lists), previous, TestTraining.Context(_population), 3, null, TestContext.Current.CancellationToken);
        for (var i = 0; i < lists.Length; i++)
        {
            TestNumbers.AssertSameBits(Bits(expected[i]), Bits(threaded[i]));
            TestNumbers.AssertSameBits(Bits(expected[i]), Bits(Train(method, [previous[i]], lists[i])[0]));
            Assert.Equal(expected[i].Report, threaded[i].Report);
        }

        // The list without a previous model starts cold.
        TestNumbers.AssertSameBits(Bits(method.Train(lists[1], TestTraining.Ones(lists[1].Users.Count), TestTraining.Context(_population), TestContext.Current.CancellationToken)), Bits(expected[1]));
    }

    [Fact]
    public void Methods_without_a_warm_start_train_cold()
    {
        var method = new CentroidMethod(new CentroidOptions());
        var cold = Train(method, [null], List(0))[0];
        var warm = Train(method, [Previous(cold)], List(0))[0];
        Assert.Equal(Scores(cold), Scores(warm));
    }

    [Theory, InlineData(1UL), InlineData(2UL)]
    public void Standardising_and_unstandardising_weights_are_inverse(ulong seed)
    {
        var random = new SeededRandom(seed);
        var scale = new InputScale(8, 3.5, new ActivityScale(1.5, 0.7));
        float[] weights = [.. Enumerable.Range(0, 9).Select(_ => (float)random.NextDouble() - 0.5f)];
        var standardized = scale.Standardize(weights, -2.5);
        Assert.Equal(-2.5, scale.Unstandardize(standardized), 1e-12);
        for (var k = 0; k < 9; k++) Assert.Equal(weights[k], standardized[k], 1e-12);
    }

    /// <summary>A label that no plane separates.</summary>
    private static bool Likes(TestUser user) => user.Embedding[0] * user.Embedding[1] > 0.15;

    private SeedMatch List(int k) => SeedMatch.Of(
        TestPopulation.List($"list {k}", _users.Where((user, i) => Likes(user) && i % (k + 2) == 0).Select(user => user.Id)), _population);

    private SeedModel[] Train(IExpansionMethod method, PreviousModel?[] previous, params SeedMatch[] lists) =>
        ModelTraining.TrainAll(method, lists, Ones(lists), previous, TestTraining.Context(_population), 1, null, TestContext.Current.CancellationToken);

    private float[] Scores(SeedModel model) => TasteWorld.Score(model.Scorer, _population, _users.Select(user => user.Id));

    private static float[][] Ones(SeedMatch[] lists) => [.. lists.Select(list => TestTraining.Ones(list.Users.Count))];

    private static PreviousModel Previous(SeedModel model) => new(model.Scorer, model.Report);

    private static float[] Bits(SeedModel model) => model.Scorer().Network.Parameters();
}
