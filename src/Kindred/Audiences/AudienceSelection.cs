using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>One audience to select.</summary>
/// <param name="Scorer">Ranks the users.</param>
/// <param name="Size">Users wanted; fewer come back only if there are fewer candidates.</param>
/// <param name="Excluded">Users who are no candidates: sets that may be shared between requests.</param>
public sealed record AudienceRequest(IUserScorer Scorer, int Size, IReadOnlyList<UserSet> Excluded);

/// <summary>Selects exact audiences: the first users by (score descending, user id ascending).</summary>
public static class AudienceSelection
{
    // Requests are handled in batches whose buffers stay below this.
    private const long BufferBytes = 256L << 20;
    private const int EntryBytes = 12;

    /// <summary>Selects one audience for each request, reading the population once for each batch of requests.</summary>
    /// <param name="population">The users.</param>
    /// <param name="country">Index in <see cref="Population.Countries"/> that candidates are of, or null for everybody. Only active users are candidates.</param>
    /// <param name="requests">What to select.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="progress">Told the number of (user, request) pairs done, from several threads.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <returns>For each request its users, best first.</returns>
    public static RankedUser[][] Select(
        Population population, int? country, IReadOnlyList<AudienceRequest> requests, int threads,
        Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var results = new RankedUser[requests.Count][];
        for (var first = 0; first < requests.Count;)
        {
            var batch = NextBatch(requests, first, threads);
            SelectBatch(population, country, batch, threads, progress, cancellation).CopyTo(results, first);
            first += batch.Length;
        }

        return results;
    }

    /// <summary>The most memory that selecting needs: the audiences themselves, and buffers of one batch.</summary>
    /// <param name="requests">Audiences.</param>
    /// <param name="size">Users of each.</param>
    /// <param name="threads">Worker threads.</param>
    /// <returns>Bytes.</returns>
    public static long SelectionBytes(int requests, long size, int threads) =>
        requests * size * EntryBytes + Math.Max(2L * size * threads * EntryBytes, Math.Min(BufferBytes, 2L * size * threads * EntryBytes * requests));

    private static AudienceRequest[] NextBatch(IReadOnlyList<AudienceRequest> requests, int first, int threads)
    {
        var bytes = 0L;
        return [.. requests.Skip(first).TakeWhile((request, i) =>
            (bytes += 2L * request.Size * threads * EntryBytes) <= BufferBytes || i == 0)];
    }

    private static RankedUser[][] SelectBatch(
        Population population, int? country, AudienceRequest[] requests, int threads,
        Action<long>? progress, CancellationToken cancellation)
    {
        var kept = new TopUsers[threads, requests.Length];
        for (var worker = 0; worker < threads; worker++)
        {
            for (var r = 0; r < requests.Length; r++) kept[worker, r] = new TopUsers(population, requests[r].Size);
        }

        PopulationScan.Run(population, country, [.. requests.Select(request => request.Scorer)], threads,
            (worker, r, shard, firstRow, scores) =>
            {
                foreach (var users in requests[r].Excluded) users.TakeOut(shard, firstRow, scores);
                kept[worker, r].Add(shard, firstRow, scores);
            },
            progress is null ? null : users => progress(users * requests.Length), cancellation);

        var results = new RankedUser[requests.Length][];
        for (var r = 0; r < requests.Length; r++)
        {
            for (var worker = 1; worker < threads; worker++) kept[0, r].Add(kept[worker, r]);
            results[r] = kept[0, r].ToSortedArray();
        }

        return results;
    }
}
