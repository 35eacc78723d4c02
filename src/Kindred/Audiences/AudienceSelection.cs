using System.Numerics;
using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Scoring;

namespace Kindred.Audiences;

/// <summary>One audience to select.</summary>
/// <param name="Scorer">Ranks the users.</param>
/// <param name="Size">Requested number of users, at least 1; fewer are returned only if there are fewer candidates.</param>
/// <param name="Excluded">Users who are not candidates: sets that may be shared between requests.</param>
public sealed record AudienceRequest(IUserScorer Scorer, int Size, IReadOnlyList<UserSet> Excluded);

/// <summary>Selects exact audiences: the first users by (score descending, user id ascending).</summary>
public static class AudienceSelection
{
    // Requests are handled in batches with buffers below this size.
    private const long BufferBytes = 256L << 20;
    private const int KeyBytes = 8;
    private const int MemberBytes = 12;

    /// <summary>Selects one audience for each request, reading the population once for each batch of requests.</summary>
    /// <param name="population">The users.</param>
    /// <param name="country">Index in <see cref="Population.Countries"/> of the candidates, or null for all users. Only active users are
    /// candidates.</param>
    /// <param name="requests">The audiences to select.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="progress">Receives the number of completed (user, request) pairs; called from several threads.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <returns>For each request its users, best first.</returns>
    public static RankedUser[][] Select(
        Population population, int? country, IReadOnlyList<AudienceRequest> requests, int threads,
        Action<long>? progress = null, CancellationToken cancellation = default)
    {
        foreach (var request in requests) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Size, nameof(requests));
        var results = new RankedUser[requests.Count][];
        for (var first = 0; first < requests.Count;)
        {
            var batch = NextBatch(requests, first, threads);
            SelectBatch(population, country, batch, threads, progress, cancellation).CopyTo(results, first);
            first += batch.Length;
        }

        return results;
    }

    /// <summary>The maximum memory that selecting needs: the audiences themselves, buffers of one batch, and room to sort in.</summary>
    /// <param name="requests">Audiences.</param>
    /// <param name="size">Users of each.</param>
    /// <param name="threads">Worker threads.</param>
    /// <returns>Bytes.</returns>
    public static long SelectionBytes(int requests, long size, int threads) =>
        requests * size * MemberBytes + Math.Max(
            StreamBytes(size) * threads, Math.Min(BufferBytes, StreamBytes(size) * threads * requests)) + StreamBytes(size) * threads;

    /// <summary>Bytes that one stream of one thread keeps: a rented buffer, so a power of two.</summary>
    private static long StreamBytes(long size) => KeyBytes * (long)BitOperations.RoundUpToPowerOf2((ulong)(2 * size));

    private static AudienceRequest[] NextBatch(IReadOnlyList<AudienceRequest> requests, int first, int threads)
    {
        var bytes = 0L;
        return [.. requests.Skip(first).TakeWhile((request, i) =>
            (bytes += StreamBytes(request.Size) * threads) <= BufferBytes || i == 0)];
    }

    private static RankedUser[][] SelectBatch(
        Population population, int? country, AudienceRequest[] requests, int threads,
        Action<long>? progress, CancellationToken cancellation)
    {
        var places = new UserPlaces(population);
        var floors = Bracket.Floors(population, country, requests, threads, cancellation);
        var tiles = PopulationScan.Tiles(population, country);
        var results = Scan(population, places, tiles, requests, floors, threads, progress, cancellation);

        // Too few users above the floor: the sample was unlucky, or there are no more candidates. Without a floor no user is missed.
        var missed = Enumerable.Range(0, requests.Length)
            .Where(r => results[r].Length < requests[r].Size && floors[r] > float.NegativeInfinity).ToArray();
        if (missed.Length == 0) return results;
        var again = Scan(
            population, places, tiles, Array.ConvertAll(missed, r => requests[r]), NoFloors(missed.Length), threads, null, cancellation);
        for (var i = 0; i < missed.Length; i++) results[missed[i]] = again[i];
        return results;
    }

    /// <summary>Selects from some users of a population.</summary>
    /// <param name="population">The users.</param>
    /// <param name="places">The places of the users.</param>
    /// <param name="tiles">The tiles of users to select from.</param>
    /// <param name="requests">The audiences to select.</param>
    /// <param name="floors">[requests] lower bounds: users with lower scores are not kept.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="progress">Receives the number of completed (user, request) pairs; called from several threads.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    internal static RankedUser[][] Scan(
        Population population, UserPlaces places, IReadOnlyList<ShardSlice> tiles, AudienceRequest[] requests, float[] floors, int threads,
        Action<long>? progress, CancellationToken cancellation)
    {
        var logs = new SelectionLog[threads];
        for (var worker = 0; worker < threads; worker++) logs[worker] = new SelectionLog(places, requests, floors, threads);
        PopulationScan.Run(population, tiles, Array.ConvertAll(requests, request => request.Scorer), threads,
            (worker, r, shard, users, scores) => logs[worker].Add(r, shard, users, scores),
            progress is null ? null : users => progress(users * requests.Length), cancellation);

        Workers.Run(threads, threads, (worker, _) => logs[worker].SortOut(), cancellation);
        var results = new RankedUser[requests.Length][];
        Workers.Run(threads, requests.Length, (r, _) =>
        {
            for (var worker = 1; worker < threads; worker++) logs[0].Kept(r).Add(logs[worker].Kept(r));
            results[r] = logs[0].Kept(r).ToSortedArray();
        }, cancellation);
        foreach (var log in logs) log.Dispose();
        return results;
    }

    /// <summary>Floors that keep all users.</summary>
    internal static float[] NoFloors(int requests)
    {
        var floors = new float[requests];
        Array.Fill(floors, float.NegativeInfinity);
        return floors;
    }
}
