using Kindred.Populations;
using Kindred.Sampling;
using Kindred.Scoring;
using Kindred.Tests.Populations;

namespace Kindred.Tests.SeedModels;

/// <summary>Users of two tastes that show in items, embeddings and activity alike, and a seed list of one taste's users.</summary>
internal static class TasteWorld
{
    public const int Items = 60;

    /// <summary>Users u0, u1, …: those with an odd number like the later items, do more, and lie elsewhere. One in eight is not active; u0 has no items.</summary>
    public static TestUser[] Users(int count, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        return [.. TestPopulation.Random(count, 8, seed, "a", "b").Select((user, i) =>
        {
            var taste = i % 2;
            var items = new SortedSet<int>();
            var wanted = i == 0 ? 0 : 2 + 2 * taste + random.NextInt32(8);
            while (items.Count < wanted)
            {
                // The first items of a taste are the popular ones; one in six is of the other taste.
                var own = random.NextInt32(6) != 0 ? taste : 1 - taste;
                items.Add(own * Items / 2 + Math.Min(random.NextInt32(Items / 2), random.NextInt32(Items / 2)));
            }

            float[] embedding = [user.Embedding[0] + 0.8f * (2 * taste - 1), .. user.Embedding[1..]];
            return user with { Embedding = embedding, Activity = (float)Math.Log(1 + items.Count), Items = [.. items] };
        })];
    }

    /// <summary>A third of the users with an odd number.</summary>
    public static string[] Seeds(TestUser[] users) => [.. users.Where((_, i) => i % 6 == 1).Select(user => user.Id)];

    /// <summary>Every user's score, in the order given.</summary>
    /// <param name="scorer">Scores.</param>
    /// <param name="population">Where the users are.</param>
    /// <param name="users">Their ids.</param>
    /// <param name="firstRow">Where the first tile of a shard ends.</param>
    /// <param name="tileUsers">Users of every other tile.</param>
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
