using System.Runtime.CompilerServices;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>The sampled candidates of one target in the order of an audience, and estimates about all candidates.</summary>
public sealed class TargetSample
{
    // Maximum size of the sorted samples of targets that are scored together.
    private const long MostRanked = 16L << 20;
    private const int MostTogether = 256;

    // The first of the sampled candidates: enough for the target's sizes.
    private readonly RankedUser[] _ranked;

    private TargetSample(RankedUser[] ranked, int count, long candidates)
    {
        _ranked = ranked;
        Count = count;
        Candidates = candidates;
    }

    /// <summary>Standard errors on either side of a bracket: about one threshold in 16,000 is outside.</summary>
    public const double StandardErrors = 4;

    /// <summary>All candidates of the target.</summary>
    public long Candidates { get; }

    /// <summary>The sampled candidates.</summary>
    public int Count { get; }

    /// <summary>Scores a sample for many targets.</summary>
    /// <param name="population">The users.</param>
    /// <param name="sample">A sample of the country of all targets.</param>
    /// <param name="targets">The users to rank.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="receive">Receives the index of each target and its sample, in ascending order.</param>
    /// <param name="whole">True to rank the whole sample, not only what the targets' sizes need: for <see cref="Quantiles"/>.</param>
    /// <param name="progress">Receives the number of completed (user, scorer) pairs; called from several threads.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public static void ForEach(
        Population population, UserSample sample, IReadOnlyList<AudienceTarget> targets, int threads,
        Action<int, TargetSample> receive, bool whole = false, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        if (targets.Any(target => target.Country != sample.Country))
        {
            throw new ArgumentException("A target is of another country than the sample.", nameof(targets));
        }
        var places = new UserPlaces(population);
        var tiles = sample.Rows.SelectMany((rows, shard) => PopulationScan.Tiles(population.Dimension, shard, rows)).ToArray();
        var sizes = targets.Select(target =>
            (Count: sample.Count - sample.CountOf(target.Excluded), Candidates: target.Candidates(population, sample.Active))).ToArray();
        int[] needed = [.. targets.Select((target, t) => whole ? sizes[t].Count : Needed(target, sizes[t].Count, sizes[t].Candidates))];
        for (var first = 0; first < targets.Count;)
        {
            var (kept, count) = (0L, 0);
            while (first + count < targets.Count && count < MostTogether && (count == 0 || kept + needed[first + count] <= MostRanked))
            {
                kept += needed[first + count++];
            }
            var some = new AudienceTarget[count];
            for (var i = 0; i < count; i++) some[i] = targets[first + i];
            var ranked = Rank(population, places, tiles, some, needed.AsSpan(first, count).ToArray(), threads, progress, cancellation);
            for (var i = 0; i < count; i++)
            {
                receive(first + i, new TargetSample(ranked[i], sizes[first + i].Count, sizes[first + i].Candidates));
            }
            first += count;
        }
    }

    /// <summary>A bracket that contains the threshold of a size within a number of standard errors of the sampled rank.</summary>
    /// <param name="size">Users of the audience, at most <see cref="Candidates"/>.</param>
    /// <param name="standardErrors">The number of standard errors, at most <see cref="StandardErrors"/>.</param>
    public ScoreBracket BracketOf(long size, double standardErrors = StandardErrors)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(standardErrors, StandardErrors);
        if (Count == Candidates) return new ScoreBracket(_ranked[size - 1].Score, _ranked[size - 1].Score);
        var (above, below) = RanksAround(size, Count, Candidates, standardErrors);
        return new ScoreBracket(
            below > Count ? float.NegativeInfinity : _ranked[(int)below - 1].Score,
            above < 1 ? float.PositiveInfinity : _ranked[(int)above - 1].Score);
    }

    /// <summary>A threshold from the sample alone: the sampled user with the expected rank nearest to the size.</summary>
    /// <param name="size">Users of the audience, at most <see cref="Candidates"/>.</param>
    /// <param name="confidence">The confidence of the interval of the audience's size, in (0, 1).</param>
    /// <returns>The threshold and the number of users that it admits; null for an empty sample.</returns>
    public (AudienceEnd End, RankEstimate Users)? ThresholdOf(long size, double confidence)
    {
        if (Count == 0) return null;
        var rank = RankEstimate.RankInSample(Candidates, Count, size);
        var last = _ranked[rank - 1];
        return (new AudienceEnd(last.Score, last.User), RankEstimate.Of(Candidates, Count, rank, confidence));
    }

    /// <summary>Scores at equal steps of the sample, from the lowest to the highest.</summary>
    /// <param name="steps">The number of stretches; the result has one score more, or none for an empty sample.</param>
    public float[] Quantiles(int steps) => Count == 0 ? [] :
        [.. Enumerable.Range(0, steps + 1).Select(step => _ranked[Count - 1 - (int)((long)step * (Count - 1) / steps)].Score)];

    /// <summary>The sampled ranks that enclose a rank among all candidates within this many standard errors.</summary>
    private static (double Above, double Below) RanksAround(long size, long count, long candidates, double standardErrors)
    {
        var share = (double)size / candidates;
        var rank = count * share;

        // For few expected users the distribution is skewed: one more for each standard error covers that.
        var margin = standardErrors * (Math.Sqrt(rank * (1 - share) * (1 - (double)count / candidates)) + 1);
        return (Math.Floor(rank - margin), Math.Ceiling(rank + margin));
    }

    /// <summary>The number of first sampled users that brackets and thresholds of a target's sizes may need.</summary>
    private static int Needed(AudienceTarget target, int count, long candidates) => target.Sizes
        .Select(size => (int)Math.Min(count, count == candidates ? size : RanksAround(size, count, candidates, StandardErrors).Below))
        .DefaultIfEmpty(0).Max();

    private static RankedUser[][] Rank(
        Population population, UserPlaces places, ShardSlice[] tiles, AudienceTarget[] targets, int[] needed, int threads,
        Action<long>? progress, CancellationToken cancellation)
    {
        var excluded = Array.ConvertAll(targets, target => target.Excluded.Where(set => set.Count > 0).ToArray());
        var kept = new TopUsers[targets.Length];
        for (var t = 0; t < kept.Length; t++) kept[t] = new TopUsers(places, Math.Max(1, needed[t]), expected: Math.Max(1, needed[t]));
        var locks = Array.ConvertAll(targets, _ => new Lock());
        try
        {
            // All targets have the same country, and the tiles hold its sample.
            var whole = Array.ConvertAll(targets, target => target with { Country = null });
            TargetScan.Run(population, _ => tiles, whole, threads, Receive, progress, cancellation);
            var ranked = new RankedUser[targets.Length][];
            Workers.Run(threads, targets.Length, (t, _) => ranked[t] = kept[t].ToSortedArray(), cancellation);
            return ranked;
        }
        finally
        {
            foreach (var top in kept) top.Dispose();
        }

        [SkipLocalsInit]
        void Receive(int worker, int target, int shard, UserTile users, ReadOnlySpan<float> scores)
        {
            Span<int> found = stackalloc int[UserTile.Capacity + 1];
            Span<ulong> keys = stackalloc ulong[UserTile.Capacity];
            if (needed[target] == 0) return;

            // Another thread may raise the floor meanwhile: then a few users are kept unnecessarily.
            var count = Kindred.Audiences.Candidates.Find(users, shard, scores, kept[target].Floor, excluded[target], found);
            if (count == 0) return;
            var start = places.StartOf(shard);
            for (var i = 0; i < count; i++) keys[i] = UserPlaces.Key(scores[found[i]], start + users.Rows[found[i]]);
            lock (locks[target]) kept[target].Add(keys[..count]);
        }
    }
}
