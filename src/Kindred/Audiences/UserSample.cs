using Kindred.Numerics;
using Kindred.Populations;
using Kindred.Sampling;

namespace Kindred.Audiences;

/// <summary>A uniform sample of the active users of a country: those with the smallest keys of (seed, user).</summary>
/// <remarks>The sample depends on neither shards nor threads; a smaller sample is part of a larger one.</remarks>
public sealed class UserSample
{
    private UserSample(int? country, int[][] rows, long active)
    {
        Country = country;
        Rows = rows;
        Active = active;
        Count = rows.Sum(shard => shard.Length);
    }

    /// <summary>Index in <see cref="Population.Countries"/>, or null for all users.</summary>
    public int? Country { get; }

    /// <summary>[shards] rows, ascending.</summary>
    public IReadOnlyList<int[]> Rows { get; }

    /// <summary>Sampled users.</summary>
    public int Count { get; }

    /// <summary>Active users of the country.</summary>
    public long Active { get; }

    /// <summary>Draws a sample.</summary>
    /// <param name="population">The users.</param>
    /// <param name="country">Index in <see cref="Population.Countries"/>, or null for all users.</param>
    /// <param name="limit">Size of the sample; all active users if there are fewer.</param>
    /// <param name="seed">Seed of the sample.</param>
    /// <param name="threads">Worker threads; the result does not depend on it.</param>
    /// <param name="cancellation">Stops between shards.</param>
    public static UserSample Of(
        Population population, int? country, int limit, ulong seed, int threads, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var active = Expansion.CountActive(population, country);
        var purpose = SampleKey.Of(seed, UserHash.Of("threshold sample"u8));
        var enough = Math.Min(limit, active);

        // Keys are uniform: usually slightly more users than needed are below this key; otherwise all users are read.
        var share = (enough + 6 * Math.Sqrt(enough) + 6) / Math.Max(1, active);
        var found = share < 1 ? Below(population, country, purpose, (ulong)(share * ulong.MaxValue), threads, cancellation) : [];
        if (found.Count < enough) found = Below(population, country, purpose, ulong.MaxValue, threads, cancellation);
        if (found.Count > enough)
        {
            found.Sort(
                (a, b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : population.UserId(a.User).SequenceCompareTo(population.UserId(b.User)));
            found.RemoveRange((int)enough, found.Count - (int)enough);
        }

        var rows = Enumerable.Range(0, population.Shards.Count).Select(_ => new List<int>()).ToArray();
        foreach (var (_, user) in found) rows[user.Shard].Add(user.Row);
        foreach (var shard in rows) shard.Sort();
        return new UserSample(country, [.. rows.Select(shard => shard.ToArray())], active);
    }

    /// <summary>The number of sampled users in at least one of the sets.</summary>
    public int CountOf(IReadOnlyList<UserSet> sets)
    {
        var count = 0;
        for (var s = 0; s < sets.Count; s++) count += sets[s].CountIn(Rows, sets.Take(s));
        return count;
    }

    private static List<(ulong Key, UserRow User)> Below(
        Population population, int? country, ulong purpose, ulong most, int threads, CancellationToken cancellation)
    {
        var found = new List<(ulong, UserRow)>[population.Shards.Count];
        Workers.Run(threads, found.Length, (s, _) =>
        {
            var shard = population.Shards[s];
            var active = shard.Active.Span;
            var (first, end) = shard.RowsOf(country);
            found[s] = [];
            for (var row = first; row < end; row++)
            {
                if (active[row] == 0) continue;
                var key = purpose.Then(UserHash.Of(shard.UserIds[row]));
                if (key <= most) found[s].Add((key, new UserRow(s, row)));
            }
        }, cancellation);
        return [.. found.SelectMany(shard => shard)];
    }
}
