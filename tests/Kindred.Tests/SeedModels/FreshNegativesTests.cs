using Kindred.Networks.Mlp;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.SeedModels;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedModels;

/// <summary>Tests populations with more negatives than one epoch uses.</summary>
public sealed class FreshNegativesTests
{
    private static readonly TestUser[] _users = TestPopulation.Random(900, 8, 3);
    private static readonly string[] _seeds = [.. _users.Where((user, i) => user.Active && i % 9 == 0).Select(user => user.Id)];

    [Fact]
    public void A_sample_is_the_rows_with_the_smallest_keys() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int[1, 400], Gen.ULong).Sample((count, limit, key) =>
        {
            var rows = new TrainingRows(count);
            for (var i = 0; i < count; i++) rows.Add(new UserRow(0, i), UserHash.Of(BitConverter.GetBytes(i)), 1);
            var expected = Enumerable.Range(0, count).OrderBy(i => key.Then(UserHash.Of(BitConverter.GetBytes(i)))).Take(limit).Order();
            var sample = rows.Sample(limit, key);
            Assert.Equal(expected, Enumerable.Range(0, sample.Count).Select(i => sample[i].User.Row).Order());
        });

    [Fact]
    public void Each_epoch_has_the_same_positives_and_fresh_negatives_on_the_same_scale()
    {
        using var population = TestPopulation.Of(_users);
        using var first = TestTraining.Set(population, _seeds, new MlpOptions { MaxNegatives = 100 });
        using var second = first.ForEpoch(1);
        using var third = first.ForEpoch(2);
        Assert.Same(first, first.ForEpoch(0));
        Assert.All([first, second, third], set => Assert.Equal(100, set.Labels.Count(label => label == 0)));
        Assert.All([second, third], set => Assert.Equal(Hashes(first, 1), Hashes(set, 1)));
        Assert.All([second, third], set => Assert.Equal((first.Scale.Embedding, first.LogitOffset), (set.Scale.Embedding, set.LogitOffset)));

        // 100 of about 700 users: two samples share about 14.
        Assert.InRange(Hashes(first, 0).Intersect(Hashes(second, 0)).Count(), 1, 40);
        Assert.InRange(Hashes(second, 0).Intersect(Hashes(third, 0)).Count(), 1, 40);
    }

    [Fact]
    public void If_all_negatives_fit_every_epoch_has_the_same_rows()
    {
        using var population = TestPopulation.Of(_users);
        using var set = TestTraining.Set(population, _seeds, new MlpOptions());
        Assert.Same(set, set.ForEpoch(5));
    }

    [Fact]
    public void A_network_on_fresh_negatives_is_the_same_with_any_number_of_shards()
    {
        var options = new MlpOptions { MaxNegatives = 150, HiddenFrom = 0, HiddenUnits = 16, Epochs = 4, Patience = 4, BatchSize = 64, LearningRate = 0.02, HiddenRegularization = 0.1, RegularizationPerDimension = 0.1 };
        var parameters = new[] { 1, 3, 7 }.Select(shards =>
        {
            using var population = TestPopulation.Of(_users, shards);

            // No plane separates the seeds, so that epochs are run.
            var seeds = _users.Where(user => user.Active && user.Embedding[0] * user.Embedding[1] > 0.2).Select(user => user.Id);
            var model = TestTraining.Train(population, seeds, options);
            Assert.True(model.Report["epochs"] >= 2, $"{model.Report["epochs"]} epochs");
            return model.Scorer().Network.Parameters();
        }).ToArray();
        Assert.Equal(parameters[0], parameters[1]);
        Assert.Equal(parameters[0], parameters[2]);
    }

    private static HashSet<ulong> Hashes(TrainingSet set, float label) =>
        [.. Enumerable.Range(0, set.Count).Where(i => set.Labels[i] == label).Select(i => set.Hashes[i])];
}
