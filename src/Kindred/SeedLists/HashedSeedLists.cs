using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.SeedLists;

/// <summary>Converts lists of hashed ids into lists of the population's ids, so that later steps do not deal with hashing.</summary>
/// <remarks>The hashes of the lists go into a table, about 80 bytes per distinct hash. The population is hashed once as a stream and not
/// stored: memory grows with the lists, not with the population.</remarks>
public static class HashedSeedLists
{
    private const int RowsAtATime = 1 << 14;

    /// <summary>Finds the users of the hashes in the lists.</summary>
    /// <param name="lists">Their users are hashes that <see cref="IdHash.TryRead(ReadOnlySpan{byte}, Span{byte})"/> reads, each in one
    /// spelling only.</param>
    /// <param name="population">The users.</param>
    /// <param name="hash">The hashing of the ids.</param>
    /// <param name="threads">Threads that hash.</param>
    /// <param name="progress">Receives the completed share, 0 to 1.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The lists in their order. Of users with the same hash, the first by id is taken, regardless of shards and
    /// threads.</returns>
    public static IReadOnlyList<SeedList> Resolve(
        IReadOnlyList<SeedList> lists, Population population, IdHash hash, int threads, Action<double>? progress = null,
        CancellationToken cancellation = default)
    {
        var hashes = new IdTable();
        Span<byte> bytes = stackalloc byte[IdHash.MaxBytes];
        var numbers = new int[lists.Count][];
        for (var i = 0; i < lists.Count; i++)
        {
            var users = lists[i].Users;
            numbers[i] = new int[users.Count];
            for (var j = 0; j < users.Count; j++)
            {
                if (!hash.TryRead(users[j], bytes)) throw new ArgumentException("A user is not a hash.", nameof(lists));
                numbers[i][j] = hashes.GetOrAdd(bytes[..hash.Bytes]);
            }
        }

        var found = Find(hashes, population, hash, threads, progress, cancellation);
        var resolved = new SeedList[lists.Count];
        Workers.Run(threads, resolved.Length, (i, _) => resolved[i] = Resolve(lists[i], numbers[i], found, population), cancellation);
        return resolved;
    }

    /// <summary>Finds users outside of lists, such as those to exclude.</summary>
    /// <returns>The ids in ordinal order, and the number of hashes that no user of the population has.</returns>
    public static (IdList Users, int Unknown) Resolve(
        IdList hashes, Population population, IdHash hash, int threads, Action<double>? progress = null,
        CancellationToken cancellation = default)
    {
        var list = new SeedList("", hashes, new Dictionary<string, float[]>());
        var resolved = Resolve([list], population, hash, threads, progress, cancellation)[0];
        return (resolved.Users, resolved.Unknown);
    }

    private static UserRow?[] Find(
        IdTable hashes, Population population, IdHash hash, int threads, Action<double>? progress, CancellationToken cancellation)
    {
        var found = new UserRow?[hashes.Count];
        var pieces = UserPieces.Of(population, RowsAtATime);
        var (done, total) = (0L, Math.Max(1, population.UserCount));
        Workers.Run(threads, pieces.Count, (piece, _) =>
        {
            Span<byte> bytes = stackalloc byte[IdHash.MaxBytes];
            var (shard, first, end) = pieces[piece];
            var ids = population.Shards[shard].UserIds;
            for (var row = first; row < end; row++)
            {
                hash.Of(ids[row], bytes);
                if (hashes.Find(bytes[..hash.Bytes]) is >= 0 and var number) Keep(number, new UserRow(shard, row));
            }

            progress?.Invoke((double)Interlocked.Add(ref done, end - first) / total);
        }, cancellation);
        return found;

        void Keep(int number, UserRow user)
        {
            lock (found)
            {
                if (found[number] is not { } other || population.UserId(user).SequenceCompareTo(population.UserId(other)) < 0)
                {
                    found[number] = user;
                }
            }
        }
    }

    private static SeedList Resolve(SeedList list, int[] numbers, UserRow?[] found, Population population)
    {
        var order = Enumerable.Range(0, numbers.Length).Where(i => found[numbers[i]] is not null).ToArray();
        Array.Sort(
            order, (a, b) => population.UserId(found[numbers[a]]!.Value).SequenceCompareTo(population.UserId(found[numbers[b]]!.Value)));
        var offsets = new long[order.Length + 1];
        for (var i = 0; i < order.Length; i++) offsets[i + 1] = offsets[i] + population.UserId(found[numbers[order[i]]]!.Value).Length;
        var utf8 = new byte[offsets[^1]];
        for (var i = 0; i < order.Length; i++) population.UserId(found[numbers[order[i]]]!.Value).CopyTo(utf8.AsSpan((int)offsets[i]));
        var metrics = list.Metrics.ToDictionary(
            metric => metric.Key, metric => Array.ConvertAll(order, i => metric.Value[i]), StringComparer.Ordinal);
        return list with { Users = new IdList(utf8, offsets), Metrics = metrics, Unknown = numbers.Length - order.Length };
    }
}
