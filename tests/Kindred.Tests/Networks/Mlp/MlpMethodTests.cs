using Kindred.Networks.Mlp;
using Kindred.Numerics;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;

namespace Kindred.Tests.Networks.Mlp;

public sealed class MlpMethodTests
{
    private static readonly MlpOptions _linear = new() { HiddenUnits = 0, RegularizationPerDimension = 0.1 };
    private static readonly MlpOptions _network = new()
    {
        HiddenUnits = 16,
        HiddenFrom = 0,
        RegularizationPerDimension = 0.1,
        HiddenRegularization = 0.1,
        Epochs = 30,
        Patience = 30,
        BatchSize = 64,
        LearningRate = 0.02,
    };

    [Fact]
    public void Learns_a_list_that_a_plane_separates()
    {
        var users = TestPopulation.Random(1_500, 8, 1);
        TestUser[] like = [.. users.Where(user => user.Embedding[2] > 0.5)], unlike = [.. users.Except(like)];
        var model = Train(users, [.. like.Where((_, i) => i % 2 == 0)], _linear);
        Assert.InRange(model.AreaUnderCurve(like.Where((_, i) => i % 2 == 1), unlike), 0.95, 1);
        Assert.Equal(0, model.Report["hidden_units"]);
    }

    [Fact]
    public void Learns_a_list_that_no_plane_separates_where_a_linear_model_learns_nothing()
    {
        var users = TestPopulation.Random(2_000, 8, 2);
        TestUser[] like = [.. users.Where(user => user.Embedding[0] * user.Embedding[1] > 0.15)], unlike = [.. users.Except(like)];
        TestUser[] seeds = [.. like.Where((_, i) => i % 2 == 0)], rest = [.. like.Except(seeds)];
        Assert.InRange(Train(users, seeds, _linear).AreaUnderCurve(rest, unlike), 0.35, 0.65);
        var model = Train(users, seeds, _network);
        Assert.InRange(model.AreaUnderCurve(rest, unlike), 0.8, 1);
        Assert.Equal(16, model.Report["hidden_units"]);
        Assert.InRange(model.Report["epochs"], 1, 30);
    }

    [Fact]
    public void Two_hidden_layers_learn_the_same_list()
    {
        var users = TestPopulation.Random(2_000, 8, 2);
        TestUser[] like = [.. users.Where(user => user.Embedding[0] * user.Embedding[1] > 0.15)], unlike = [.. users.Except(like)];
        TestUser[] seeds = [.. like.Where((_, i) => i % 2 == 0)], rest = [.. like.Except(seeds)];
        var model = Train(users, seeds, _network with { HiddenUnits = 32, SecondHiddenUnits = 16 });
        Assert.InRange(model.AreaUnderCurve(rest, unlike), 0.8, 1);
        Assert.Equal((32, 16), (model.Report["hidden_units"], model.Report["second_hidden_units"]));
        Assert.Equal([32, 16], model.Scorer().Network.Hidden.Select(layer => layer.Units));
    }

    [Fact]
    public void The_non_negative_risk_learns_a_list_that_no_plane_separates_as_well()
    {
        var users = TestPopulation.Random(2_000, 8, 2);
        TestUser[] like = [.. users.Where(user => user.Embedding[0] * user.Embedding[1] > 0.15)], unlike = [.. users.Except(like)];
        TestUser[] seeds = [.. like.Where((_, i) => i % 2 == 0)], rest = [.. like.Except(seeds)];
        var model = Train(users, seeds, _network with { Loss = MlpLoss.NonNegative });
        Assert.InRange(model.AreaUnderCurve(rest, unlike), 0.8, 1);
        Assert.InRange(model.Report["epochs"], 1, 30);

        // The prior defaults to the share of seeds among the candidates.
        var prior = (double)seeds.Length / users.Count(user => user.Active);
        var explicitPrior = Train(users, seeds, _network with { Loss = MlpLoss.NonNegative, PositivePrior = prior });
        TestNumbers.AssertSameBits(model.Scorer().Network.Parameters(), explicitPrior.Scorer().Network.Parameters());
        Assert.NotEqual(model.Report["loss"], Train(users, seeds, _network with { Loss = MlpLoss.NonNegative, PositivePrior = prior / 2 }).Report["loss"]);
    }

    [Fact]
    public void The_non_negative_risk_without_a_hidden_layer_is_refused()
    {
        var error = Assert.Throws<KindredException>(() => new MlpMethod(new MlpOptions { HiddenUnits = 0, Loss = MlpLoss.NonNegative }));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Equal("loss_without_hidden_layer", error.Code);
    }

    [Fact]
    public void A_useless_hidden_layer_is_removed_and_the_reported_loss_is_the_models()
    {
        var users = TestPopulation.Random(800, 8, 3);
        var seeds = users.Where((_, i) => i % 8 == 0).ToArray();
        var model = Train(users, seeds, _network with { LearningRate = 1.0, Epochs = 3 });
        Assert.Equal((0, 0), (model.Report["epochs"], model.Report["hidden_units"]));
        Assert.Equal(Train(users, seeds, _linear).Report["loss"], model.Report["loss"], 1e-9);
    }

    [Fact]
    public void Small_lists_get_a_linear_model()
    {
        var users = TestPopulation.Random(800, 8, 3);
        Assert.Equal(0, Train(users, users[..100], _network with { HiddenFrom = 101 }).Report["hidden_units"]);
    }

    [Fact]
    public void The_model_has_the_same_bytes_whatever_the_shards()
    {
        var users = TestPopulation.Random(900, 8, 4);
        var options = _network with { Epochs = 6, MaxNegatives = 400, MaxPositives = 150 };
        var seeds = users.Where(user => user.Embedding[0] * user.Embedding[1] > 0.1).ToArray();
        var expected = Train(users, seeds, options, poolLimit: 500).Scorer().Network.Parameters();
        foreach (var shards in new[] { 3, 7 })
        {
            TestNumbers.AssertSameBits(expected, Train(users, seeds, options, shards, 500).Scorer().Network.Parameters());
        }

        Assert.NotEqual(expected, Train(users, seeds, options with { Seed = 2 }, poolLimit: 500).Scorer().Network.Parameters());
    }

    [Fact]
    public void Models_have_the_same_bytes_for_any_number_of_threads_and_any_other_lists()
    {
        var users = TestPopulation.Random(900, 8, 5);
        using var population = TestPopulation.Of(users, 2);
        var lists = Enumerable.Range(0, 4).Select(k => SeedMatch.Of(TestPopulation.List(
            $"list {k}", users.Where((user, i) => user.Embedding[k] > 0.2 && i % (k + 2) == 0).Select(user => user.Id)), population)).ToArray();
        var method = new MlpMethod(_network with { Epochs = 3 });
        var one = Train(1, lists);
        foreach (var (a, b) in one.Zip(Train(2, lists))) TestNumbers.AssertSameBits(a, b);
        TestNumbers.AssertSameBits(one[2], Train(1, lists[2])[0]);

        float[][] Train(int threads, params SeedMatch[] some) =>
            [.. ModelTraining.TrainAll(method, some, new SampleWeightOptions(), TestTraining.Context(population), threads)
                .Select(model => model.Scorer().Network.Parameters())];
    }

    [Fact]
    public void Sampled_negatives_leave_the_mean_probability_at_the_base_rate()
    {
        var users = TestPopulation.Random(4_000, 8, 6);
        var seeds = users.Where((user, i) => user.Active && user.Embedding[0] > 0 && i % 10 == 0).ToArray();
        var active = users.Where(user => user.Active).ToArray();
        foreach (var options in new[] { _linear, _linear with { MaxNegatives = 400 }, _linear with { MaxNegatives = 400, MaxPositives = seeds.Length / 2 } })
        {
            var model = Train(users, seeds, options);
            var mean = active.Average(user => PortableMath.Sigmoid(model.Score(user)));
            var rate = seeds.Length / (double)active.Length;
            Assert.InRange(mean, rate * 0.85, rate * 1.15);
        }
    }

    [Fact]
    public void A_population_without_activity_can_be_trained_on_even_if_a_shard_is_empty()
    {
        // With many shards for few users, the first shard is empty.
        var users = Enumerable.Range(0, 60).Select(i => new TestUser($"u{i}", [i % 2 == 0 ? 1 : -1, 0.1f * (i % 7), 0, 0, 0, 0, 0, 0])).ToArray();
        using var population = TestPopulation.Of(users, 4_000, withActivity: false);
        Assert.Equal(0, population.Shards[0].Count);
        Assert.False(population.HasActivity);
        var model = TestTraining.Train(population, users.Where((_, i) => i % 4 == 0).Select(user => user.Id), _linear with { MinimumSeeds = 10 });
        Assert.True(model.Score(users[2]) > model.Score(users[3]));
    }

    [Fact]
    public void Too_few_seeds_in_the_population_are_refused()
    {
        var users = TestPopulation.Random(100, 8, 7);
        Assert.Throws<SeedTooSmallException>(() => Train(users, users[..24], _linear));
        Train(users, users[..25], _linear);
    }

    [Theory]
    [InlineData(0, 2e-3, float.NaN)]
    [InlineData(1, 1e38, 1f)]
    public void A_training_that_diverges_names_the_list_and_the_epoch(int epoch, double learningRate, float weight)
    {
        var users = TestPopulation.Random(400, 8, 8);
        using var population = TestPopulation.Of(users);
        var seeds = SeedMatch.Of(TestPopulation.List("broken", users.Take(100).Select(user => user.Id)), population);
        var error = Assert.Throws<TrainingDivergedException>(() => new MlpMethod(_network with { LearningRate = learningRate })
            .Train(seeds, [.. Enumerable.Repeat(weight, 100)], TestTraining.Context(population)));
        Assert.Contains("'broken'", error.Message, StringComparison.Ordinal);
        Assert.Contains($"epoch {epoch}:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_units_that_do_not_fill_column_blocks_are_refused_before_memory_is_written()
    {
        var error = Assert.Throws<KindredException>(() => new MlpMethod(new MlpOptions { HiddenUnits = 20 }));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains("20", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, 20)]
    [InlineData(0, 16)]
    public void A_second_layer_that_does_not_fill_column_blocks_or_has_no_first_is_refused(int first, int second)
    {
        var error = Assert.Throws<KindredException>(() => new MlpMethod(new MlpOptions { HiddenUnits = first, SecondHiddenUnits = second }));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains($"'second_hidden_units' is {second}", error.Message, StringComparison.Ordinal);
    }

    private static SeedModel Train(TestUser[] users, TestUser[] seeds, MlpOptions options, int shards = 1, int poolLimit = int.MaxValue)
    {
        using var population = TestPopulation.Of(users, shards);
        return TestTraining.Train(population, seeds.Select(user => user.Id), options, poolLimit: poolLimit);
    }
}
