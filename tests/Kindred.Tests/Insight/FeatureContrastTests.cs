using Kindred.Insight;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Insight;

public sealed class FeatureContrastTests
{
    [Fact]
    public void Equals_an_example_calculated_by_hand()
    {
        // p = 30.5/100 and q = 9.5/100: lift .305/.095 = 3.21; (.305 − .095) ln[.305 · .905 / (.695 · .095)] = .21 · 1.4305 = .3004.
        using var population = ItemPopulation.Of(
            [.. Enumerable.Range(0, 198).Select(i => new TestUser($"u{i:000}", [0]))], ["thing"], user => int.Parse(user[1..], System.Globalization.CultureInfo.InvariantCulture) is < 30 or > 188 ? [0] : []);
        var table = FeatureTable.Items(population);
        var seeds = FeatureContrast.Count(table, population.Rows(Enumerable.Range(0, 99).Select(i => $"u{i:000}")));
        var others = FeatureContrast.Count(table, population.Rows(Enumerable.Range(99, 99).Select(i => $"u{i:000}")));
        Assert.Equal((30, 9), (seeds[0], others[0]));
        var contrast = Assert.Single(FeatureContrast.Of(table, seeds, 99, others, 99, new InsightOptions()));
        Assert.Equal(new FeatureContrast(FeatureKind.Item, "thing", 0.3, 0.095, 3.2, 0.3), contrast with { Share = Math.Round(contrast.Share, 1) });
        Assert.Equal(contrast.Share, Math.Round(contrast.Share, 2));
    }

    [Fact]
    public void Counts_below_the_minimum_among_other_users_look_like_zero()
    {
        // All 60 seeds of a group have an item, and 0, 1, 7 or 19 of 500 others. The output must be the same.
        var shown = new[] { 0, 1, 7, 19 }.Select(having =>
        {
            using var population = ItemPopulation.Of(
                [.. Enumerable.Range(0, 560).Select(i => new TestUser($"u{i:000}", [0]))], ["thing"],
                user => int.Parse(user[1..], System.Globalization.CultureInfo.InvariantCulture) < 60 + having ? [0] : []);
            var table = FeatureTable.Items(population);
            var group = FeatureContrast.Count(table, population.Rows(Enumerable.Range(0, 60).Select(i => $"u{i:000}")));
            var others = FeatureContrast.Count(table, population.Rows(Enumerable.Range(60, 500).Select(i => $"u{i:000}")));
            Assert.Equal(having, others[0]);
            return Assert.Single(FeatureContrast.OfGroup(table, group, 60, others, 500, new InsightOptions()));
        }).Distinct();
        Assert.Null(Assert.Single(shown).OtherShare);
    }

    [Fact]
    public void Features_shared_by_fewer_seeds_than_the_minimum_never_appear() =>
        Gen.Select(Gen.Int[0, 1_000], Gen.Int[10, 40], Gen.Int[15, 200], Gen.Int[2, 12]).Sample((seed, minimum, count, common) =>
        {
            var key = SampleKey.Of((ulong)seed, 1);
            string[] items = [.. Enumerable.Range(0, 60).Select(i => $"item {i}")];
            var users = Crowd.Of(400, 60, 30);

            // Items from popular to rare. Some of them are popular only among the seeds.
            int[] ItemsOf(string user) => [.. Enumerable.Range(0, items.Length).Where(item =>
                key.Then((ulong)item).Then(UserHash.Of(System.Text.Encoding.UTF8.GetBytes(user))).ToUnit() < 1.0 / (1 + (double)item / common) * (user[0] == 'u' && item % 3 == 0 ? 0.2 : 1))];
            using var population = ItemPopulation.Of(users, items, ItemsOf);
            string[] seeds = [.. users.Take(count).Select(user => user.Id)];
            var topics = items.ToDictionary(item => item, item => $"topic {item[^1]}");
            var table = new UserTable(TestPopulation.Sorted(users.Select(user => user.Id)), [""], new int[users.Length], new byte[users.Length],
                new Dictionary<string, string?[]> { ["plan"] = [.. users.Select(user => user.Id).Order(TestPopulation.Utf8Order).Select(Plan)] });
            var list = Crowd.Inspect(population, seeds, new InsightOptions { MinimumCount = minimum, MostFeatures = 1_000 },
                FeatureTable.Items(population), FeatureTable.Topics(population, topics), FeatureTable.Attributes(population, table));

            Assert.All(list.Features.Concat(list.Clusters.SelectMany(cluster => cluster.Features)), feature =>
            {
                Assert.True(seeds.Count(user => Has(user, feature)) >= minimum, $"{feature} of fewer than {minimum}");
                Assert.Equal(Math.Round(feature.Share, 2), feature.Share);
                Assert.True(double.IsFinite(feature.Lift + feature.InformationValue) && feature.Lift > 0);
            });
            Assert.All(list.Clusters, cluster => Assert.True(cluster.Share * count >= minimum - 0.01 * count));

            string? Plan(string user) => user.Length == 2 ? null : $"plan {user[1]}";
            bool Has(string user, FeatureContrast feature) => feature.Kind switch
            {
                FeatureKind.Item => ItemsOf(user).Any(item => items[item] == feature.Name),
                FeatureKind.Topic => ItemsOf(user).Any(item => topics[items[item]] == feature.Name),
                _ => $"plan = {Plan(user)}" == feature.Name,
            };
        }, iter: 30);

    [Fact]
    public void Items_are_shown_by_name_and_a_topic_counts_each_user_once()
    {
        using var population = ItemPopulation.Of([.. Enumerable.Range(0, 50).Select(i => new TestUser($"u{i:00}", [0]))], ["i1", "i2", "i3"], user => user[1] < '3' ? [0, 1] : [2]);
        var named = FeatureTable.Items(population, new Dictionary<string, string> { ["i1"] = "Pasta" });
        Assert.Equal(["Pasta", "i2", "i3"], Enumerable.Range(0, 3).Select(named.Name));
        var topics = FeatureTable.Topics(population, new Dictionary<string, string> { ["i1"] = "food", ["i2"] = "food", ["unknown"] = "cars" });
        Assert.Equal(["cars", "food"], Enumerable.Range(0, topics.Count).Select(topics.Name));
        Assert.Equal([0, 30], FeatureContrast.Count(topics, population.Rows(Enumerable.Range(0, 50).Select(i => $"u{i:00}"))));
    }

    [Fact]
    public void Attributes_are_countries_and_the_columns_of_the_users_table()
    {
        var users = TestPopulation.Random(30, 1, 1, "de", "us");
        using var population = ItemPopulation.Of(users, [], _ => [], shards: 2);
        string[] sorted = [.. users.Select(user => user.Id).Order(TestPopulation.Utf8Order)];
        var table = new UserTable(TestPopulation.Sorted(sorted), ["de", "us"], [.. sorted.Select(id => users.Single(user => user.Id == id).Country == "us" ? 1 : 0)], new byte[30],
            new Dictionary<string, string?[]> { ["plan"] = [.. sorted.Select((_, i) => i % 3 == 0 ? "pro" : null)] });
        var attributes = FeatureTable.Attributes(population, table);
        var counts = FeatureContrast.Count(attributes, population.Rows(sorted));
        var byName = Enumerable.Range(0, attributes.Count).ToDictionary(attributes.Name, i => counts[i]);
        Assert.Equal(["country = de", "country = us", "plan = pro"], byName.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((users.Count(user => user.Country == "us"), 10), (byName["country = us"], byName["plan = pro"]));
    }
}
