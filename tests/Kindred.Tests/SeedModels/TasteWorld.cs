using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Scoring;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedModels;

/// <summary>Users of two tastes, visible in items, embeddings and activity, and a seed list of one taste's users.</summary>
internal static class TasteWorld
{
    public const int Items = 60;

    /// <summary>
    /// Users u0, u1, …. Odd users like the later items, are more active and have other embeddings.
    /// One in eight is inactive; u0 has no items.
    /// </summary>
    public static TestUser[] Users(int count, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        return [.. TestPopulation.Random(count, 8, seed, "a", "b").Select((user, i) =>
        {
            var taste = i % 2;
            var items = new SortedSet<int>();
            var itemCount = i == 0 ? 0 : 2 + 2 * taste + random.NextInt32(8);
            while (items.Count < itemCount)
            {
                // The first items of a taste are popular. One item in six is of the other taste.
                var own = random.NextInt32(6) != 0 ? taste : 1 - taste;
                items.Add(own * Items / 2 + Math.Min(random.NextInt32(Items / 2), random.NextInt32(Items / 2)));
            }

            float[] embedding = [user.Embedding[0] + 0.8f * (2 * taste - 1), .. user.Embedding[1..]];
            return user with { Embedding = embedding, Activity = (float)Math.Log(1 + items.Count), Items = [.. items] };
        })];
    }

    /// <summary>A third of the users with an odd number.</summary>
    public static string[] Seeds(TestUser[] users) => [.. users.Where((_, i) => i % 6 == 1).Select(user => user.Id)];

    /// <summary>Scores users in the given order.</summary>
    /// <param name="scorer">The scorer.</param>
    /// <param name="population">The population of the users.</param>
    /// <param name="users">Their ids.</param>
    /// <param name="firstRow">The end of a shard's first tile.</param>
    /// <param name="tileUsers">The number of users of every other tile.</param>
    public static float[] Score(IUserScorer scorer, Population population, IEnumerable<string> users, int firstRow = 0, int tileUsers = UserTile.Capacity)
    {
        using var tile = new UserTile(population.Dimension);
        var scores = population.Shards.Select(shard => new float[shard.Count]).ToArray();
        for (var s = 0; s < scores.Length; s++)
        {
            for (int row = 0, next; row < scores[s].Length; row = next)
            {
                next = Math.Min(scores[s].Length, row == 0 && firstRow > 0 ? firstRow : row + tileUsers);
                tile.Load(population.Shards[s], row, next - row);
                scorer.Score(tile, scores[s].AsSpan(row, next - row));
            }
        }

        return [.. population.Rows(users).Select(user => scores[user.Shard][user.Row])];
    }
}
