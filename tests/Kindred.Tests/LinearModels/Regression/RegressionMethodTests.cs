using Kindred.LinearModels.Regression;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;
using Kindred.Tests.Shared;

namespace Kindred.Tests.LinearModels.Regression;

public sealed class RegressionMethodTests
{
    private static readonly TestUser[] _users = TasteWorld.Users(500, 3);

    // Seeds inside and outside the pool.
    private static readonly string[] _seeds = TasteWorld.Seeds(_users);

    public static TheoryData<double, int> Cases =>
        new() { { 0.03, int.MaxValue }, { 1, int.MaxValue }, { 100, int.MaxValue }, { 0.3, 150 } };

    [Theory, MemberData(nameof(Cases))]
    public void Weights_equal_those_of_scikit_learn(double c, int poolLimit)
    {
        using var problem = new RawProblem(_users, _seeds, poolLimit);
        var rows = Rows(problem);
        var expected = PythonOracle.Run($"""
            import numpy as np
            from sklearn.linear_model import LogisticRegression
            data = np.loadtxt("rows.txt")
            model = LogisticRegression(C={FormattableString.Invariant($"{c}")}, solver="newton-cg", tol=1e-6, max_iter=10000)
            model.fit(data[:, 2:], data[:, 0], sample_weight=data[:, 1])
            print(*model.coef_[0], model.intercept_[0])
            """, ("rows.txt", PythonOracle.Table(rows.Select(row => (double[])[row.Label, row.Weight, .. row.X]))));
        AssertClose(expected, Fit(problem, c), 2e-3);
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_loss_rises_in_every_direction(double c, int poolLimit)
    {
        using var problem = new RawProblem(_users, _seeds, poolLimit);
        var rows = Rows(problem);
        var found = Fit(problem, c);
        var start = new double[found.Length];
        double positive = rows.Sum(row => row.Label * row.Weight), negative = rows.Sum(row => (1 - row.Label) * row.Weight);
        start[^1] = Math.Log(positive / negative);
        Assert.True(Length(Gradient(rows, found, c)) < 2e-4 * Length(Gradient(rows, start, c)));
    }

    [Fact]
    public void The_gradient_in_these_tests_matches_finite_differences_of_the_loss()
    {
        using var problem = new RawProblem(_users, _seeds);
        var rows = Rows(problem);
        var theta = Enumerable.Range(0, problem.Items + 1).Select(i => 0.1 * (i % 5) - 0.2).ToArray();
        var gradient = Gradient(rows, theta, 0.5);
        for (var k = 0; k < theta.Length; k++)
        {
            double[] above = [.. theta], below = [.. theta];
            above[k] += 1e-5;
            below[k] -= 1e-5;
            Assert.Equal((Loss(rows, above, 0.5) - Loss(rows, below, 0.5)) / 2e-5, gradient[k], 1e-5);
        }
    }

    [Fact]
    public void The_report_contains_the_loss_at_the_weights()
    {
        using var problem = new RawProblem(_users, _seeds, 150);
        var report = problem.Train(new RegressionMethod(new RegressionOptions { C = 0.3 })).Report;
        Assert.Equal(Loss(Rows(problem), Fit(problem, 0.3), 0.3), report["loss"], 1e-3);
        Assert.Equal(_seeds.Length, report["positives"]);
    }

    [Fact]
    public void One_item_without_regularisation_gives_the_log_odds_with_and_without_it()
    {
        // 40 of the 60 users with the item are seeds, and 10 of the 200 without it.
        var users = Enumerable.Range(0, 260).Select(i => new TestUser($"u{i}", [0, 0, 0, 0, 0, 0, 0, 0]) { Items = i < 60 ? [0] : [] }).ToArray();
        using var problem = new RawProblem(users, [.. users.Where((_, i) => i is < 40 or >= 250).Select(user => user.Id)], weighted: false);
        var found = Fit(problem, 1e6);
        Assert.Equal(Math.Log(10.0 / 190), found[1], 1e-3);
        Assert.Equal(Math.Log(40.0 / 20) - Math.Log(10.0 / 190), found[0], 1e-3);
    }

    [Fact]
    public void A_small_problem_has_the_recorded_weights_of_scikit_learn()
    {
        // User i has item 0 if i is even, item 1 if i is divisible by 3, item 2 if by 5. User i is a seed if 7 i mod 11 is below 5.
        var users = Enumerable.Range(0, 120).Select(i => new TestUser($"u{i}", [0, 0, 0, 0, 0, 0, 0, 0])
        {
            Items = [.. new[] { 2, 3, 5 }.Select((divisor, item) => i % divisor == 0 ? item : -1).Where(item => item >= 0)],
        }).ToArray();
        using var problem = new RawProblem(users, [.. users.Where((_, i) => i * 7 % 11 < 5).Select(user => user.Id)], weighted: false);
        AssertClose(_small, Fit(problem, 0.2), 1e-4);
    }

    // LogisticRegression(C=0.2, solver="newton-cg", tol=1e-10) of scikit-learn 1.2.1: items 0, 1, 2 and the intercept.
    private static readonly double[] _small = [0.080597, -0.172877, 0.122992, -0.208492];

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-4)]
    [InlineData(0.01)]
    [InlineData(0.03)]
    [InlineData(1)]
    public void A_list_that_takes_over_a_lane_gets_the_same_weights_as_alone(double c)
    {
        // More lists than lanes, so that lanes are reused. Lists that end early release their lanes in every state.
        using var population = TestPopulation.Of(_users);
        var context = TestTraining.Context(population);
        SeedMatch[] lists = [.. Enumerable.Range(0, 60).Select(k =>
            SeedMatch.Of(TestPopulation.List($"list {k}", _users.Where((_, i) => (i + k) % (k % 9 + 2) == 0).Select(user => user.Id)), population))];
        var method = new RegressionMethod(new RegressionOptions { C = c, MinimumSeeds = 1 });
        var together = method.TrainAll(lists, [.. lists.Select(list => TestTraining.Ones(list.Users.Count))], context, 2);
        for (var k = 0; k < lists.Length; k++)
        {
            var alone = method.Train(lists[k], TestTraining.Ones(lists[k].Users.Count), context);
            TestNumbers.AssertSameBits([.. ((ItemWeightsScorer)alone.Scorer).Weights], [.. ((ItemWeightsScorer)together[k].Scorer).Weights]);
        }
    }

    [Fact]
    public void Non_candidate_seeds_of_other_lists_change_no_bit()
    {
        // A small sample of candidates, so that nearly all seeds are outside it and some items have hundreds of them.
        var users = TasteWorld.Users(4_000, 5);
        using var population = TestPopulation.Of(users);
        var context = TestTraining.Context(population, 300);
        SeedMatch[] lists = [.. Enumerable.Range(0, 5).Select(k =>
            SeedMatch.Of(TestPopulation.List($"list {k}", users.Where((_, i) => i % 7 <= k).Select(user => user.Id)), population))];
        var method = new RegressionMethod(new RegressionOptions());
        var together = method.TrainAll(lists, [.. lists.Select(list => TestTraining.Ones(list.Users.Count))], context, 2);
        for (var k = 0; k < lists.Length; k++)
        {
            var alone = method.Train(lists[k], TestTraining.Ones(lists[k].Users.Count), context);
            TestNumbers.AssertSameBits([.. ((ItemWeightsScorer)alone.Scorer).Weights], [.. ((ItemWeightsScorer)together[k].Scorer).Weights]);
            Assert.Equal(alone.Report, together[k].Report);
        }
    }

    [Fact]
    public void A_list_of_all_users_leaves_no_negatives_and_is_refused()
    {
        using var problem = new RawProblem(_users, [.. _users.Where(user => user.Active).Select(user => user.Id)]);
        Assert.Contains("'list' leaves no negatives", Assert.Throws<NoNegativesException>(() => Fit(problem, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_of_NaN_is_refused_and_the_list_named()
    {
        using var problem = new RawProblem(_users, _seeds);
        problem.Weights[3] = float.NaN;
        var error = Assert.Throws<KindredException>(() => problem.Train(new RegressionMethod(new RegressionOptions())));
        Assert.Contains("'list'", error.Message, StringComparison.Ordinal);
    }

    private static double[] Fit(RawProblem problem, double c)
    {
        var scorer = (ItemWeightsScorer)problem.Train(new RegressionMethod(new RegressionOptions { C = c })).Scorer;
        return [.. scorer.Weights.Select(weight => (double)weight), scorer.Bias];
    }

    /// <summary>Every user of the pool that is not a seed, and every seed.</summary>
    private static (double Label, double Weight, double[] X)[] Rows(RawProblem problem)
    {
        var seeds = problem.SeedUsers;
        return [
            .. problem.Pool.Except(seeds).Select(user => (0.0, problem.Scale, problem.Row(user))),
            .. seeds.Select((user, i) => (1.0, (double)problem.Weights[i], problem.Row(user)))];
    }

    private static double Loss((double Label, double Weight, double[] X)[] rows, double[] theta, double c) =>
        rows.Sum(row => row.Weight * Math.Log(1 + Math.Exp((1 - 2 * row.Label) * Score(row.X, theta)))) + theta[..^1].Sum(value => value * value) / (2 * c);

    private static double[] Gradient((double Label, double Weight, double[] X)[] rows, double[] theta, double c)
    {
        double[] gradient = [.. theta[..^1].Select(value => value / c), 0];
        foreach (var (label, weight, x) in rows)
        {
            var slope = weight * (1 / (1 + Math.Exp(-Score(x, theta))) - label);
            for (var item = 0; item < x.Length; item++) gradient[item] += slope * x[item];
            gradient[^1] += slope;
        }

        return gradient;
    }

    private static double Score(double[] x, double[] theta) => theta[^1] + x.Zip(theta, (a, b) => a * b).Sum();

    private static double Length(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));

    private static void AssertClose(double[] expected, double[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], tolerance);
    }
}
