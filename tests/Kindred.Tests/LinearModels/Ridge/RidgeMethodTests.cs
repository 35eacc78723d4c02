using Kindred.LinearModels.Ridge;
using Kindred.SeedModels;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;
using Kindred.Tests.SeedModels;
using Kindred.Tests.Shared;

namespace Kindred.Tests.LinearModels.Ridge;

public sealed class RidgeMethodTests
{
    private static readonly TestUser[] _users = TasteWorld.Users(500, 5);

    // Seeds inside and outside the pool.
    private static readonly string[] _seeds = TasteWorld.Seeds(_users);

    [Theory]
    [InlineData(300, 0, int.MaxValue)]
    [InlineData(10, 0, int.MaxValue)]
    [InlineData(10, 0.15, int.MaxValue)]
    [InlineData(30, 0.5, 200)]
    public void Weights_solve_the_normal_equations(double regularization, double exponent, int poolLimit)
    {
        using var problem = new RawProblem(_users, _seeds, poolLimit);
        var scale = ColumnScale(problem, exponent);
        var n = problem.Items;
        var system = new double[n, n + 1];
        foreach (var x in problem.Pool.Select(problem.Row))
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++) system[i, j] += problem.Scale * scale[i] * x[i] * scale[j] * x[j];
            }
        }

        foreach (var (x, weight) in problem.SeedUsers.Select(problem.Row).Zip(problem.Weights))
        {
            for (var i = 0; i < n; i++) system[i, n] += weight * scale[i] * x[i];
        }

        for (var i = 0; i < n; i++) system[i, i] += regularization;
        var expected = LinearSystem.Solve(system).Select((value, i) => value * scale[i]).ToArray();
        AssertClose(expected, Fit(problem, regularization, exponent));
    }

    [Fact]
    public void Weights_equal_those_of_scikit_learn()
    {
        // All users are active, so that the seeds are rows of the pool, as scikit-learn needs them.
        using var problem = new RawProblem([.. _users.Select(user => user with { Active = true })], _seeds);
        var weights = problem.SeedUsers.Zip(problem.Weights).ToDictionary(pair => pair.First, pair => (double)pair.Second);
        var rows = problem.Pool.Select(user => (double[])[weights.GetValueOrDefault(user), .. problem.Row(user)]);
        var expected = PythonOracle.Run("""
            import numpy as np
            from sklearn.linear_model import Ridge
            data = np.loadtxt("rows.txt")
            print(*Ridge(alpha=20, fit_intercept=False, solver="cholesky").fit(data[:, 1:], data[:, 0]).coef_)
            """, ("rows.txt", PythonOracle.Table(rows)));
        AssertClose(expected, Fit(problem, 20, 0));
    }

    [Theory]
    // 40 of 60 users with the item are seeds: 40/(60 + λ). With p = ½ the column is divided by √60.
    [InlineData(20, 0, 40.0 / 80)]
    [InlineData(20, 0.5, 40.0 / 60 / 21)]
    public void The_weight_of_one_item_is_its_seeds_over_its_users_plus_the_regularisation(double regularization, double exponent, double expected)
    {
        var users = Enumerable.Range(0, 260).Select(i => new TestUser($"u{i}", [0, 0, 0, 0, 0, 0, 0, 0]) { Items = i < 60 ? [0] : [] }).ToArray();
        using var problem = new RawProblem(users, [.. users[..40].Select(user => user.Id)], weighted: false);
        Assert.Equal(expected, Fit(problem, regularization, exponent)[0], 1e-5);
    }

    [Fact]
    public void The_score_is_the_sum_of_the_weights_of_a_users_items()
    {
        using var problem = new RawProblem(_users, _seeds);
        var scorer = (ItemWeightsScorer)problem.Train(new RidgeMethod(new RidgeOptions())).Scorer;
        var scores = TasteWorld.Score(scorer, problem.Population, problem.Ids);
        Assert.Equal(0, scorer.Bias);
        for (var i = 0; i < _users.Length; i++) Assert.Equal(_users[i].Items!.Sum(item => (double)scorer.Weights[item]), scores[i], 1e-6);
        Assert.Equal(_users.Average(user => user.Items!.Length), scorer.CostPerPair, 1e-6);
    }

    private static double[] Fit(RawProblem problem, double regularization, double exponent)
    {
        var options = new RidgeOptions { Regularization = regularization, PopularityExponent = exponent };
        return [.. ((ItemWeightsScorer)problem.Train(new RidgeMethod(options)).Scorer).Weights.Select(weight => (double)weight)];
    }

    private static double[] ColumnScale(RawProblem problem, double exponent)
    {
        var pool = problem.Pool.Select(problem.Row).ToArray();
        return [.. Enumerable.Range(0, problem.Items).Select(item => Math.Pow(Math.Max(1, pool.Sum(x => x[item])), -exponent))];
    }

    private static void AssertClose(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-3 * largest);
    }
}
