using System.Runtime.CompilerServices;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>The ends of a target's audiences, by ascending size.</summary>
/// <param name="Score">The last member's score.</param>
/// <param name="LastUserId">The user's id in UTF-8: among equal scores, users with ids up to this one are in.</param>
public readonly record struct MemberLimit(float Score, ReadOnlyMemory<byte> LastUserId)
{
    /// <summary>Tells whether a user ranks at or before the last member.</summary>
    public bool Admits(float score, ReadOnlySpan<byte> userId) =>
        score > Score || (score == Score && userId.SequenceCompareTo(LastUserId.Span) <= 0);
}

/// <summary>A member of one of a target's nested audiences.</summary>
/// <param name="Row">The user's row in the shard.</param>
/// <param name="Size">Index of the smallest size that contains the user.</param>
/// <param name="Score">The user's score; never −0.</param>
public readonly record struct Member(int Row, int Size, float Score);

/// <summary>Finds the members of audiences whose thresholds are known, in one pass over one shard.</summary>
public static class MemberScan
{
    /// <summary>Finds all users of the target's country who rank at or before a threshold and are not excluded.</summary>
    /// <param name="population">The users.</param>
    /// <param name="shard">Index of the shard.</param>
    /// <param name="targets">The users to rank; their <see cref="AudienceTarget.Sizes"/> are not read.</param>
    /// <param name="limits">The ends of each target's sizes, by ascending size; none for a target without audiences.</param>
    /// <param name="activeOnly">True if members must be active, as in exported lists; look-ups answer for all users.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="progress">Receives the number of completed (user, scorer) pairs; called from several threads.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <returns>For each target its members in the shard, by ascending row.</returns>
    /// <exception cref="KindredException">A score is not finite.</exception>
    public static Member[][] Find(
        Population population, int shard, IReadOnlyList<AudienceTarget> targets, IReadOnlyList<IReadOnlyList<MemberLimit>> limits,
        bool activeOnly, int threads,
        Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var found = new List<Member>[threads][];
        for (var worker = 0; worker < threads; worker++) found[worker] = [.. targets.Select(_ => new List<Member>())];
        var excluded = targets.Select(target => target.Excluded.Where(set => set.Count > 0).ToArray()).ToArray();
        var ends = limits.Select(ofTarget => ofTarget.ToArray()).ToArray();
        TargetScan.Run(
            population, country => PopulationScan.Tiles(population, shard, country), targets, threads, Receive, progress, cancellation);
        var members = new Member[targets.Count][];
        Workers.Run(threads, targets.Count, (target, _) =>
        {
            members[target] = [.. found.SelectMany(ofWorker => ofWorker[target])];
            Array.Sort(members[target], (a, b) => a.Row.CompareTo(b.Row));
        }, cancellation);
        return members;

        [SkipLocalsInit]
        void Receive(int worker, int target, int _, UserTile users, ReadOnlySpan<float> scores)
        {
            if (ends[target].Length == 0) return;
            Span<int> indexes = stackalloc int[UserTile.Capacity + 1];
            var count = Candidates.Find(users, shard, scores, ends[target][^1].Score, excluded[target], indexes, activeOnly);
            foreach (var i in indexes[..count])
            {
                var id = users.Shard.UserIds[users.Rows[i]];
                var size = 0;
                while (size < ends[target].Length && !ends[target][size].Admits(scores[i], id)) size++;
                if (size < ends[target].Length) found[worker][target].Add(new Member(users.Rows[i], size, scores[i] + 0f));
            }
        }
    }
}
