using Kindred.Data.Forgotten;
using Kindred.Data.Inputs;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.App.Seeds;

/// <summary>Reads seed lists and reports how well they match the population.</summary>
internal static class SeedInput
{
    private const int ListsShown = 10;

    /// <summary>Reads the lists and finds their users in the population, or in one country of it.</summary>
    /// <remarks>
    /// With a target country only its seeds are positives: against negatives of one country, seeds of others would teach a model
    /// to tell countries apart.
    /// </remarks>
    public static IReadOnlyList<SeedMatch> Read(
        SeedRequest request, Population population, string? country, IProgressReporter progress, CancellationToken cancellation)
    {
        var lists = Chosen(SeedListReader.Read(request.Files, request.Noting(progress).Reading, null, cancellation), request);
        var matches = Matched(lists, request, population, progress, cancellation);
        SeedNotes.Write(matches, population, request, country, progress, cancellation);
        if (population.CountryNumber(country) is { } number) matches = [.. matches.Select(match => match.InCountry(population, number))];
        return LargeEnough(matches, request, country, progress);
    }

    /// <summary>Looks up the users of lists, by hash if the lists are hashed.</summary>
    public static SeedMatch[] Matched(
        IReadOnlyList<SeedList> lists, SeedRequest request, Population population, IProgressReporter progress,
        CancellationToken cancellation)
    {
        lists = Resolved(lists, request, population, progress, cancellation);
        var matches = new SeedMatch[lists.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = request.Threads, CancellationToken = cancellation };
        Parallel.For(0, matches.Length, parallel, i => matches[i] = SeedMatch.Of(lists[i], population));
        return matches;
    }

    /// <summary>Replaces the hashed ids of lists by the population's ids.</summary>
    public static IReadOnlyList<SeedList> Resolved(
        IReadOnlyList<SeedList> lists, SeedRequest request, Population population, IProgressReporter progress,
        CancellationToken cancellation)
    {
        if (request.Hash is not { } hash) return Without(request.Forgotten, lists);
        using var line = progress.Start("Hashing users");
        return Without(request.Forgotten, HashedSeedLists.Resolve(lists, population, hash, request.Threads, line.Report, cancellation));
    }

    private static IReadOnlyList<SeedList> Without(Tombstones forgotten, IReadOnlyList<SeedList> lists) =>
        forgotten.Count == 0 ? lists : [.. lists.Select(forgotten.Without)];

    /// <summary>Returns the requested lists.</summary>
    /// <exception cref="KindredException">A requested list does not exist.</exception>
    public static IReadOnlyList<SeedList> Chosen(IReadOnlyList<SeedList> lists, SeedRequest request)
    {
        if (request.Only.Count == 0) return lists;
        var known = lists.Select(list => list.Id).ToHashSet(StringComparer.Ordinal);
        var missing = request.Only.FirstOrDefault(id => !known.Contains(id));
        if (missing is null) return [.. lists.Where(list => request.Only.Contains(list.Id))];
        throw new KindredException(ErrorKind.BadInput, "seed_list_unknown",
            FormattableString.Invariant($"There is no seed list '{missing}' among the {lists.Count:N0} of {request.Shown}, which has {string.Join(", ", lists.Take(ListsShown).Select(list => $"'{list.Id}'"))}{(lists.Count > ListsShown ? ", …" : "")}."),
            "Names must match exactly. Name no list to use all.");
    }

    private static SeedMatch[] LargeEnough(SeedMatch[] matches, SeedRequest request, string? country, IProgressReporter progress)
    {
        var small = matches.Where(match => match.Users.Count < request.Minimum).ToArray();
        if (small.Length == 0) return matches;

        var where = country is null ? "in the population" : $"in {country}";
        var named = string.Join(", ", small.Take(ListsShown).Select(match => FormattableString.Invariant(
            $"'{match.List.Id}' ({match.List.Given:N0} users, of which {match.Users.Count:N0} are {where})")));
        var more = small.Length > ListsShown ? FormattableString.Invariant($" and {small.Length - ListsShown:N0} more") : "";
        var what = FormattableString.Invariant($"{small.Length:N0} of {matches.Length:N0} seed lists {(small.Length == 1 ? "is" : "are")} too small, at least {request.Minimum:N0} users are needed: {named}{more}.");
        if (!request.SkipSmall || small.Length == matches.Length)
        {
            var spelling = small.Any(match => match.Matched < match.List.Given)
                ? "Check that ids are the population's user_id (same spelling, same leading zeros), give the lists more users, "
                : "Give the lists more users, ";
            throw new KindredException(ErrorKind.BadInput, "seed_lists_too_small", what,
                $"{spelling}lower the minimum number of seeds, or skip small lists{(country is null ? "" : "; or use the seeds of all countries")}.")
            {
                Values = new Dictionary<string, object?> { ["minimum"] = request.Minimum, ["country"] = country, ["check_ids"] = spelling },
            };
        }

        progress.Note($"Left out: {what}");
        return [.. matches.Except(small)];
    }
}
