using System.Runtime.InteropServices;

namespace Kindred.SeedLists.Checks;

/// <summary>Finds lists with exactly the same users of the population.</summary>
internal static class SameUsers
{
    /// <summary>For each such list except the first, sets the first one.</summary>
    public static void Tell(ListCheck[] lists, IReadOnlyList<SeedMatch> seeds)
    {
        // Users are sorted by id, so equal sets are equal sequences.
        var first = new Dictionary<UInt128, List<int>>();
        for (var i = 0; i < lists.Length; i++)
        {
            if (seeds[i].Users.Count == 0) continue;
            var users = seeds[i].Users.ToArray();
            var hash = System.IO.Hashing.XxHash128.HashToUInt128(MemoryMarshal.AsBytes(users.AsSpan()));
            ref var others = ref CollectionsMarshal.GetValueRefOrAddDefault(first, hash, out _);
            others ??= [];
            var same = others.FindIndex(other => seeds[other].Users.SequenceEqual(users));
            if (same >= 0) lists[i] = lists[i] with { SameAs = lists[others[same]].SeedListId };
            else others.Add(i);
        }
    }
}
