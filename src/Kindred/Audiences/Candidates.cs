using Kindred.Numerics;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>The users of a tile who may be in an audience: active, not excluded, with scores at or above a threshold.</summary>
internal static class Candidates
{
    /// <summary>Finds them.</summary>
    /// <param name="users">The tile.</param>
    /// <param name="shard">Index of its shard.</param>
    /// <param name="scores">[users] scores.</param>
    /// <param name="least">The lowest score of a candidate.</param>
    /// <param name="excluded">Users who are not candidates.</param>
    /// <param name="found">[users + 1] receives the indexes of the candidates, ascending.</param>
    /// <param name="activeOnly">True if candidates must be active.</param>
    /// <returns>The number of candidates.</returns>
    /// <exception cref="KindredException">A score is not finite.</exception>
    public static int Find(
        UserTile users, int shard, ReadOnlySpan<float> scores, float least, UserSet[] excluded, Span<int> found, bool activeOnly = true)
    {
        // Few scores pass, and the other conditions are only checked for those. A score of −0 is at least 0.
        var passed = ScoreFilter.Above(scores, MathF.BitDecrement(least), found, out var areFinite);
        if (!areFinite) throw PopulationScan.NotFinite();
        if (passed == 0) return 0;
        var rows = users.Rows;
        var count = activeOnly ? KeepActive(users, found[..passed]) : passed;
        foreach (var set in excluded) count = set.TakeOut(shard, rows, found[..count]);
        return count;
    }

    private static int KeepActive(UserTile users, Span<int> found)
    {
        var active = users.Shard.Active.Span;
        var rows = users.Rows;
        var count = 0;
        foreach (var i in found)
        {
            found[count] = i;
            count += active[rows[i]] != 0 ? 1 : 0;
        }

        return count;
    }
}
