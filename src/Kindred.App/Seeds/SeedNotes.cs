using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedLists.Checks;

namespace Kindred.App.Seeds;

/// <summary>Notes on how seed lists match the population: a short check before the actual work.</summary>
internal static class SeedNotes
{
    private const int LinesShown = 2;

    /// <summary>Writes the notes.</summary>
    /// <exception cref="KindredException">None of the lists has a user in the population.</exception>
    public static void Write(
        IReadOnlyList<SeedMatch> matches, Population population, SeedRequest request, string? country, IProgressReporter progress,
        CancellationToken cancellation)
    {
        var options =
            new SeedCheckOptions
            {
                MinimumSeeds = Math.Max(1, request.Minimum),
                Country = country,
                MostPairs = 1,
                Threads = request.Threads
            };
        var check = SeedCheck.Of(matches, population, options, request.Hash, cancellation);
        var given = check.Lists.Sum(list => (long)list.Given);
        var matched = check.Lists.Sum(list => (long)list.Matched);
        if (matched == 0) throw NobodyMatches(check, given, request);

        var duplicates = check.Lists.Sum(list => (long)list.Duplicates);
        progress.Note($"{SeedWords.Lists(check.Lists.Count)} of {given:N0} seeds, {matched:N0} of them in the population ({(double)matched / given:0.0%}){(duplicates > 0 ? FormattableString.Invariant($"; {duplicates:N0} rows repeat a user of their list and count once") : "")}.");

        // Lists that lose users are worth a look; the worst first.
        var poor = check.Lists.Where(list => list.Matched < options.ManyMatch * list.Given)
            .OrderBy(list => (double)list.Matched / list.Given).ToArray();
        var causes = CheckCauses.Of(poor, check.Lists.Count);
        foreach (var cause in causes.Take(LinesShown)) progress.Note($"  {cause.Text}");
        var more = causes.Skip(LinesShown).Sum(cause => cause.Lists);
        if (more > 0) progress.Note($"  … and {more:N0} more {(more == 1 ? "list" : "lists")} of which less than {options.ManyMatch:0%} match; a check of the lists says more.");
        if (country is not null)
        {
            progress.Note(
                $"{check.Lists.Sum(list => (long)list.Seeds):N0} of the {matched:N0} seeds are in {country}: only these are trained on.");
        }

        if (SeedWords.Warnings(check) is { Length: > 0 } warnings) progress.Note($"{warnings}");
    }

    private static KindredException NobodyMatches(SeedCheckResult check, long given, SeedRequest request)
    {
        var list = check.Lists.FirstOrDefault(list => list.Diagnosis is not null);
        var looks = list?.Diagnosis is not { } diagnosis ? "."
            : diagnosis.ListShape is null ? ": " + SeedWords.Cause(diagnosis)
            : $": an id there looks like {diagnosis.ListShape}, one of the population like {diagnosis.PopulationShape}. {SeedWords.Cause(diagnosis)}";
        return new KindredException(ErrorKind.BadInput, "no_seed_in_population",
            FormattableString.Invariant($"None of the {given:N0} seeds in {request.Shown} is in the population{looks}"),
            list?.Diagnosis is null or { Cause: IdCause.OtherIds or IdCause.OtherUsers }
                ? "Check that the seeds are of this population, and that both write ids the same way."
                : "")
        {
            Values = new Dictionary<string, object?> { ["seeds"] = given, ["likely_cause"] = list?.Diagnosis?.Cause.ToString(), ["normalize_ids"] = list?.Diagnosis?.Normalization },
        };
    }
}
