using System.Runtime.CompilerServices;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>The counting pass over one shard: the users above each bracket, and those within it.</summary>
/// <remarks>
/// The result is small for any size of shard and does not depend on other shards: the unit of a distributed run.
/// Members are not kept, so it costs less than a selection.
/// </remarks>
public static class BracketScan
{
    /// <summary>Counts.</summary>
    /// <param name="population">The users.</param>
    /// <param name="shard">Index of the shard.</param>
    /// <param name="targets">The users to rank.</param>
    /// <param name="brackets">One bracket per size for each target: lower ends descend with the size.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="progress">Receives the number of completed (user, scorer) pairs; called from several threads.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <returns>One count per size for each target.</returns>
    /// <exception cref="KindredException">A score is not finite.</exception>
    public static BracketCount[][] Count(
        Population population, int shard, IReadOnlyList<AudienceTarget> targets, IReadOnlyList<IReadOnlyList<ScoreBracket>> brackets,
        int threads,
        Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var tallies = new Tally[threads][];
        for (var worker = 0; worker < threads; worker++) tallies[worker] = [.. brackets.Select(ofTarget => new Tally(ofTarget))];
        var excluded = targets.Select(target => target.Excluded.Where(set => set.Count > 0).ToArray()).ToArray();
        TargetScan.Run(population, country => PopulationScan.Tiles(population, shard, country), targets, threads,
            (worker, target, _, users, scores) => tallies[worker][target].Add(users, shard, scores, excluded[target]),
            progress, cancellation);
        var counts = new BracketCount[targets.Count][];
        Workers.Run(threads, targets.Count, (target, _) => counts[target] = Tally.Sum([.. tallies.Select(ofWorker => ofWorker[target])]),
            cancellation);
        return counts;
    }

    /// <summary>The counts of one thread for one target.</summary>
    private sealed class Tally(IReadOnlyList<ScoreBracket> brackets)
    {
        private readonly ScoreBracket[] _brackets = [.. brackets];
        private readonly long[] _above = new long[brackets.Count];
        private readonly List<ulong>[] _inside = [.. brackets.Select(_ => new List<ulong>())];

        [SkipLocalsInit]
        public void Add(UserTile users, int shard, ReadOnlySpan<float> scores, UserSet[] excluded)
        {
            if (_brackets.Length == 0) return;
            Span<int> found = stackalloc int[UserTile.Capacity + 1];
            var count = Candidates.Find(users, shard, scores, _brackets[^1].Low, excluded, found);
            var rows = users.Rows;
            foreach (var i in found[..count])
            {
                for (var b = _brackets.Length - 1; b >= 0 && scores[i] >= _brackets[b].Low; b--)
                {
                    if (scores[i] > _brackets[b].High) _above[b]++;
                    else _inside[b].Add(UserPlaces.Key(scores[i], rows[i]));
                }
            }
        }

        public static BracketCount[] Sum(Tally[] tallies)
        {
            var sums = new BracketCount[tallies[0]._brackets.Length];
            for (var b = 0; b < sums.Length; b++)
            {
                // Within a shard and a country rows ascend with ids; with several countries, users are ordered when shards are joined.
                ulong[] inside = [.. tallies.SelectMany(tally => tally._inside[b])];
                Array.Sort(inside);
                sums[b] = new BracketCount(tallies.Sum(tally => tally._above[b]),
                    Array.ConvertAll(inside, key => new RankedRow((int)(uint)key, UserPlaces.Score(key))));
            }

            return sums;
        }
    }
}
