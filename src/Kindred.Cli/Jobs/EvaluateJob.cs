using Kindred.Audiences;
using Kindred.Cli.Terminal;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Data.Tables;
using Kindred.Evaluation;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;
using Kindred.SeedModels.Baselines;

namespace Kindred.Cli.Jobs;

/// <summary>What <c>kindred evaluate</c> is asked for.</summary>
internal sealed record EvaluateRequest
{
    public required string Population { get; init; }

    public required SeedRequest Seeds { get; init; }

    /// <summary>Given splits: seed_list_id, user_id of those held out; none to split by chance.</summary>
    public IReadOnlyList<string> HoldOut { get; init; } = [];

    public double HoldOutShare { get; init; } = 0.1;

    public int Repeats { get; init; } = 1;

    /// <summary>A table of seed_list_id and part, or null to evaluate all lists.</summary>
    public string? Lists { get; init; }

    /// <summary>The part of <see cref="Lists"/> to evaluate.</summary>
    public string Part { get; init; } = "report";

    public MethodRequest Method { get; init; } = new();

    public EvaluationOptions Evaluation { get; init; } = new();
}

/// <summary>A method's figures, and those of the baselines on the same splits.</summary>
internal sealed record EvaluateResult(EvaluationResult Method, IReadOnlyList<EvaluationResult> Baselines, int Repeats, string? Country);

/// <summary>Measures a method on seed lists whose users are partly held out.</summary>
internal static class EvaluateJob
{
    private const int FewHeldOut = 10;

    public static EvaluateResult Run(EvaluateRequest request, Screen screen, CancellationToken cancellation)
    {
        using var population = PopulationSnapshot.Open(request.Population);
        var splits = Splits(request, population, screen, cancellation);
        var evaluator = new Evaluator(population, request.Evaluation);

        EvaluationResult Evaluate(IMethod method)
        {
            using var line = screen.Start($"Evaluating {method.Name}");
            return evaluator.Evaluate(method, splits, request.Seeds.Weights, line.Report, cancellation: cancellation);
        }

        var trained = splits.Select(HoldOut.TrainedOnInAll).ToArray();
        var measured = Evaluate(Methods.Create(request.Method, request.Population, population, request.Evaluation.Country, trained, request.Evaluation.Threads, screen, cancellation));
        IExpansionMethod[] baselines = [new ActivityMethod(), new RandomMethod(request.Evaluation.Seed)];
        return new EvaluateResult(measured, [.. baselines.Select(Evaluate)], splits[0].Count, request.Evaluation.Country);
    }

    /// <summary>For each seed list that is asked for and has anybody to look for, its splits.</summary>
    public static IReadOnlyList<IReadOnlyList<HoldOut>> Splits(EvaluateRequest request, Population population, Screen screen, CancellationToken cancellation)
    {
        var matches = SeedInput.Read(request.Seeds, population, request.Evaluation.Country, screen, cancellation);
        if (request.Lists is { } lists) matches = OfPart(matches, lists, request);
        var splits = Split(matches, population, request, screen, cancellation);
        var few = splits.Count(list => list.Sum(split => split.Held.Users.Count) < FewHeldOut);
        if (few > 0) screen.Note($"{few:N0} lists have fewer than {FewHeldOut} held-out users, whose ranks say little about each of them: --repeats holds others out too.");
        return WithCandidates(splits, population, request.Evaluation.Country, screen);
    }

    private static IReadOnlyList<IReadOnlyList<HoldOut>> Split(
        IReadOnlyList<SeedMatch> matches, Population population, EvaluateRequest request, Screen screen, CancellationToken cancellation)
    {
        if (request.HoldOut.Count == 0)
        {
            return [.. matches.Select(match => Enumerable.Range(0, request.Repeats)
                .Select(repeat => HoldOut.Random(match, request.HoldOutShare, request.Evaluation.Seed, repeat, population)).ToArray())];
        }

        var lists = UserIdReader.ReadLists(request.HoldOut, (request.Seeds with { Weights = new SampleWeightOptions() }).Reading, cancellation);
        var held = SeedInput.Resolved(lists, request.Seeds, population, screen, cancellation).ToDictionary(list => list.Id, StringComparer.Ordinal);
        var missing = matches.FirstOrDefault(match => !held.ContainsKey(match.List.Id));
        if (missing is not null)
        {
            throw new KindredException(ErrorKind.BadInput,
                $"The hold-out has no users of seed list '{missing.List.Id}' ({held.Count:N0} lists are in {string.Join(", ", request.HoldOut)}). " +
                "Add them, leave the list out of the seeds, or leave --holdout out to split every list by chance.");
        }

        var split = matches.Select(match => HoldOut.Given(match, held[match.List.Id].Users, population)).ToArray();
        var given = split.Sum(part => (long)held[part.Held.List.Id].Given);
        var found = split.Sum(part => (long)part.Held.Users.Count);
        if (found < given)
        {
            screen.Note(request.Evaluation.Country is { } country
                ? (FormattableString)$"{given - found:N0} of the {given:N0} users of the hold-out are not among the seeds in {country} and are not looked for."
                : $"{given - found:N0} of the {given:N0} users of the hold-out are not in the seed file and cannot be looked for: a hold-out is a part of the seed file.");
        }

        return [.. split.Select(part => new[] { part })];
    }

    /// <summary>The lists that have anybody to look for: held-out users who are not active, or elsewhere, are not ranked.</summary>
    private static IReadOnlyList<HoldOut>[] WithCandidates(
        IReadOnlyList<IReadOnlyList<HoldOut>> lists, Population population, string? country, Screen screen)
    {
        var number = population.CountryNumber(country);
        var kept = lists.Where(list => list.All(split => UserSet.Of(population, split.Held.Users).CountCandidates(population, number) > 0)).ToArray();
        var names = lists.Except(kept).Select(list => $"'{list[0].Held.List.Id}'").ToArray();
        if (kept.Length == 0)
        {
            throw new KindredException(ErrorKind.BadInput,
                FormattableString.Invariant($"None of the {lists.Count:N0} seed lists has a held-out user among the active users that are ranked: {string.Join(", ", names.Take(10))}. ") +
                "Hold-out users must be in the seed file, active and of the country. Check the hold-out's ids, or leave --holdout out.");
        }

        if (names.Length > 0) screen.Note($"Left out {names.Length:N0} lists whose held-out users are not among the active users that are ranked: {string.Join(", ", names.Take(10))}{(names.Length > 10 ? ", …" : "")}.");
        return kept;
    }

    private static SeedMatch[] OfPart(IReadOnlyList<SeedMatch> matches, string file, EvaluateRequest request)
    {
        var part = request.Part;
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        using (var table = TableReader.Open(file))
        {
            int list = table.RequireIds(request.Seeds.Reading.ListColumn), partColumn = table.Require("part");
            while (table.Read())
            {
                if (System.Text.Encoding.UTF8.GetString(table.Utf8(partColumn)) == part) chosen.Add(System.Text.Encoding.UTF8.GetString(table.Id(list)));
            }
        }

        var kept = matches.Where(match => chosen.Contains(match.List.Id)).ToArray();
        return kept.Length > 0 ? kept : throw new KindredException(ErrorKind.BadInput,
            $"{file} marks {chosen.Count:N0} seed lists as '{part}', but none of them is among the {matches.Count:N0} lists of the seed file. Check --part and the ids.");
    }
}
