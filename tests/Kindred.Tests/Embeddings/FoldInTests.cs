using Kindred.Embeddings;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Tests.Numerics;

namespace Kindred.Tests.Embeddings;

public sealed class FoldInTests
{
    private static readonly InteractionMatrix _interactions = TestInteractions.Random(600, 40, 3);
    private static readonly IalsOptions _options = new() { Dimension = 24, Copies = 2, Iterations = 3, Threads = 2 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Known_users_get_their_stored_embedding_bit_for_bit()
    {
        using var trained = IalsTrainer.Train(_interactions, _options);
        using var foldIn = new FoldIn(trained.Items, _options.UnobservedWeight, _options.Regularization, 1, _options.Copies);
        using var again = foldIn.Embed(_interactions.Rows, 3);
        TestNumbers.AssertSameBits(trained.Users.ToArray(), again.ToArray());
    }

    [Fact]
    public void A_user_folded_in_alone_gets_the_same_bits_as_among_all_users()
    {
        using var trained = IalsTrainer.Train(_interactions, _options);
        using var foldIn = new FoldIn(trained.Items, _options.UnobservedWeight, _options.Regularization, 2, _options.Copies);
        foreach (var user in new[] { 0, 9, 300, 599 })
        {
            var columns = _interactions.Rows.ColumnsOf(user).ToArray();
            var row = new SparseRows(new long[] { 0, columns.Length }, columns, _interactions.Rows.WeightsOf(user).ToArray());
            using var alone = foldIn.Embed(row, 1);
            TestNumbers.AssertSameBits(trained.Users.Row(user), alone.Row(0));
        }
    }

    [Fact]
    public void A_subset_in_any_order_gets_the_same_bits_as_among_all_users()
    {
        using var trained = IalsTrainer.Train(_interactions, _options);
        using var foldIn = new FoldIn(trained.Items, _options.UnobservedWeight, _options.Regularization, 2, _options.Copies);
        int[] which = [.. Enumerable.Range(0, 400).Select(i => i * 7 % 600)];
        using var some = foldIn.Embed(_interactions.Rows, which, 2);
        for (var i = 0; i < which.Length; i++) TestNumbers.AssertSameBits(trained.Users.Row(which[i]), some.Row(i));
    }

    [Fact]
    public void Copies_are_adjacent_and_each_equals_a_copy_made_alone()
    {
        using var both = IalsTrainer.Train(_interactions, _options);
        using var first = IalsTrainer.Train(_interactions, _options with { Copies = 1 });
        Assert.Equal(48, both.Users.Columns);
        for (var user = 0; user < 600; user++)
        {
            TestNumbers.AssertSameBits(first.Users.Row(user), both.Users.Row(user)[..24]);
            if (_interactions.Rows.ColumnsOf(user).Length > 0) Assert.NotEqual(first.Users.Row(user).ToArray(), both.Users.Row(user)[24..].ToArray());
        }
    }

    [Fact]
    public void An_update_keeps_unchanged_users_and_moves_changed_ones()
    {
        var users = new UserTable(_interactions.Users, [""], new int[600], new byte[600], new Dictionary<string, string?[]>());
        var population = PopulationEmbedding.Train(users, _interactions, _options, keepFeatures: true);
        var weights = _interactions.Rows.Weights.ToArray();
        weights[0] *= 5;
        var changed = _interactions with { Rows = _interactions.Rows with { Weights = weights } };
        var updated = PopulationEmbedding.Update(users, changed, population.Items!.Embeddings, population.Recipe, 2);
        int[] all = [.. Enumerable.Range(0, 600)];
        using AlignedMatrix before = population.Embeddings.Of(all, Cancellation), after = updated.Embeddings.Of(all, Cancellation);
        Assert.NotEqual(before.Row(0).ToArray(), after.Row(0).ToArray());
        TestNumbers.AssertSameBits(before.RowRange(1, 599), after.RowRange(1, 599));
    }

    [Theory]
    [InlineData("solver")]
    [InlineData("")]
    public void Folding_in_gives_the_same_bits_for_any_batches_threads_and_solver(string kept)
    {
        var users = new UserTable(_interactions.Users, [""], new int[600], new byte[600], new Dictionary<string, string?[]>());
        var trained = PopulationEmbedding.Train(users, _interactions, _options, keepFeatures: true);
        var recipe = trained.Recipe.Where(entry => entry.Key != "solver" || entry.Key == kept).ToDictionary();
        IUserEmbeddings Embeddings(int threads) => PopulationEmbedding.Update(users, _interactions, trained.Items!.Embeddings, recipe, threads).Embeddings;
        using IUserEmbeddings one = Embeddings(1), several = Embeddings(3);
        Assert.Equal((600, 48), (several.Count, several.Dimension));
        using var together = one.Of([.. Enumerable.Range(0, 600)], Cancellation);
        for (var part = 0; part < 3; part++)
        {
            int[] which = [.. Enumerable.Range(0, 200).Select(i => 597 + part - 3 * i)];
            using var some = several.Of(which, Cancellation);
            for (var i = 0; i < which.Length; i++) TestNumbers.AssertSameBits(together.Row(which[i]), some.Row(i));
        }
    }

    [Fact]
    public void Fold_in_memory_grows_with_the_users_up_to_one_block()
    {
        const int Block = IUserEmbeddings.UsersAtATime;
        long Bytes(long users) => PopulationEmbedding.FoldInBytes(users, 1000, 64, 2);
        Assert.Equal(100 * 128 * sizeof(float), Bytes(200) - Bytes(100));
        Assert.Equal(Bytes(Block), Bytes(1000L * Block));
    }

    [Fact]
    public void The_error_about_an_embedding_that_is_not_finite_names_the_user()
    {
        var interactions = TestInteractions.Of([[1, 1], [1, 1], [1, float.PositiveInfinity]], 2);
        var users = new UserTable(interactions.Users, [""], new int[3], new byte[3], new Dictionary<string, string?[]>());
        var trained = PopulationEmbedding.Train(users, TestInteractions.Of([[1, 1], [1, 1], [1, 1]], 2), _options, keepFeatures: true);
        using var embeddings = PopulationEmbedding.Update(users, interactions, trained.Items!.Embeddings, trained.Recipe, 1).Embeddings;
        embeddings.Of([1, 0], Cancellation).Dispose();
        var error = Assert.Throws<KindredException>(() => embeddings.Of([1, 2], Cancellation));
        Assert.Contains("'u002' is not finite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Item_rows_that_are_not_a_multiple_of_8_are_refused_before_memory_is_read()
    {
        using var items = new AlignedMatrix(5, 12);
        Assert.Throws<KindredException>(() => new FoldIn(items, 0.1, 0.001, 1));
        using var odd = new AlignedMatrix(5, 24);
        Assert.Throws<KindredException>(() => new FoldIn(odd, 0.1, 0.001, 1, copies: 2));
    }

    [Fact]
    public void Activity_is_the_standardised_logarithm_of_the_number_of_items()
    {
        var (values, scale) = Activity.Of(TestInteractions.Of([[1, 5, 0], [0, 0, 0], [1, 1, 1]], 3).Rows);
        double[] expected = [Math.Log(3), 0, Math.Log(4)];
        for (var i = 0; i < 3; i++) Assert.Equal(expected[i], values[i], 1e-6);
        Assert.Equal(expected.Average(), scale.Mean, 1e-6);
        Assert.Equal(Math.Sqrt(expected.Average(x => x * x) - expected.Average() * expected.Average()), scale.Deviation, 1e-6);
        Assert.Equal(1, Activity.Of(TestInteractions.Of([[1], [1]], 1).Rows).Scale.Deviation);
    }
}
