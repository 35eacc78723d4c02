using Kindred.Networks.Mlp;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Tests.Networks.Mlp;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedModels;

/// <summary>Creates training inputs for tests.</summary>
internal static class TestTraining
{
    /// <summary>Trains a network on the given seeds, all of weight 1.</summary>
    public static SeedModel Train(Population population, IEnumerable<string> seeds, MlpOptions options, string list = "list", int poolLimit = int.MaxValue)
    {
        var match = SeedMatch.Of(TestPopulation.List(list, seeds), population);
        return new MlpMethod(options).Train(match, Ones(match.List.Users.Count), Context(population, poolLimit));
    }

    /// <summary>The training rows of the given seeds with weights 1, 2, 3, 1, 2, ….</summary>
    public static TrainingSet Set(Population population, IEnumerable<string> seeds, MlpOptions options, int poolLimit = int.MaxValue)
    {
        var match = SeedMatch.Of(TestPopulation.List("list", seeds), population);
        var weights = Enumerable.Range(0, match.List.Users.Count).Select(i => 1f + i % 3).ToArray();
        var pool = Context(population, poolLimit).Pool;
        return TrainingSet.Of(match, weights, population, pool, options.Sample, InputScale.Of(population, options.Sample.SharedOf(pool)));
    }

    public static TrainingContext Context(Population population, int poolLimit = int.MaxValue) =>
        new(population, CandidatePool.Of(population, null, poolLimit, 1));

    public static NetworkScorer Scorer(this SeedModel model) => (NetworkScorer)model.Scorer;

    /// <summary>The score of one user.</summary>
    public static float Score(this SeedModel model, TestUser user) =>
        ChainedNetwork.Score(model.Scorer().Network, user.Embedding, user.Activity);

    /// <summary>The share of pairs in which the user of the first kind has the higher score.</summary>
    public static double AreaUnderCurve(this SeedModel model, IEnumerable<TestUser> first, IEnumerable<TestUser> second)
    {
        var others = second.Select(user => model.Score(user)).ToArray();
        return first.Select(user => model.Score(user)).Average(score => others.Average(other => score > other ? 1 : score == other ? 0.5 : 0));
    }

    public static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];

    /// <summary>All parameters of a network as one array.</summary>
    public static float[] Parameters(this Network network) =>
        [.. network.Skip, network.Bias, .. network.Hidden.SelectMany(layer => layer.Weights.Concat(layer.Bias)), .. network.Output];

    /// <summary>All parameters of a network in training as one array.</summary>
    public static float[] Parameters(this StandardizedNetwork network) =>
        [.. network.Skip, .. network.Hidden.SelectMany(layer => layer.Weights.Concat(layer.Bias)), .. network.Output];
}
