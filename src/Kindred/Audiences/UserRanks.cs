using System.Runtime.CompilerServices;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>Finds the ranks of a few users among all candidates, by (score descending, user id ascending), without keeping the
/// ranking.</summary>
/// <remarks>
/// The requested users are scored and sorted; then every candidate is counted at the first of them that it precedes. Memory grows with the
/// number of requested users, not with the population, at any rank.
/// </remarks>
internal static class UserRanks
{
    // Requests are handled in batches with counters below this size.
    private const long CounterBytes = 256L << 20;

    /// <summary>The ranks of each request's users, from 1, in ascending order.</summary>
    /// <param name="population">The users.</param>
    /// <param name="country">Index in <see cref="Population.Countries"/> of the candidates, or null for all users. Only active users are
    /// candidates.</param>
    /// <param name="requests">The ranks to find.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="progress">Receives the number of completed (user, request) pairs; called from several threads.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public static long[][] Find(
        Population population, int? country, IReadOnlyList<RankRequest> requests, int threads,
        Action<long>? progress = null, CancellationToken cancellation = default)
    {
        if (requests.Any(request => request.Scorer.Reads.HasFlag(UserInputs.Items))) population.RequireItems();
        var results = new List<long[]>(requests.Count);
        while (results.Count < requests.Count)
        {
            var bytes = 0L;
            var batch = requests.Skip(results.Count)
                .TakeWhile((request, i) => (bytes += (request.Users.Count + 1L) * sizeof(long) * threads) <= CounterBytes || i == 0)
                .ToArray();
            results.AddRange(FindBatch(population, country, batch, threads, progress, cancellation));
        }

        return [.. results];
    }

    private static long[][] FindBatch(
        Population population, int? country, RankRequest[] requests, int threads, Action<long>? progress, CancellationToken cancellation)
    {
        var wanted = Array.ConvertAll(requests, request => new WantedUsers(population, request));
        var counts = new long[threads][][];
        for (var worker = 0; worker < threads; worker++) counts[worker] = Array.ConvertAll(wanted, users => new long[users.Count + 1]);

        var excluded = Array.ConvertAll(requests, request => request.Excluded.ToArray());
        PopulationScan.Run(
            population, PopulationScan.Tiles(population, country), Array.ConvertAll(requests, request => request.Scorer), threads,
            (worker, r, shard, users, scores) => wanted[r].CountIn(counts[worker][r], shard, users, scores, excluded[r]),
            progress is null ? null : users => progress(users * requests.Length), cancellation);

        return [.. requests.Select((_, r) =>
        {
            var ranks = new long[wanted[r].Count];
            var before = 0L;
            for (var i = 0; i < ranks.Length; i++)
            {
                foreach (var worker in counts) before += worker[r][i];
                ranks[i] = before + 1;
            }

            return ranks;
        })];
    }

    /// <summary>The requested users of one request, best first.</summary>
    private sealed class WantedUsers
    {
        private readonly Population _population;
        private readonly UserRow[] _users;
        private readonly float[] _scores;

        public WantedUsers(Population population, RankRequest request)
        {
            _population = population;
            _users = [.. request.Users];
            _scores = Score(population, request.Scorer, _users);
            var order = Enumerable.Range(0, _users.Length).ToArray();
            Array.Sort(order, (a, b) => _scores[a] != _scores[b]
                ? _scores[b].CompareTo(_scores[a])
                : population.UserId(_users[a]).SequenceCompareTo(population.UserId(_users[b])));
            _users = Array.ConvertAll(order, i => _users[i]);
            _scores = Array.ConvertAll(order, i => _scores[i]);
        }

        public int Count => _users.Length;

        /// <summary>Adds each candidate to the count of the first requested user that it precedes.</summary>
        [SkipLocalsInit]
        public void CountIn(Span<long> counts, int shard, UserTile users, ReadOnlySpan<float> scores, UserSet[] excluded)
        {
            if (_users.Length == 0) return;
            Span<int> found = stackalloc int[UserTile.Capacity + 1];
            found = found[..Candidates.Find(users, shard, scores, _scores[^1], excluded, found)];

            // −0 and 0 count as the same score.
            foreach (var i in found) counts[FirstBehind(scores[i] + 0f, new UserRow(shard, users.Rows[i]))]++;
        }

        private int FirstBehind(float score, UserRow user)
        {
            int low = 0, high = _users.Length;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (Precedes(score, user, middle)) high = middle;
                else low = middle + 1;
            }

            return low;
        }

        private bool Precedes(float score, UserRow user, int wanted) => score != _scores[wanted]
            ? score > _scores[wanted]
            : _population.UserId(user).SequenceCompareTo(_population.UserId(_users[wanted])) < 0;

        private static float[] Score(Population population, IUserScorer scorer, UserRow[] users)
        {
            var places = new Dictionary<UserRow, int>(users.Length);
            for (var i = 0; i < users.Length; i++) places.Add(users[i], i);
            var tiles = users.GroupBy(user => user.Shard)
                .SelectMany(shard => PopulationScan.Tiles(population.Dimension, shard.Key, shard.Select(user => user.Row).Order()))
                .ToList();
            var scores = new float[users.Length];
            PopulationScan.Run(population, tiles, [scorer], 1, (_, _, shard, tile, found) =>
            {
                // −0 and 0 count as the same score, as in the scan.
                for (var i = 0; i < found.Length; i++) scores[places[new UserRow(shard, tile.Rows[i])]] = found[i] + 0f;
            });
            return scores;
        }
    }
}
