using Kindred.Populations;
using Kindred.Sampling;

namespace Kindred.SeedModels;

/// <summary>The active users of the target country that negatives are drawn from, in an order that does not depend on shards.</summary>
/// <remarks>
/// Ordered by <see cref="UserHash"/>. Where the population is larger than the limit, the pool holds the users with the smallest keys of
/// (seed, user): a uniform sample that does not depend on shards.
/// </remarks>
public sealed class CandidatePool
{
    private CandidatePool(UserRow[] users, ulong[] hashes, long candidates)
    {
        Users = users;
        Hashes = hashes;
        Candidates = candidates;
    }

    /// <summary>The users, ascending by hash.</summary>
    public IReadOnlyList<UserRow> Users { get; }

    /// <summary>[users] their hashes.</summary>
    public IReadOnlyList<ulong> Hashes { get; }

    /// <summary>Active users of the country, sampled or not.</summary>
    public long Candidates { get; }

    /// <summary>Gathers the pool of a country.</summary>
    /// <param name="population">The users.</param>
    /// <param name="country">Index in <see cref="Population.Countries"/>, or null for all users.</param>
    /// <param name="limit">Maximum users to hold.</param>
    /// <param name="seed">Seed of the sample, if one is needed.</param>
    public static CandidatePool Of(Population population, int? country, int limit, ulong seed)
    {
        var users = new List<UserRow>();
        var hashes = new List<ulong>();
        for (var s = 0; s < population.Shards.Count; s++)
        {
            var shard = population.Shards[s];
            var active = shard.Active.Span;
            var (first, end) = shard.RowsOf(country);
            for (var row = first; row < end; row++)
            {
                if (active[row] == 0) continue;
                users.Add(new UserRow(s, row));
                hashes.Add(UserHash.Of(shard.UserIds[row]));
            }
        }

        var (allUsers, allHashes) = (users.ToArray(), hashes.ToArray());
        Array.Sort(allHashes, allUsers);
        return new CandidatePool(allUsers, allHashes, users.Count).Sample(limit, SampleKey.Of(seed, UserHash.Of("candidate pool"u8)));
    }

    /// <summary>This pool; if it has more users than the limit, only those with the smallest keys.</summary>
    /// <param name="limit">Maximum users to hold.</param>
    /// <param name="key">Key of the sample.</param>
    internal CandidatePool Sample(int limit, ulong key)
    {
        if (Users.Count <= limit) return this;
        var rows = new int[Users.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = i;
        Array.Sort([.. Hashes.Select(hash => key.Then(hash))], rows);
        Array.Resize(ref rows, limit);

        // Rows ascend by hash.
        Array.Sort(rows);
        return new CandidatePool(Array.ConvertAll(rows, row => Users[row]), Array.ConvertAll(rows, row => Hashes[row]), Candidates);
    }
}
