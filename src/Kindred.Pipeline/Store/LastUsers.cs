using System.Text;
using Kindred.Data.Forgotten;
using Kindred.Data.Memberships;

namespace Kindred.Pipeline.Store;

/// <summary>Replaces deleted users in thresholds: a threshold names its last admitted user, and the user with the preceding id takes that
/// place.</summary>
/// <remarks>
/// No other known user's id lies between the two, so all other users stay in the same audiences. A version without an index has
/// no ids: there an empty id takes the place, which admits no other user with the same score.
/// </remarks>
internal static class LastUsers
{
    public static UnitResult[] Replace(RunStore store, RunVersion version, UnitResult[] units, Tombstones forgotten)
    {
        var named = units.SelectMany(unit => unit.Targets).SelectMany(target => target.Sizes).Select(size => size.LastUserId).Distinct()
            .Where(id => forgotten.Contains(Encoding.UTF8.GetBytes(id))).ToArray();
        if (named.Length == 0) return units;
        var before = Predecessors(store, version, named, forgotten);
        return [.. units.Select(unit => unit with
        {
            Targets = [.. unit.Targets.Select(target => target with
            {
                Sizes = [.. target.Sizes.Select(size =>
                    before.TryGetValue(size.LastUserId, out var other) ? size with { LastUserId = other } : size)],
            })],
        })];
    }

    /// <summary>Finds, for each id, the greatest smaller id (in ordinal UTF-8 order) of a user that is not deleted; empty if there is
    /// none.</summary>
    private static Dictionary<string, string> Predecessors(RunStore store, RunVersion version, string[] ids, Tombstones forgotten)
    {
        var utf8 = Array.ConvertAll(ids, Encoding.UTF8.GetBytes);
        var best = new byte[ids.Length][];
        Array.Fill(best, []);
        for (var shard = 0; version.Index is not null && shard < version.Shards; shard++)
        {
            using var table = UserAudienceTable.Open(store.Objects.PathOf(OutputNames.OfShard(version.Index, shard)), verify: false);
            table.ForEach((id, _) =>
            {
                for (var i = 0; i < utf8.Length; i++)
                {
                    if (id.SequenceCompareTo(utf8[i]) < 0 && id.SequenceCompareTo(best[i]) > 0 && !forgotten.Contains(id))
                    {
                        best[i] = id.ToArray();
                    }
                }
            });
        }

        return ids.Zip(best, (id, other) => (id, Encoding.UTF8.GetString(other))).ToDictionary(StringComparer.Ordinal);
    }
}
