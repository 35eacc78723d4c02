using Kindred.Populations;

namespace Kindred.Data.Forgotten;

/// <summary>Finds forgotten users in a population with one pass over all ids, on all threads.</summary>
internal static class ForgottenRows
{
    private const int RowsAtATime = 1 << 16;

    public static IReadOnlyList<UserRow> Find(Tombstones tombstones, Population population)
    {
        var parts = new List<(int Shard, int First)>();
        for (var shard = 0; shard < population.Shards.Count; shard++)
        {
            for (var first = 0; first < population.Shards[shard].Count; first += RowsAtATime) parts.Add((shard, first));
        }

        // Joined in the order of the parts, so that the users are in the order of the population.
        var found = new List<UserRow>?[parts.Count];
        Parallel.For(0, parts.Count, i =>
        {
            var (shard, first) = parts[i];
            found[i] = Find(tombstones, population.Shards[shard].UserIds, shard, first);
        });
        return [.. found.SelectMany(users => users ?? [])];
    }

    private static List<UserRow>? Find(Tombstones tombstones, IdList ids, int shard, int first)
    {
        List<UserRow>? found = null;
        // Outside the loop: taking a span of mapped memory costs more than hashing an id.
        var utf8 = ids.Utf8.Span;
        var offsets = ids.Offsets.Span;
        var end = Math.Min(ids.Count, first + RowsAtATime);
        for (var row = first; row < end; row++)
        {
            if (tombstones.Contains(utf8[(int)offsets[row]..(int)offsets[row + 1]])) (found ??= []).Add(new UserRow(shard, row));
        }

        return found;
    }
}
