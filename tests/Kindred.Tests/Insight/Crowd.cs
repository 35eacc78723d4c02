using Kindred.Insight;
using Kindred.Sampling;
using Kindred.SeedLists;
using Kindred.Tests.Populations;

namespace Kindred.Tests.Insight;

/// <summary>Random users and groups of users; the users of a group share a direction.</summary>
internal static class Crowd
{
    public const int Dimension = 16;

    /// <summary>Groups a0, a1, …, b0, b1, … followed by random users u0, u1, …</summary>
    public static TestUser[] Of(int others, params int[] groups)
    {
        var random = new SeededRandom(7);
        var users = new List<TestUser>();
        for (var group = 0; group < groups.Length; group++)
        {
            for (var i = 0; i < groups[group]; i++) users.Add(User($"{(char)('a' + group)}{i}", group));
        }

        for (var i = 0; i < others; i++) users.Add(User($"u{i}", -1));
        return [.. users];

        TestUser User(string id, int group)
        {
            var embedding = new float[Dimension];
            foreach (ref var value in embedding.AsSpan()) value = (float)(random.NextDouble() * 2 - 1);
            if (group >= 0) embedding[group] += 4;
            return new TestUser(id, embedding, Activity: (float)random.NextDouble());
        }
    }

    /// <summary>Inspects one list of the given users.</summary>
    public static SeedInspection Inspect(Kindred.Populations.Population population, IEnumerable<string> seeds, InsightOptions? options = null, params FeatureTable[] features)
    {
        using var inspector = new SeedInspector(population, features, options ?? new InsightOptions());
        return inspector.Inspect([SeedMatch.Of(TestPopulation.List("list", seeds), population)])[0];
    }
}
