using Kindred.Embeddings;
using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Tests.Populations;
using Kindred.Tuning;

namespace Kindred.Tests.Tuning;

/// <summary>Users and items of four tastes. Many items are liked by enough users to become pseudo lists.</summary>
internal static class TuningWorld
{
    public const int ItemCount = 80;

    public static readonly IalsOptions Ials = new() { Dimension = 16, Copies = 2, Iterations = 2, Threads = 2 };

    public static readonly TuningOptions Options = new() { Lists = 12, Folds = 2, HiddenShare = 0.1, Threads = 2 };

    /// <summary>The users with embeddings trained on their items.</summary>
    public static TestUser[] Users(int count = 500, int minimum = 4)
    {
        var random = new SeededRandom(5);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var items = new SortedSet<int>();
            var itemCount = minimum + random.NextInt32(12);
            while (items.Count < itemCount)
            {
                var taste = random.NextInt32(4) != 0 ? i % 4 : random.NextInt32(4);
                items.Add(taste * 20 + Math.Min(random.NextInt32(20), random.NextInt32(20)));
            }

            var embedding = Enumerable.Range(0, Ials.TotalDimension).Select(_ => (float)random.NextDouble()).ToArray();
            return new TestUser($"u{i}", embedding, Active: i % 10 != 0, Activity: (float)Math.Log(1 + items.Count)) { Items = [.. items] };
        })];
    }

    /// <summary>The users as a population.</summary>
    public static Population Population(int shards = 1, int minimum = 4) => TestPopulation.Of(Users(minimum: minimum), shards);
}
