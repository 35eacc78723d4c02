using Kindred.Audiences;
using Kindred.Pipeline.Store;

namespace Kindred.Pipeline.Comparing;

/// <summary>The audiences of two versions, one row each.</summary>
/// <param name="Rows">The rows without counts: in the order of the second version, then those that only the first has.</param>
/// <param name="RowOfFrom">[audiences of the first version] The row of each.</param>
/// <param name="RowOfTo">[audiences of the second version] The row of each.</param>
internal sealed record AudiencePairs(IReadOnlyList<AudienceDifference> Rows, IReadOnlyList<int> RowOfFrom, IReadOnlyList<int> RowOfTo)
{
    /// <summary>Pairs audiences of the same list, country and requested size; then, for each list and country, what is left over in the
    /// order of size, because its requested size has changed.</summary>
    public static AudiencePairs Of(RunVersion from, RunVersion to)
    {
        PublishedAudience[] before = [.. from.Audiences().Select(entry => entry.Audience)];
        PublishedAudience[] after = [.. to.Audiences().Select(entry => entry.Audience)];
        var pairOf = new int[after.Length];
        Array.Fill(pairOf, -1);
        Pair(before, after, pairOf, audience => (audience.SeedListId, audience.Country, audience.Size));

        // The sizes of one list and country ascend in a version, so the order of audiences is the order of sizes.
        Pair(before, after, pairOf, audience => (audience.SeedListId, audience.Country, ""));

        var (rows, rowOfFrom) = (new List<AudienceDifference>(), new int[before.Length]);
        Array.Fill(rowOfFrom, -1);
        for (var i = 0; i < after.Length; i++)
        {
            var pair = pairOf[i];
            if (pair >= 0) rowOfFrom[pair] = i;
            rows.Add(new AudienceDifference(after[i].SeedListId, after[i].Country, pair < 0 ? null : before[pair].Size, after[i].Size,
                pair < 0 ? null : 0, 0, 0, 0));
        }

        for (var i = 0; i < before.Length; i++)
        {
            if (rowOfFrom[i] >= 0) continue;
            rowOfFrom[i] = rows.Count;
            rows.Add(new AudienceDifference(before[i].SeedListId, before[i].Country, before[i].Size, null, 0, null, 0, 0));
        }

        return new AudiencePairs(rows, rowOfFrom, [.. Enumerable.Range(0, after.Length)]);
    }

    /// <summary>Pairs, in their order, the audiences with equal keys that have no pair yet.</summary>
    private static void Pair(PublishedAudience[] before, PublishedAudience[] after, int[] pairOf,
        Func<PublishedAudience, (string, string?, string)> key)
    {
        var paired = pairOf.ToHashSet();
        var free = Enumerable.Range(0, before.Length).Where(i => !paired.Contains(i)).GroupBy(i => key(before[i]))
            .ToDictionary(group => group.Key, group => new Queue<int>(group));
        for (var i = 0; i < after.Length; i++)
        {
            if (pairOf[i] < 0 && free.TryGetValue(key(after[i]), out var queue) && queue.TryDequeue(out var pair)) pairOf[i] = pair;
        }
    }
}
