using Kindred.Baselines;
using Kindred.Evaluation;
using Kindred.LinearModels.FoldIn;
using Kindred.Sampling;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Evaluation;

public sealed class ReachMeasurementTests
{
    private static readonly TestUser[] _users = TestPopulation.Random(1_500, 16, 1, "de", "us");
    private static readonly Dictionary<string, float> _scores = _users.ToDictionary(user => user.Id, user => MathF.Floor(user.Activity * 8));

    [Theory]
    [InlineData(null, 1, 1)]
    [InlineData("us", 3, 2)]
    public void Recall_equals_an_evaluation_of_the_folds(string? country, int shards, int threads)
    {
        using var population = TestPopulation.Of(_users, shards);
        var list = SeedMatch.Of(TestPopulation.List("list", _users.Where((_, i) => i % 7 == 0).Select(user => user.Id)), population);
        double[] shares = [0.01, 0.05, 0.2];
        var options = new ReachOptions { Shares = shares, Country = country, Threads = threads, Folds = 4 };
        var curve = new ReachMeasurement(population, options).Measure(new TableMethod(_scores), [list])[0];

        var evaluator = new Evaluator(population, new EvaluationOptions { Fractions = shares, Country = country });
        var folds = evaluator.Evaluate(new TableMethod(_scores), [.. CrossFit.Folds(list, 4, 1, population).Select(split => new[] { split })]).Lists;
        Assert.Equal(folds.Sum(fold => fold.HeldOut), curve.HeldOut);
        for (var i = 0; i < shares.Length; i++)
        {
            Assert.Equal(folds.Sum(fold => fold.Recall[i] * fold.HeldOut) / curve.HeldOut, curve.Points[i].Recall, 1e-12);
        }
    }

    [Fact]
    public void Is_the_same_with_any_threads_and_shards()
    {
        var one = Curve(1, 1);
        Assert.Equal(one, Curve(1, 3));
        Assert.Equal(one, Curve(4, 2));

        static string Curve(int shards, int threads)
        {
            using var population = TestPopulation.Of(_users, shards);
            var list = SeedMatch.Of(TestPopulation.List("list", _users.Where((_, i) => i % 9 == 0).Select(user => user.Id)), population);
            return string.Join('\n', new ReachMeasurement(population, new ReachOptions { Threads = threads }).Measure(new FoldInMethod(new FoldInOptions()), [list])[0].Points);
        }
    }

    [Fact]
    public void A_list_of_random_users_has_a_lift_of_about_1()
    {
        using var population = TestPopulation.Of(_users);
        var active = _users.Where(user => user.Active).Select(user => user.Id).ToArray();
        var lists = Enumerable.Range(0, 12).Select(i => SeedMatch.Of(TestPopulation.List($"list {i}", active.Where((_, u) => SampleKey.Of((ulong)i, (ulong)u).ToUnit() < 0.1)), population)).ToArray();
        var curves = new ReachMeasurement(population, new ReachOptions()).Measure(new FoldInMethod(new FoldInOptions()), lists);
        var held = curves.Sum(curve => curve.HeldOut);
        Assert.InRange(held, 1_300, 1_800);
        Assert.Equal(1, curves.Average(curve => curve.At(0.2).Lift), 4 * Math.Sqrt(0.8 / 0.2 / held));
    }

    [Fact]
    public void Bands_contain_the_expected_recall_nineteen_times_in_twenty()
    {
        // Seeds are drawn by a taste that the first dimensions encode. The expected recall is the mean over many draws of the list.
        using var population = TestPopulation.Of(_users);
        var lists = Enumerable.Range(0, 200).Select(draw => SeedMatch.Of(TestPopulation.List($"list {draw}", _users
            .Where((user, u) => SampleKey.Of(9, (ulong)draw).Then((ulong)u).ToUnit() < 0.12 / (1 + Math.Exp(-4 * (user.Embedding[0] + user.Embedding[1])))).Select(user => user.Id)), population)).ToArray();
        double[] shares = [0.02, 0.05, 0.1, 0.2];

        // With fixed scores only chance is left. A trained model differs between draws, which the bands do not cover.
        var tastes = _users.ToDictionary(user => user.Id, user => user.Embedding[0] + user.Embedding[1]);
        Assert.InRange(Coverage(new TableMethod(tastes)), 0.93, 0.99);
        Assert.InRange(Coverage(new FoldInMethod(new FoldInOptions { MinimumSeeds = 20 })), 0.90, 0.99);

        double Coverage(IExpansionMethod method)
        {
            var curves = new ReachMeasurement(population, new ReachOptions { Shares = shares }).Measure(method, lists);
            return Enumerable.Range(0, shares.Length).Average(i =>
            {
                var expected = curves.Average(curve => curve.Points[i].Recall);
                return curves.Average(curve => curve.Points[i].RecallLow <= expected && expected <= curve.Points[i].RecallHigh ? 1.0 : 0.0);
            });
        }
    }

    [Fact]
    public void A_list_without_a_ranked_user_is_refused_by_name()
    {
        using var population = TestPopulation.Of(_users);
        var list = SeedMatch.Of(TestPopulation.List("asleep", _users.Where(user => !user.Active).Select(user => user.Id)), population);
        var error = Assert.Throws<KindredException>(() => new ReachMeasurement(population, new ReachOptions()).Measure(new RandomMethod(1), [list]));
        Assert.Contains("'asleep'", error.Message, StringComparison.Ordinal);
    }
}
