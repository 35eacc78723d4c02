using Kindred.Cli.Terminal;
using Kindred.Data.Inputs;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Cli.Jobs;

/// <summary>Which seed lists a command works on, and how their users count.</summary>
internal sealed record SeedRequest
{
    public required IReadOnlyList<string> Files { get; init; }

    public SampleWeightOptions Weights { get; init; } = new();

    /// <summary>The lists to work on; none for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The fewest users of a list to work on.</summary>
    public int Minimum { get; init; } = 25;

    /// <summary>Whether lists with fewer are left out instead of being an error.</summary>
    public bool SkipSmall { get; init; }
}

/// <summary>Reads seed lists and says how well they match the population.</summary>
internal static class SeedInput
{
    private const int ListsShown = 10;

    /// <summary>The lists' users in the population, or in one country of it.</summary>
    /// <remarks>
    /// With a target country only its seeds are positives: against negatives of one country, seeds of others would teach a model
    /// to tell countries apart.
    /// </remarks>
    public static IReadOnlyList<SeedMatch> Read(
        SeedRequest request, Population population, string? country, Screen screen, CancellationToken cancellation)
    {
        var options = new SeedListOptions { MetricColumns = request.Weights.Metrics.ToHashSet() };
        var lists = Chosen(SeedListReader.Read(request.Files, options, null, cancellation), request);
        var matches = lists.Select(list => SeedMatch.Of(list, population)).ToArray();
        Describe(matches, population, request, screen);
        if (population.CountryNumber(country) is { } number)
        {
            var all = matches.Sum(match => (long)match.Users.Count);
            matches = [.. matches.Select(match => match.InCountry(population, number))];
            screen.Note($"{matches.Sum(match => (long)match.Users.Count):N0} of the {all:N0} seeds are in {country}: only these are trained on.");
        }

        return LargeEnough(matches, request, country, screen);
    }

    private static IReadOnlyList<SeedList> Chosen(IReadOnlyList<SeedList> lists, SeedRequest request)
    {
        if (request.Only.Count == 0) return lists;
        var known = lists.Select(list => list.Id).ToHashSet(StringComparer.Ordinal);
        var missing = request.Only.FirstOrDefault(id => !known.Contains(id));
        if (missing is null) return [.. lists.Where(list => request.Only.Contains(list.Id))];
        throw new KindredException(ErrorKind.BadInput,
            FormattableString.Invariant($"There is no seed list '{missing}' among the {lists.Count:N0} of {string.Join(", ", request.Files)}, which has {string.Join(", ", lists.Take(ListsShown).Select(list => $"'{list.Id}'"))}{(lists.Count > ListsShown ? ", …" : "")}. ") +
            "Names are compared letter by letter; leave --seed-list out for all lists.");
    }

    private static SeedMatch[] LargeEnough(SeedMatch[] matches, SeedRequest request, string? country, Screen screen)
    {
        var small = matches.Where(match => match.Users.Count < request.Minimum).ToArray();
        if (small.Length == 0) return matches;

        var where = country is null ? "in the population" : $"in {country}";
        var named = string.Join(", ", small.Take(ListsShown).Select(match => FormattableString.Invariant(
            $"'{match.List.Id}' ({match.List.Given:N0} users, of which {match.Users.Count:N0} are {where})")));
        var more = small.Length > ListsShown ? FormattableString.Invariant($" and {small.Length - ListsShown:N0} more") : "";
        var what = FormattableString.Invariant($"{small.Length:N0} of {matches.Length:N0} seed lists are too small, at least {request.Minimum:N0} users are needed: {named}{more}.");
        if (!request.SkipSmall || small.Length == matches.Length)
        {
            var spelling = small.Any(match => match.Matched < match.List.Given)
                ? "Check that ids are the population's user_id (same spelling, same leading zeros), give the lists more users, "
                : "Give the lists more users, ";
            throw new KindredException(ErrorKind.BadInput,
                $"{what} {spelling}lower --minimum-seeds, or leave small lists out with --skip-small{(country is null ? "" : "; or train on all seeds, without --country")}.");
        }

        screen.Note($"Left out: {what}");
        return [.. matches.Except(small)];
    }

    private static void Describe(SeedMatch[] matches, Population population, SeedRequest request, Screen screen)
    {
        var given = matches.Sum(match => (long)match.List.Given);
        var matched = matches.Sum(match => (long)match.Users.Count);
        if (matched == 0)
        {
            var example = population.Shards.First(shard => shard.Count > 0).UserIds.GetString(0);
            throw new KindredException(ErrorKind.BadInput,
                FormattableString.Invariant($"None of the {given:N0} seeds in {string.Join(", ", request.Files)} is in the population: an id there looks like '{matches[0].List.Users.GetString(0)}', one of the population like '{example}'. ") +
                "Check that the seeds are of this population, and that both write ids the same way.");
        }

        screen.Note($"{matches.Length:N0} seed lists of {given:N0} seeds, {matched:N0} of them in the population ({Share(matched, given):0.0%}).");

        // Lists that lose users are worth a look; the worst first.
        var poor = matches.Where(match => Share(match.Users.Count, match.List.Given) < 0.9)
            .OrderBy(match => Share(match.Users.Count, match.List.Given)).ToArray();
        foreach (var match in poor.Take(ListsShown))
        {
            screen.Note($"  {match.List.Id}: {match.Users.Count:N0} of {match.List.Given:N0} users are in the population.");
        }

        if (poor.Length > ListsShown) screen.Note($"  … and {poor.Length - ListsShown:N0} more lists of which less than 90% match.");
        var duplicates = matches.Sum(match => (long)match.List.Duplicates);
        if (duplicates > 0) screen.Note($"{duplicates:N0} rows repeat a user of their list and count once.");
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
