using Kindred.Networks.Linear;
using Kindred.Networks.Mlp;
using Kindred.Sampling;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Networks.Linear;

/// <summary>Tests linear models that start from an earlier one.</summary>
public sealed class LinearStartTests
{
    // The permitted distance from the minimum of the summed loss: half of Newton's decrement, at most ten times the tolerance of 1e-5.
    private const double LossTolerance = 0.5 * 10 * 1e-5;

    private static readonly MlpOptions _options = new() { RegularizationPerDimension = 0.4 };
    private static readonly TestUser[] _users = TestPopulation.Random(700, 8, 1);

    [Theory, InlineData(int.MaxValue, int.MaxValue), InlineData(100, 60)]
    public void A_warm_start_finds_todays_minimum(int negatives, int positives)
    {
        var options = _options with { MaxNegatives = negatives, MaxPositives = positives };
        using var yesterday = new DenseProblem(Moved(_users, 2), Seeds(1), options);
        using var today = new DenseProblem(_users, Seeds(2), options);
        var cold = today.Fit();
        var warm = today.Fit(1, today.Task with { Start = yesterday.Fit().ToNetwork() })[0];
        AssertMinimum(today, warm, cold);
        Assert.NotEqual(cold.Weights, warm.Weights);
        Assert.Equal((cold.Positives, cold.Negatives, cold.LogitOffset), (warm.Positives, warm.Negatives, warm.LogitOffset));
    }

    [Fact]
    public void A_warm_start_takes_at_most_three_quarters_of_the_passes()
    {
        // Dimensions of very different scale, as in real embeddings.
        var users = TestPopulation.Random(3_000, 32, 6).Select(user =>
            user with { Embedding = [.. user.Embedding.Select((value, k) => value * (float)Math.Pow(0.8, k))] }).ToArray();
        using var yesterday = new DenseProblem(Moved(users, 2), Of(1), _options with { RegularizationPerDimension = 0.01 });
        using var today = new DenseProblem(users, Of(2), _options with { RegularizationPerDimension = 0.01 });
        var cold = today.Fit();
        var warm = today.Fit(1, today.Task with { Start = yesterday.Fit().ToNetwork() })[0];
        Assert.InRange(warm.Passes, 2, cold.Passes * 3 / 4);
        Assert.InRange(today.Loss(warm.Weights) - today.Loss(today.Reference()), -1e-9, LossTolerance);

        IEnumerable<string> Of(int night) => users.Where((user, i) => user.Embedding[1] > 0.2 ^ (i + night) % 50 == 0).Select(user => user.Id);
    }

    [Fact]
    public void A_warm_start_at_the_minimum_stays_there()
    {
        using var problem = new DenseProblem(_users, Seeds(1), _options);
        var cold = problem.Fit();
        var warm = problem.Fit(1, problem.Task with { Start = cold.ToNetwork() })[0];
        Assert.Equal(1, warm.Passes);
        for (var k = 0; k < cold.Weights.Length; k++) Assert.Equal(cold.Weights[k], warm.Weights[k], 1e-5);
    }

    [Fact]
    public void Ten_consecutive_warm_starts_stay_as_near_to_the_minimum_as_the_first()
    {
        Network? start = null;
        for (var night = 0; night < 10; night++)
        {
            using var problem = new DenseProblem(Moved(_users, (ulong)night), Seeds(night), _options);
            var warm = problem.Fit(1, problem.Task with { Start = start })[0];
            AssertMinimum(problem, warm, problem.Fit());
            start = warm.ToNetwork();
        }
    }

    [Theory, InlineData(-1f), InlineData(1e3f), InlineData(1e30f), InlineData(-3e38f)]
    public void A_warm_start_worse_than_a_cold_one_costs_one_pass_and_changes_no_bit(float factor)
    {
        using var problem = new DenseProblem(_users, Seeds(1), _options);
        var cold = problem.Fit();
        var network = cold.ToNetwork();
        var bad = network with { Skip = Array.ConvertAll(network.Skip, weight => weight * factor) };

        // Another list runs beside it and must not be affected. There are more lists than lanes, so that one list reuses its lane.
        var tasks = Enumerable.Repeat(problem.Task, 40).Select((task, i) => i == 3 ? task with { Start = bad } : task).ToArray();
        var models = problem.Fit(2, tasks);
        Assert.Equal(cold.Passes + 1, models[3].Passes);
        Assert.All(models, model => Assert.Equal(cold.Weights, model.Weights));
        Assert.All(models.Where((_, i) => i != 3), model => Assert.Equal(cold.Passes, model.Passes));
    }

    [Fact]
    public void A_model_has_the_same_bits_alone_with_others_and_for_any_number_of_threads()
    {
        using var problem = new DenseProblem(_users, Seeds(1), _options);
        LinearTask[] tasks = [.. Enumerable.Range(0, 40).Select(k => problem.TaskOf($"list {k}", Seeds(k)))];
        var cold = problem.Fit(2, tasks);

        // Two in three start from the model of another list.
        tasks = [.. tasks.Select((task, k) => k % 3 == 0 ? task : task with { Start = cold[(k + 1) % 40].ToNetwork() })];
        var together = problem.Fit(3, tasks);
        foreach (var k in new[] { 0, 1, 2, 38, 39 })
        {
            var alone = problem.Fit(1, tasks[k])[0];
            Assert.Equal(alone.Weights, together[k].Weights);
            Assert.Equal((alone.Loss, alone.Passes), (together[k].Loss, together[k].Passes));
        }

        Assert.NotEqual(cold[1].Weights, together[1].Weights);
    }

    /// <summary>Asserts that a model is within the tolerance of the minimum and scores every user like another such model.</summary>
    private static void AssertMinimum(DenseProblem problem, LinearModel warm, LinearModel cold)
    {
        var minimum = problem.Reference();
        Assert.InRange(problem.Loss(warm.Weights) - problem.Loss(minimum), -1e-9, LossTolerance);

        // Strong convexity: the loss is at least λ/2 |θ − θ*|² above its minimum θ*, λ = 0.4 · 8
        // (the rows constrain the constant even more).
        var farthest = 2 * Math.Sqrt(2 * LossTolerance / (0.4 * 8));
        foreach (var (_, _, x) in problem.Rows())
        {
            var difference = DenseProblem.Dot(warm.Weights, x) - DenseProblem.Dot(cold.Weights, x);
            Assert.InRange(Math.Abs(difference), 0, farthest * Math.Sqrt(DenseProblem.Dot(x, x)));
        }
    }

    /// <summary>Users with a large first dimension of the embedding. One in twenty changes from night to night.</summary>
    private static IEnumerable<string> Seeds(int night) => _users
        .Where((user, i) => user.Embedding[0] > 0.3 && i % 3 != 0 && (i * 7 + night) % 20 != 0 || (i * 11 + night) % 90 == 0).Select(user => user.Id);

    /// <summary>The same users with slightly moved embeddings, some of them more active.</summary>
    private static TestUser[] Moved(TestUser[] users, ulong night)
    {
        var random = new SeededRandom(night);
        return [.. users.Select(user => user with
        {
            Embedding = [.. user.Embedding.Select(value => value + 0.05f * (float)(random.NextDouble() - 0.5))],
            Activity = user.Activity + (random.NextInt32(20) == 0 ? 1 : 0),
        })];
    }
}
