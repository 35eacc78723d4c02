using Kindred.Networks.Linear;
using Kindred.Networks.Mlp;
using Kindred.SeedModels;
using Kindred.Tests.Numerics;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Networks.Linear;

public sealed class LinearFitsTests
{
    private static readonly MlpOptions _options = new() { RegularizationPerDimension = 0.4 };
    private static readonly TestUser[] _users = TestPopulation.Random(700, 8, 1);

    // The labels depend on the first dimension of the embedding, so that there is something to learn. Some users are inactive.
    private static readonly string[] _seeds = [.. _users.Where((user, i) => user.Embedding[0] > 0.3 && i % 3 != 0).Select(user => user.Id)];

    public static TheoryData<int, int, double> Cases => new()
    {
        { int.MaxValue, int.MaxValue, 0.4 },
        { int.MaxValue, int.MaxValue, 50 },
        { int.MaxValue, int.MaxValue, 1e-3 },
        { 100, int.MaxValue, 0.4 },
        { int.MaxValue, 60, 0.4 },
        { 100, 60, 2.5 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Finds_the_same_minimum_as_Newtons_method_in_double_precision(int negatives, int positives, double ridge)
    {
        using var problem = new DenseProblem(_users, _seeds, Options(negatives, positives, ridge));
        var found = problem.Fit();
        var expected = problem.Reference();
        Assert.InRange(problem.Loss(found.Weights) - problem.Loss(expected), -1e-9, 1e-4);
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], found.Weights[k], 1e-3 * Math.Max(1, Math.Abs(expected[k])));
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_report_contains_the_rows_and_the_mean_loss_at_the_weights(int negatives, int positives, double ridge)
    {
        using var problem = new DenseProblem(_users, _seeds, Options(negatives, positives, ridge));
        var found = problem.Fit();
        var rows = problem.Rows();
        Assert.Equal(Math.Min(positives, _seeds.Length), found.Positives);
        Assert.Equal(rows.Count(row => row.Label == 0), found.Negatives);
        Assert.Equal(problem.DataLoss(found.Weights) / rows.Sum(row => row.Weight), found.Loss, 1e-6);
        double negativeShare = Math.Min(negatives, problem.Context.Pool.Candidates) / (double)problem.Context.Pool.Candidates;
        Assert.Equal(Math.Log(negativeShare / (found.Positives / (double)_seeds.Length)), found.LogitOffset, 1e-12);
    }

    [Fact]
    public void Users_outside_the_sample_have_no_influence()
    {
        using var problem = new DenseProblem(_users, _seeds, _options);
        var all = problem.Fit().Weights;
        problem.Task = problem.Task with { Takes = hash => hash % 3 != 0 };
        var expected = problem.Reference();
        var found = problem.Fit().Weights;
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], found[k], 2e-3);
        Assert.NotEqual(all, found);
    }

    [Theory, InlineData(0), InlineData(1e-9)]
    public void Redundant_dimensions_without_regularisation_still_separate_the_classes(double ridge)
    {
        // 56 of 64 dimensions are copies, so the Hessian does not have full rank.
        var users = TestPopulation.Random(300, 8, 4).Select(user =>
            user with { Embedding = [.. Enumerable.Range(0, 64).Select(k => user.Embedding[k % 8])] }).ToArray();
        using var problem = new DenseProblem(
            users, users.Where(user => user.Embedding[0] > 0.5).Select(user => user.Id), _options with { RegularizationPerDimension = ridge });
        var theta = problem.Fit().Weights;
        Assert.All(theta, value => Assert.True(double.IsFinite(value)));
        var scores = problem.Rows().ToLookup(row => row.Label, row => DenseProblem.Dot(theta, row.X));
        Assert.True(scores[1].Average() > scores[0].Average() + 1);
    }

    [Fact]
    public void Seeds_of_zero_weight_give_a_low_finite_constant()
    {
        using var problem = new DenseProblem(_users, _seeds, _options);
        problem.Task = problem.Task with { SeedWeights = new float[_seeds.Length] };
        var found = problem.Fit().Weights;
        Assert.All(found, value => Assert.True(double.IsFinite(value)));
        Assert.InRange(found[^1], -40, -5);
    }

    [Fact]
    public void A_model_has_the_same_bits_alone_with_others_and_for_any_number_of_threads()
    {
        // A small sample of candidates, so that most seeds are outside it and each list has many that others lack. More lists than lanes.
        var users = TestPopulation.Random(6_000, 8, 5);
        using var problem = new DenseProblem(users, [users[0].Id], Options(500, int.MaxValue, 0.4));
        LinearTask[] tasks = [.. Enumerable.Range(0, 40).Select(k => problem.TaskOf(
            $"list {k}", users.Where((user, i) => user.Embedding[k % 8] > 0.5 * (k % 3) - 0.4 && (i + k) % (k % 7 + 1) == 0).Select(user => user.Id)))];
        Assert.True(tasks[0].Seeds.Users.Count > 2_000);
        var together = problem.Fit(3, tasks);
        foreach (var k in new[] { 0, 1, 7, 20, 39 })
        {
            var alone = problem.Fit(1, tasks[k])[0];
            Assert.Equal((together[k].Weights, together[k].Loss, together[k].Passes), (alone.Weights, alone.Loss, alone.Passes), Same);
        }

        foreach (var (a, b) in together.Zip(problem.Fit(2, [.. tasks.Reverse()]).Reverse()))
        {
            Assert.Equal((a.Weights, a.Loss, a.Passes), (b.Weights, b.Loss, b.Passes), Same);
        }

        static bool Same((double[] Weights, double Loss, int Passes) a, (double[] Weights, double Loss, int Passes) b) =>
            a.Weights.SequenceEqual(b.Weights) && (a.Loss, a.Passes) == (b.Loss, b.Passes);
    }

    [Fact]
    public void Preconditioned_conjugate_gradients_keep_passes_low_for_large_lists()
    {
        // Dimensions of very different scale, as in real embeddings.
        var users = TestPopulation.Random(3_000, 32, 6).Select(user =>
            user with { Embedding = [.. user.Embedding.Select((value, k) => value * (float)Math.Pow(0.8, k))] }).ToArray();
        var seeds = users.Where((user, i) => user.Embedding[1] > 0.2 ^ i % 4 == 0).Select(user => user.Id);
        using var problem = new DenseProblem(users, seeds, _options with { RegularizationPerDimension = 0.01 });
        var found = problem.Fit();
        Assert.InRange(found.Passes, 5, 18);
        Assert.InRange(problem.Loss(found.Weights) - problem.Loss(problem.Reference()), -1e-9, 1e-4);
    }

    [Fact]
    public void A_list_of_every_candidate_is_refused()
    {
        using var problem = new DenseProblem(_users, _users.Where(user => user.Active).Select(user => user.Id), _options);
        Assert.Contains("'list' leaves no negatives", Assert.Throws<NoNegativesException>(problem.Fit).Message, StringComparison.Ordinal);
    }

    private static MlpOptions Options(int negatives, int positives, double ridge) => _options with
    {
        MaxNegatives = negatives,
        MaxPositives = positives,
        RegularizationPerDimension = ridge,
    };
}
