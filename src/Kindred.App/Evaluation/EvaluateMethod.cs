using Kindred.App.Seeds;
using Kindred.App.Tuning;
using Kindred.Audiences;
using Kindred.Baselines;
using Kindred.Data.Inputs;
using Kindred.Data.Populations;
using Kindred.Data.Tables;
using Kindred.Evaluation;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.App.Evaluation;

/// <summary>Measures a method on seed lists with held-out users.</summary>
public static class EvaluateMethod
{
    private const int FewHeldOut = 10;

    /// <summary>Measures a method.</summary>
    /// <param name="request">The population, the lists, the method and the splits.</param>
    /// <param name="progress">Receives progress and notes.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <returns>The method's figures and those of the baselines.</returns>
    /// <exception cref="KindredException">An input is wrong, or no list has a held-out user to find.</exception>
    public static EvaluationWithBaselines Run(EvaluateRequest request, IProgressReporter progress, CancellationToken cancellation = default)
    {
        using var population = PopulationSnapshot.Open(request.Population);
        var splits = Splits(request, population, progress, cancellation);
        var evaluator = new Evaluator(population, request.Evaluation);

        EvaluationResult Evaluate(IMethod method)
        {
            using var line = progress.Start($"Evaluating {method.Name}");
            return evaluator.Evaluate(method, splits, request.Seeds.Weights, line.Report, cancellation: cancellation);
        }

        var trained = splits.Select(HoldOut.TrainedOnInAll).ToArray();
        var measured =
            Evaluate(RequestedMethod.Create(request.Method, request.Population, population, request.Evaluation.Country, trained,
                request.Evaluation.Threads, progress, cancellation));
        IExpansionMethod[] baselines = [new ActivityMethod(), new RandomMethod(request.Evaluation.Seed)];
        return new EvaluationWithBaselines(measured, [.. baselines.Select(Evaluate)], splits[0].Count, request.Evaluation.Country);
    }

    /// <summary>Returns the splits of each requested seed list that has held-out users to find.</summary>
    public static IReadOnlyList<IReadOnlyList<HoldOut>> Splits(EvaluateRequest request, Population population, IProgressReporter progress,
        CancellationToken cancellation)
    {
        var matches = SeedInput.Read(request.Seeds, population, request.Evaluation.Country, progress, cancellation);
        if (request.Lists is { } lists) matches = OfPart(matches, lists, request);
        var splits = Split(matches, population, request, progress, cancellation);
        var few = splits.Count(list => list.Sum(split => split.Held.Users.Count) < FewHeldOut);
        if (few > 0)
        {
            progress.Note(
                $"{few:N0} lists have fewer than {FewHeldOut} held-out users, so their figures are uncertain: average several splits.");
        }

        return WithCandidates(splits, population, request.Evaluation.Country, progress);
    }

    private static IReadOnlyList<IReadOnlyList<HoldOut>> Split(
        IReadOnlyList<SeedMatch> matches, Population population, EvaluateRequest request, IProgressReporter progress,
        CancellationToken cancellation)
    {
        if (request.HoldOut.Count == 0)
        {
            return [.. matches.Select(match => Enumerable.Range(0, request.Repeats)
                .Select(repeat => HoldOut.Random(match, request.HoldOutShare, request.Evaluation.Seed, repeat, population)).ToArray())];
        }

        var lists = UserIdReader.ReadLists(request.HoldOut, (request.Seeds with { Weights = new SampleWeightOptions() }).Reading,
            cancellation);
        var held = SeedInput.Resolved(lists, request.Seeds, population, progress, cancellation)
            .ToDictionary(list => list.Id, StringComparer.Ordinal);
        var missing = matches.FirstOrDefault(match => !held.ContainsKey(match.List.Id));
        if (missing is not null)
        {
            throw new KindredException(ErrorKind.BadInput, "hold_out_lacks_list",
                FormattableString.Invariant($"The hold-out has no users of seed list '{missing.List.Id}' ({held.Count:N0} lists are in {string.Join(", ", request.HoldOut)})."),
                "Add them, leave the list out of the seeds, or give no hold-out to split every list at random.");
        }

        var split = matches.Select(match => HoldOut.Given(match, held[match.List.Id].Users, population)).ToArray();
        var given = split.Sum(part => (long)held[part.Held.List.Id].Given);
        var found = split.Sum(part => (long)part.Held.Users.Count);
        if (found < given)
        {
            progress.Note(request.Evaluation.Country is { } country
                ? (FormattableString)$"{given - found:N0} of the {given:N0} users of the hold-out are not among the seeds in {country} and are ignored."
                : $"{given - found:N0} of the {given:N0} users of the hold-out are not in the seed file and are ignored: a hold-out must be part of the seed file.");
        }

        return [.. split.Select(part => new[] { part })];
    }

    /// <summary>Returns the lists that have held-out users to find. Held-out users that are inactive or in another country are not
    /// ranked.</summary>
    private static IReadOnlyList<HoldOut>[] WithCandidates(
        IReadOnlyList<IReadOnlyList<HoldOut>> lists, Population population, string? country, IProgressReporter progress)
    {
        var number = population.CountryNumber(country);
        var kept = lists.Where(list => list.All(split => UserSet.Of(population, split.Held.Users).CountCandidates(population, number) > 0))
            .ToArray();
        var names = lists.Except(kept).Select(list => $"'{list[0].Held.List.Id}'").ToArray();
        if (kept.Length == 0)
        {
            throw new KindredException(ErrorKind.BadInput, "hold_out_not_ranked",
                FormattableString.Invariant($"None of the {lists.Count:N0} seed lists has a held-out user among the ranked active users: {string.Join(", ", names.Take(10))}."),
                "Hold-out users must be in the seed file, active and of the country. Check the hold-out's ids, or give no hold-out.");
        }

        if (names.Length > 0) progress.Note($"Left out {names.Length:N0} lists whose held-out users are not among the ranked active users: {string.Join(", ", names.Take(10))}{(names.Length > 10 ? ", …" : "")}.");
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
                if (System.Text.Encoding.UTF8.GetString(table.Utf8(partColumn)) == part)
                {
                    chosen.Add(System.Text.Encoding.UTF8.GetString(table.Id(list)));
                }
            }
        }

        var kept = matches.Where(match => chosen.Contains(match.List.Id)).ToArray();
        return kept.Length > 0 ? kept : throw new KindredException(ErrorKind.BadInput, "part_has_no_list",
            FormattableString.Invariant($"{file} marks {chosen.Count:N0} seed lists as '{part}', but none of them is among the {matches.Count:N0} lists of the seed file."),
            "Check the name of the part and the ids.");
    }
}
