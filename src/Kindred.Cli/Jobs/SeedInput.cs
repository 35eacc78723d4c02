using Kindred.Cli.Terminal;
using Kindred.Data.Inputs;
using Kindred.Data.Tables;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.Cli.Jobs;

/// <summary>Which seed lists a command works on, and how their users count.</summary>
internal sealed record SeedRequest
{
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What is read, for people.</summary>
    public string Shown => string.Join(", ", Files.Select(file => file == StandardInput.Name ? StandardInput.Shown : file));

    /// <summary>What the columns are called.</summary>
    public ColumnNames Columns { get; init; } = new();

    public SampleWeightOptions Weights { get; init; } = new();

    /// <summary>How the ids of the lists were hashed; null where they are the population's.</summary>
    public IdHash? Hash { get; init; }

    /// <summary>Threads that look users up.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The lists to work on; none for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The fewest users of a list to work on.</summary>
    public int Minimum { get; init; } = 25;

    /// <summary>Whether lists with fewer are left out instead of being an error.</summary>
    public bool SkipSmall { get; init; }

    /// <summary>How the files are read.</summary>
    public SeedListOptions Reading => Columns.OfSeedLists(Weights.Metrics, Hash?.Function);
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
        var lists = Chosen(SeedListReader.Read(request.Files, request.Reading, null, cancellation), request);
        var matches = Matched(lists, request, population, screen, cancellation);
        SeedNotes.Write(matches, population, request, country, screen, cancellation);
        if (population.CountryNumber(country) is { } number) matches = [.. matches.Select(match => match.InCountry(population, number))];
        return LargeEnough(matches, request, country, screen);
    }

    /// <summary>Looks the users of lists up, by their hashes where they came hashed.</summary>
    public static SeedMatch[] Matched(
        IReadOnlyList<SeedList> lists, SeedRequest request, Population population, Screen screen, CancellationToken cancellation)
    {
        lists = Resolved(lists, request, population, screen, cancellation);
        var matches = new SeedMatch[lists.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = request.Threads, CancellationToken = cancellation };
        Parallel.For(0, matches.Length, parallel, i => matches[i] = SeedMatch.Of(lists[i], population));
        return matches;
    }

    /// <summary>The lists by the population's ids, where they came by hashes of them.</summary>
    public static IReadOnlyList<SeedList> Resolved(
        IReadOnlyList<SeedList> lists, SeedRequest request, Population population, Screen screen, CancellationToken cancellation)
    {
        if (request.Hash is not { } hash) return lists;
        using var line = screen.Start("Hashing users");
        return HashedSeedLists.Resolve(lists, population, hash, request.Threads, line.Report, cancellation);
    }

    /// <summary>The lists that are asked for.</summary>
    /// <exception cref="KindredException">There is no list of a name that is asked for.</exception>
    public static IReadOnlyList<SeedList> Chosen(IReadOnlyList<SeedList> lists, SeedRequest request)
    {
        if (request.Only.Count == 0) return lists;
        var known = lists.Select(list => list.Id).ToHashSet(StringComparer.Ordinal);
        var missing = request.Only.FirstOrDefault(id => !known.Contains(id));
        if (missing is null) return [.. lists.Where(list => request.Only.Contains(list.Id))];
        throw new KindredException(ErrorKind.BadInput,
            FormattableString.Invariant($"There is no seed list '{missing}' among the {lists.Count:N0} of {request.Shown}, which has {string.Join(", ", lists.Take(ListsShown).Select(list => $"'{list.Id}'"))}{(lists.Count > ListsShown ? ", …" : "")}. ") +
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
        var what = FormattableString.Invariant($"{small.Length:N0} of {matches.Length:N0} seed lists {(small.Length == 1 ? "is" : "are")} too small, at least {request.Minimum:N0} users are needed: {named}{more}.");
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
}
