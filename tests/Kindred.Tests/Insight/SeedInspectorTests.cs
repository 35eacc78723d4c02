using Kindred.Insight;
using Kindred.Sampling;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Insight;

public sealed class SeedInspectorTests
{
    private static readonly TestUser[] _users = Crowd.Of(2_000, 300, 200);

    [Fact]
    public void Cohesion_equals_the_naive_computation()
    {
        using var population = TestPopulation.Of(_users, 2);
        string[] seeds = [.. _users.Where((user, i) => user.Id[0] == 'a' ? i % 2 == 0 : i % 20 == 0).Select(user => user.Id)];
        var cohesion = Crowd.Inspect(population, seeds).Cohesion!;

        // Unit vectors around their mean, in double precision. The reference sample is large enough for all users.
        double[] Unit(double[] vector)
        {
            var length = Math.Sqrt(vector.Sum(value => value * value));
            return [.. vector.Select(value => value / length)];
        }

        double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
        double[] Sum(IEnumerable<double[]> vectors) => vectors.Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)]);
        var units = _users.ToDictionary(user => user.Id, user => Unit([.. user.Embedding.Select(value => (double)value)]));
        var mean = Sum(units.Values).Select(value => value / units.Count).ToArray();
        var centred = units.ToDictionary(unit => unit.Key, unit => Unit([.. unit.Value.Zip(mean, (x, y) => x - y)]));

        var centre = Sum(seeds.Select(seed => centred[seed]));
        var random = _users.Select(user => user.Id).Except(seeds).Select(user => Dot(centred[user], Unit(centre))).Order().ToArray();
        var closeness = seeds.Select(seed => Dot(centred[seed], Unit(Sum(seeds.Where(other => other != seed).Select(other => centred[other]))))).ToArray();
        var tail = (int)(0.05 * random.Length);
        Assert.Equal(closeness.Count(value => value > random[^(1 + tail)]) / (double)seeds.Length, cohesion.Near, 1e-12);
        Assert.Equal(closeness.Count(value => value < random[tail]) / (double)seeds.Length, cohesion.Far, 1e-12);
        var pairs = seeds.SelectMany(a => seeds.Where(b => b != a).Select(b => Dot(centred[a], centred[b]))).Average();
        Assert.Equal(pairs, cohesion.MeanCosine, 1e-6);
    }

    [Fact]
    public void Random_users_are_near_and_far_at_the_rates_of_chance_and_judged_too_mixed()
    {
        using var population = TestPopulation.Of(_users);
        var inspections = Enumerable.Range(0, 20).Select(draw => Crowd.Inspect(population,
            _users.Where((_, i) => SampleKey.Of((ulong)draw, (ulong)i).ToUnit() < 0.1).Select(user => user.Id))).ToArray();
        Assert.All(inspections, list => Assert.Equal(SeedVerdict.TooMixed, list.Verdict));
        Assert.Equal(0.05, inspections.Average(list => list.Cohesion!.Near), 0.01);
        Assert.Equal(0.05, inspections.Average(list => list.Cohesion!.Far), 0.01);
        Assert.Equal(0, inspections.Average(list => list.Cohesion!.MeanCosine), 0.002);
    }

    [Fact]
    public void Nearness_does_not_grow_with_the_list()
    {
        // Half of the list is a group that is too small to matter among all users.
        var users = Crowd.Of(10_000, 150);
        using var population = TestPopulation.Of(users);
        double Near(int parts) => Enumerable.Range(0, parts).Average(part =>
            Crowd.Inspect(population, users.Take(300).Where((_, i) => i % parts == part).Select(user => user.Id)).Cohesion!.Near);
        Assert.InRange(Near(1), 0.45, 0.65);
        Assert.Equal(Near(1), Near(6), 0.04);
    }

    [Fact]
    public void A_list_of_two_distant_groups_shows_both_and_their_distinctive_features()
    {
        // All users of a group have its item; all users have the last one.
        using var population = ItemPopulation.Of(_users, ["of a", "of b", "of all"], user => user[0] == 'a' ? [0, 2] : user[0] == 'b' ? [1, 2] : [2], shards: 3);
        var list = Crowd.Inspect(population, _users.Where(user => user.Id[0] != 'u').Select(user => user.Id), null, FeatureTable.Items(population));
        Assert.Equal([0.6, 0.4], list.Clusters.Select(cluster => cluster.Share));
        Assert.Equal(["of a"], list.Clusters[0].Features.Select(feature => feature.Name));
        Assert.Equal(["of b"], list.Clusters[1].Features.Select(feature => feature.Name));
        Assert.Equal(["of a", "of b"], list.Features.Select(feature => feature.Name));
        Assert.Equal(SeedVerdict.Fine, list.Verdict);
    }

    [Theory]
    [InlineData(1, 150, 0, 0)]
    [InlineData(3, 150, 150, 150)]
    [InlineData(4, 150, 120, 90, 100)]
    public void The_true_number_of_groups_is_found(int groups, params int[] sizes)
    {
        var users = Crowd.Of(1_000, sizes);
        using var population = TestPopulation.Of(users);
        var list = Crowd.Inspect(population, users.Where(user => user.Id[0] != 'u').Select(user => user.Id));
        Assert.Equal(groups, list.Clusters.Count);
        Assert.Equal(sizes.Where(size => size > 0).OrderDescending().Select(size => Math.Round((double)size / sizes.Sum(), 2)), list.Clusters.Select(cluster => cluster.Share));
    }

    [Fact]
    public void Is_the_same_with_any_threads_and_shards()
    {
        var one = Text(1, 1);
        Assert.Contains("TooMixed", one, StringComparison.Ordinal);
        Assert.Equal(one, Text(1, 3));
        Assert.Equal(one, Text(5, 2));

        static string Text(int shards, int threads)
        {
            using var population = ItemPopulation.Of(_users, ["x", "y", "z"], user => [user.Length % 3, user[^1] % 3], shards);
            using var inspector = new SeedInspector(population, [FeatureTable.Items(population)], new InsightOptions { Threads = threads, ReferenceUsers = 400 });
            var lists = inspector.Inspect([.. new[] { 2, 5, 9 }.Select(every => Kindred.SeedLists.SeedMatch.Of(
                TestPopulation.List($"every {every}", _users.Where((_, i) => i % every == 0).Select(user => user.Id)), population))]);
            return string.Join('\n', lists.Select(list => string.Join(' ', list.Verdict, list.Cohesion,
                string.Join(',', list.Features), string.Join(',', list.Clusters.SelectMany(cluster => cluster.Features.Select(feature => $"{cluster.Share} {feature}"))),
                string.Join(',', list.Outliers.Select(population.Name)))));
        }
    }

    [Fact]
    public void Outliers_are_the_most_distant_share_of_the_seeds()
    {
        using var population = TestPopulation.Of(_users, 2);
        var list = Crowd.Inspect(population, _users.Where(user => user.Id[0] == 'a').Select(user => user.Id).Concat(["u1", "u2", "u3", "u4", "u5", "u6"]));
        Assert.Equal(list.Cohesion!.Far, (double)list.Outliers.Count / list.Matched, 1e-12);
        Assert.All(list.Outliers, user => Assert.StartsWith("u", population.Name(user), StringComparison.Ordinal));
        Assert.Equal(list.Outliers.Select(population.Name).Order(TestPopulation.Utf8Order), list.Outliers.Select(population.Name));
    }

    [Fact]
    public void Users_without_an_embedding_are_counted_and_never_cause_NaN()
    {
        TestUser[] users = [.. _users, .. Enumerable.Range(0, 50).Select(i => new TestUser($"z{i}", new float[Crowd.Dimension]))];
        using var population = TestPopulation.Of(users);
        var list = Crowd.Inspect(population, users.Where(user => user.Id[0] is 'a' or 'z').Select(user => user.Id));
        Assert.Equal(50, list.WithoutEmbedding);
        Assert.True(double.IsFinite(list.Cohesion!.MeanCosine + list.Cohesion.Near + list.Cohesion.Far));
        Assert.Null(Crowd.Inspect(population, users.Where(user => user.Id[0] is 'z').Select(user => user.Id)).Cohesion);
        Assert.Equal([1.0], list.Clusters.Select(cluster => cluster.Share));
    }

    [Fact]
    public void A_list_below_the_minimum_reveals_nothing_about_its_users()
    {
        using var population = ItemPopulation.Of(_users, ["x"], _ => [0]);
        var list = Crowd.Inspect(population, _users.Take(19).Select(user => user.Id), null, FeatureTable.Items(population));
        Assert.Equal((SeedVerdict.TooFewToJudge, 19), (list.Verdict, list.Matched));
        Assert.Null(list.Cohesion);
        Assert.Empty(list.Features);
        Assert.Empty(list.Clusters);
        Assert.Empty(list.Outliers);
    }

    [Fact]
    public void The_minimum_is_never_below_10() =>
        Assert.Throws<KindredException>(() => Crowd.Inspect(TestPopulation.Of(_users), ["u1"], new InsightOptions { MinimumCount = 9 }));
}
