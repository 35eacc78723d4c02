using Kindred.Embeddings;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Tests.Numerics;

namespace Kindred.Tests.Embeddings;

public sealed class IalsTrainerTests
{
    private static readonly InteractionMatrix _interactions = TestInteractions.Random(40, 30, 1);
    private static readonly IalsOptions _options =
        new() { Dimension = 16, Copies = 1, UnobservedWeight = 0.2, Regularization = 0.02, Iterations = 6, Steps = 12, Threads = 2 };

    [Fact]
    public void The_objective_equals_a_loop_over_all_pairs()
    {
        using var trained = IalsTrainer.Train(_interactions, _options);
        var expected = new ReferenceIals(_interactions, _options).Objective(Rows(trained.Users), Rows(trained.Items));
        Assert.Equal(expected, IalsTrainer.Objective(_interactions, trained, _options), expected * 1e-6);
    }

    [Fact]
    public void Users_with_few_items_that_no_other_user_has_are_embedded()
    {
        // The Gram matrix has rank two; rounding leaves almost nothing in the other directions.
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var rows = new SparseRows(new long[] { 0, 1, 2 }, new[] { 0, 1 }, new[] { 1f, 1f });
            var interactions = _interactions with { Users = IdList.From(["a", "b"]), Items = IdList.From(["x", "y"]), Rows = rows };
            using var trained = IalsTrainer.Train(interactions, new IalsOptions { Dimension = 16, Seed = seed, Threads = 1 });
            Assert.All(trained.Users.ToArray(), value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void The_objective_never_rises_and_converges_to_that_of_exact_alternation()
    {
        var reference = new ReferenceIals(_interactions, _options);
        var last = double.PositiveInfinity;
        foreach (var iterations in new[] { 1, 2, 3, 5, 8, 13, 60 })
        {
            using var trained = IalsTrainer.Train(_interactions, _options with { Iterations = iterations });
            var objective = reference.Objective(Rows(trained.Users), Rows(trained.Items));
            Assert.InRange(objective, 0, last * (1 + 1e-6));
            last = objective;
        }

        // The same number of exact alternations, starting from the items after the first pass.
        using var first = IalsTrainer.Train(_interactions, _options with { Iterations = 1 });
        var items = Rows(first.Items);
        var users = reference.SolveUsers(items);
        for (var pass = 0; pass < 100; pass++)
        {
            items = reference.SolveItems(users);
            users = reference.SolveUsers(items);
        }

        Assert.Equal(reference.Objective(users, items), last, last * 2e-4);
    }

    [Fact]
    public void One_step_per_row_comes_within_a_percent_of_many_steps()
    {
        using var one = IalsTrainer.Train(_interactions, _options with { Iterations = 12, Steps = 1 });
        using var many = IalsTrainer.Train(_interactions, _options with { Iterations = 12 });
        var exact = IalsTrainer.Objective(_interactions, many, _options);
        Assert.Equal(exact, IalsTrainer.Objective(_interactions, one, _options), exact * 0.01);
    }

    [Fact]
    public void User_embeddings_solve_the_least_squares_problem_given_the_items()
    {
        using var trained = IalsTrainer.Train(_interactions, _options);
        var reference = new ReferenceIals(_interactions, _options);
        var users = Rows(trained.Users);
        var exact = reference.SolveUsers(Rows(trained.Items));
        for (var u = 0; u < users.Length; u++)
        {
            for (var j = 0; j < 16; j++) Assert.Equal(exact[u][j], users[u][j], 2e-5);
        }
    }

    [Fact]
    public void The_gradient_of_the_objective_by_users_is_zero()
    {
        using var trained = IalsTrainer.Train(_interactions, _options);
        var reference = new ReferenceIals(_interactions, _options);
        double[][] users = Rows(trained.Users), items = Rows(trained.Items);
        const double Step = 1e-4;
        foreach (var u in new[] { 0, 7, 9, 31 })
        {
            for (var j = 0; j < 16; j++)
            {
                var at = users[u][j];
                users[u][j] = at + Step;
                var above = reference.Objective(users, items);
                users[u][j] = at - Step;
                var below = reference.Objective(users, items);
                users[u][j] = at;

                // For comparison: the derivative at a zero user embedding is about 10.
                Assert.Equal(0, (above - below) / (2 * Step), 1e-3);
            }
        }
    }

    [Fact]
    public void Only_users_without_items_have_zero_embeddings()
    {
        using var trained = IalsTrainer.Train(_interactions, _options);
        for (var u = 0; u < _interactions.Users.Count; u++)
        {
            var isZero = !trained.Users.Row(u).ContainsAnyExcept(0f);
            Assert.Equal(_interactions.Rows.ColumnsOf(u).IsEmpty, isZero);
        }
    }

    [Fact]
    public void The_result_has_the_same_bits_for_any_number_of_threads()
    {
        var interactions = TestInteractions.Random(900, 40, 2);
        var options = _options with { Iterations = 2, Steps = 4 };
        using var one = IalsTrainer.Train(interactions, options with { Threads = 1 });
        foreach (var threads in new[] { 2, 5 })
        {
            using var several = IalsTrainer.Train(interactions, options with { Threads = threads });
            TestNumbers.AssertSameBits(one.Users.ToArray(), several.Users.ToArray());
            TestNumbers.AssertSameBits(one.Items.ToArray(), several.Items.ToArray());
        }
    }

    [Fact]
    public void Users_of_one_taste_are_nearer_to_its_items()
    {
        using var trained = IalsTrainer.Train(_interactions, _options);
        double[][] users = Rows(trained.Users), items = Rows(trained.Items);
        double Mean(int parity) => users.SelectMany((user, u) => items
            .Where((_, i) => (u + i) % 2 == parity && u % 10 != 9).Select(item => ReferenceIals.Dot(user, item))).Average();
        Assert.True(Mean(0) > 2 * Mean(1), $"{Mean(0)} should be far above {Mean(1)}.");
    }

    [Theory]
    [InlineData(0.25f, 0.25)]
    [InlineData(1f, 1)]
    [InlineData(10f, 3.302585092994046)]
    public void Confidence_is_the_weight_up_to_1_and_grows_like_its_logarithm_from_there(float weight, double expected) =>
        Assert.Equal(expected, Confidences.Of(weight), 1e-6);

    [Fact]
    public void Empty_data_and_mismatched_lengths_are_refused()
    {
        Assert.Equal(ErrorKind.BadInput, Assert.Throws<KindredException>(
            () => IalsTrainer.Train(TestInteractions.Of([[0, 0], [0, 0]], 2), _options)).Kind);
        var error = Assert.Throws<KindredException>(() => IalsTrainer.Train(_interactions, _options with { Dimension = 20 }));
        Assert.Contains("20", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_overflows_is_an_error_that_names_the_user()
    {
        var error = Assert.Throws<KindredException>(
            () => IalsTrainer.Train(TestInteractions.Of([[1, 1], [1, float.PositiveInfinity]], 2), _options));
        Assert.Contains("is not finite", error.Message, StringComparison.Ordinal);
        Assert.Contains("'u00", error.Message, StringComparison.Ordinal);
    }

    private static double[][] Rows(AlignedMatrix matrix) =>
        [.. Enumerable.Range(0, (int)matrix.Rows).Select(row => Array.ConvertAll(matrix.Row(row).ToArray(), value => (double)value))];
}
