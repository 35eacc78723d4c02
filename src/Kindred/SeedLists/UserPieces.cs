using Kindred.Populations;

namespace Kindred.SeedLists;

/// <summary>A population divided into ranges of rows for threads.</summary>
internal static class UserPieces
{
    /// <summary>All users, in ranges of at most <paramref name="rows"/> of one shard.</summary>
    public static IReadOnlyList<(int Shard, int First, int End)> Of(Population population, int rows) =>
        [.. population.Shards.SelectMany((shard, number) => Enumerable.Range(0, (shard.Count + rows - 1) / rows)
            .Select(piece => (number, piece * rows, Math.Min(shard.Count, (piece + 1) * rows))))];
}
