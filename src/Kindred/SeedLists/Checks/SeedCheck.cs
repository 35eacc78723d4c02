using Kindred.Numerics;
using Kindred.Populations;

namespace Kindred.SeedLists.Checks;

/// <summary>Finds problems of seed lists before anything is trained.</summary>
public static class SeedCheck
{
    /// <summary>Checks lists.</summary>
    /// <param name="matches">The lists as matched to the whole population, in any order.</param>
    /// <param name="population">The population.</param>
    /// <param name="options">Limits.</param>
    /// <param name="hash">The hashing of their ids, if they were hashed.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="KindredException">The population has no such country.</exception>
    public static SeedCheckResult Of(
        IReadOnlyList<SeedMatch> matches, Population population, SeedCheckOptions options, IdHash? hash = null,
        CancellationToken cancellation = default)
    {
        var country = population.CountryNumber(options.Country);
        SeedMatch[] seeds = country is { } number ? [.. matches.Select(match => match.InCountry(population, number))] : [.. matches];
        var users = population.Shards.Sum(shard => shard.RowsOf(country) is var (first, end) ? (long)(end - first) : 0);
        var lists = new ListCheck[matches.Count];
        Workers.Run(options.Threads, lists.Length, (i, _) => lists[i] = Of(matches[i], seeds[i], users, population, options), cancellation);
        SameUsers.Tell(lists, seeds);
        IdDiagnoses.Tell(lists, matches, population, options, hash, cancellation);
        var (pairs, sample) = ListOverlap.Of(seeds, population, users, options, cancellation);
        return new SeedCheckResult { Users = users, Lists = lists, Pairs = pairs, OverlapSample = sample };
    }

    private static ListCheck Of(SeedMatch match, SeedMatch seeds, long users, Population population, SeedCheckOptions options)
    {
        var countries = new int[population.Countries.Count];
        foreach (var user in match.Users) countries[population.Shards[user.Shard].CountryOf(user.Row)]++;
        var share = users == 0 ? 0 : (double)seeds.Users.Count / users;
        return new ListCheck
        {
            SeedListId = match.List.Id,
            Given = match.List.Given,
            Duplicates = match.List.Duplicates,
            Matched = match.Users.Count,
            Seeds = seeds.Users.Count,
            Inactive = seeds.Users.Count(user => population.Shards[user.Shard].Active.Span[user.Row] == 0),
            ByCountry = countries,
            ShareOfPopulation = share,
            Verdict = match.Users.Count == 0 ? ListVerdict.Unmatched
                : seeds.Users.Count < options.MinimumSeeds ? ListVerdict.TooSmall
                : share > options.MostShare ? ListVerdict.TooBroad
                : ListVerdict.Usable,
        };
    }
}
