using Kindred.Embeddings;
using Kindred.Populations;
using Kindred.Tests.Numerics;
using Kindred.Tuning;

namespace Kindred.Tests.Tuning;

public sealed class FoldPopulationTests
{
    private static readonly HashSet<int> _hidden = [0, 1, 2, 25];

    [Fact]
    public void Hidden_items_are_removed_and_the_others_stay()
    {
        using var population = TuningWorld.Population();
        using var without = FoldPopulation.Without(population, _hidden, TuningWorld.Ials, null, CancellationToken.None);
        for (var user = 0; user < population.UserCount; user++)
        {
            Assert.Equal(
                population.Shards[0].Features!.ColumnsOf(user).ToArray().Where(item => !_hidden.Contains(item)),
                without.Shards[0].Features!.ColumnsOf(user).ToArray());
        }
    }

    [Fact]
    public void Embeddings_and_activity_come_from_the_remaining_items()
    {
        using var population = TuningWorld.Population();
        using var without = FoldPopulation.Without(population, _hidden, TuningWorld.Ials, null, CancellationToken.None);
        var users = Enumerable.Range(0, (int)population.UserCount)
            .Select(user => population.Shards[0].Features!.ColumnsOf(user).ToArray().Where(item => !_hidden.Contains(item)).ToArray()).ToArray();
        var starts = users.Aggregate(new List<long> { 0 }, (sums, items) => [.. sums, sums[^1] + items.Length]).ToArray();
        var left = new SparseRows(starts, users.SelectMany(items => items).ToArray(), Enumerable.Repeat(1f, (int)starts[^1]).ToArray());
        using var trained = IalsTrainer.Train(new InteractionMatrix(population.Shards[0].UserIds, population.Items, left), TuningWorld.Ials);
        TestNumbers.AssertSameBits(trained.Users.ToArray(), without.Shards[0].Embeddings.Span);
        TestNumbers.AssertSameBits(Activity.Of(left).Values, without.Shards[0].Activity.Span);
        Assert.Equal(Activity.Of(left).Scale, without.Activity);
    }

    [Fact]
    public void Only_users_that_fall_below_the_minimum_number_of_items_become_inactive()
    {
        using var population = TuningWorld.Population(minimum: 6);
        using var without = FoldPopulation.Without(population, _hidden, TuningWorld.Ials, null, CancellationToken.None);
        var (before, after) = (population.Shards[0], without.Shards[0]);
        var dropped = 0;
        for (var user = 0; user < before.Count; user++)
        {
            var has = after.Features!.ColumnsOf(user).Length;
            Assert.Equal(has < 6 ? 0 : before.Active.Span[user], after.Active.Span[user]);
            dropped += before.Active.Span[user] - after.Active.Span[user];
        }

        Assert.InRange(dropped, 1, 150);
    }
}
