using System.Text;
using Kindred.Embeddings;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Embeddings;

public sealed class InteractionMergeTests
{
    [Fact]
    public void Sums_the_weights_of_pairs_and_counts_pairs_with_unknown_items() =>
        Gen.ULong.Sample(seed =>
        {
            var old = Random(seed, "abcdefgh", "mnop");
            var added = Random(seed + 1, "cdefghij", "nopqr");
            using var population = Population(old);
            var (users, rows, unknown) = InteractionMerge.Merge(
                population, Users(old.Users, [""]), old.Items, Users(added.Users, [""]), added, saysWhoIsActive: false);

            var expected = Pairs(old);
            var expectedUnknown = 0;
            foreach (var (pair, weight) in Pairs(added))
            {
                if (pair.Item is "q" or "r") expectedUnknown++;
                else expected[pair] = expected.GetValueOrDefault(pair) + weight;
            }

            Assert.Equal(expectedUnknown, unknown);
            Assert.Equal("abcdefghij".Select(id => $"{id}"), Enumerable.Range(0, users.Ids.Count).Select(users.Ids.GetString));
            Assert.Equal(
                expected.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)),
                Pairs(new InteractionMatrix(users.Ids, old.Items, rows)).Select(pair => (pair.Key, pair.Value)));
        }, iter: 50);

    [Theory]
    [InlineData(false, new byte[] { 1, 1, 0, 1 })]
    [InlineData(true, new byte[] { 1, 0, 0, 1 })]
    public void Active_users_stay_active_unless_the_new_data_defines_activity(bool saysWhoIsActive, byte[] expected)
    {
        var users = Merge(["a", "b", "c"], [""], [1, 1, 0], ["b", "c", "d"], [""], [0, 0, 1], saysWhoIsActive);
        Assert.Equal(expected, users.Active);
    }

    [Fact]
    public void A_known_user_keeps_the_country_unless_the_new_data_has_one()
    {
        var without = Merge(["a", "b"], ["de", "us"], [1, 1], ["b"], [""], [1], false);
        Assert.Equal(["de", "us"], without.CountryOf.Select(number => without.Countries[number]));
        var with = Merge(["a", "b"], ["de", "us"], [1, 1], ["b"], ["fr"], [1], false);
        Assert.Equal(["de", "fr"], with.Countries);
        Assert.Equal(["de", "fr"], with.CountryOf.Select(number => with.Countries[number]));
    }

    private static UserTable Merge(
        string[] old, string[] oldCountries, byte[] oldActive, string[] added, string[] countries, byte[] active, bool saysWhoIsActive)
    {
        var before = new InteractionMatrix(IdList.From(old), IdList.From(["m"]), Rows(old.Length));
        using var population = Population(before);
        var after = new InteractionMatrix(IdList.From(added), IdList.From(["m"]), Rows(added.Length));
        return InteractionMerge.Merge(
            population, Users(before.Users, oldCountries) with { Active = oldActive }, before.Items,
            Users(after.Users, countries) with { Active = active }, after, saysWhoIsActive).Users;
    }

    // Users get the countries in rotation.
    private static UserTable Users(IdList ids, string[] countries) => new(
        ids, countries, [.. Enumerable.Range(0, ids.Count).Select(i => i % countries.Length)], new byte[ids.Count], new Dictionary<string, string?[]>());

    private static SparseRows Rows(int users) => new(
        Enumerable.Range(0, users + 1).Select(i => (long)i).ToArray(), new int[users], Enumerable.Repeat(1f, users).ToArray());

    private static InteractionMatrix Random(ulong seed, string users, string items)
    {
        var random = new SeededRandom(seed);
        var weights = users.Select(_ => items.Select(_ => (float)random.NextInt32(3)).ToArray()).ToArray();
        var numbered = TestInteractions.Of(weights, items.Length);
        return new InteractionMatrix(IdList.From(users.Select(id => $"{id}")), IdList.From(items.Select(id => $"{id}")), numbered.Rows);
    }

    private static Dictionary<(string User, string Item), float> Pairs(InteractionMatrix matrix) =>
        Enumerable.Range(0, matrix.Users.Count)
            .SelectMany(user => matrix.Rows.ColumnsOf(user).ToArray().Zip(matrix.Rows.WeightsOf(user).ToArray())
                .Select(entry => (Pair: (matrix.Users.GetString(user), matrix.Items.GetString(entry.First)), Weight: entry.Second)))
            .ToDictionary(entry => entry.Pair, entry => entry.Weight);

    private static Population Population(InteractionMatrix matrix)
    {
        using var users = TestPopulation.Of([.. Enumerable.Range(0, matrix.Users.Count).Select(i => new TestUser(matrix.Users.GetString(i), [0]))]);
        var shard = users.Shards[0];
        Assert.Equal(matrix.Users.GetString(0), Encoding.UTF8.GetString(shard.UserIds[0]));
        return new Population(
            [
                new PopulationShard
                {
                    UserIds = shard.UserIds, Dimension = 1, Embeddings = shard.Embeddings, Activity = shard.Activity, Active = shard.Active,
                    CountryStarts = shard.CountryStarts, RowsById = shard.RowsById, Features = matrix.Rows,
                },
            ],
            users.Countries, users.Activity, matrix.Items, "test");
    }
}
