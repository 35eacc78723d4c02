using Kindred.App.Checking;
using Kindred.App.Seeds;
using Kindred.Cli.Shell;
using Kindred.Cli.Terminal;
using Kindred.Data.Inputs;
using Kindred.Reports;
using Kindred.Reports.Check;
using Kindred.SeedLists;
using Kindred.SeedLists.Checks;

namespace Kindred.Cli.Texts;

/// <summary>A check as text.</summary>
internal static class CheckText
{
    private const int PlacesShown = 3;
    private const int PairsShown = 10;
    private const int MostCountries = 8;

    public static void Write(CheckResult result, TextWriter output)
    {
        WriteRows(result.Reading, output);
        if (result.Check.Lists.Count > 0) WriteLists(result, output);
        WriteMetrics(result, output);
        WritePairs(result.Check, output);
        output.WriteLine();
        output.WriteLine(Verdict(result));
    }

    private static void WriteRows(SeedListReading reading, TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant($"{reading.Rows:N0} rows in {reading.Files.Count:N0} {(reading.Files.Count == 1 ? "file" : "files")}, {reading.Rejected.Count:N0} rejected."));
        foreach (var (problem, count, places) in reading.Rejected.Problems)
        {
            output.WriteLine(FormattableString.Invariant($"  {count:N0} × {CheckWords.Of(problem)}: {string.Join("; ", places.Take(PlacesShown).Select(Place))}{(count > PlacesShown ? "; …" : "")}"));
        }

        foreach (var file in reading.Files.Where(file => file.Rows == file.Rejected)) output.WriteLine($"  {file.File} has no usable row.");
    }

    private static string Place(RowPlace place) => FormattableString.Invariant($"{place.File}, {place.LineName} {place.Line}")
        + (place.Column is null ? "" : $", column '{place.Column}'");

    private static void WriteLists(CheckResult result, TextWriter output)
    {
        // If the table is cut off, lists with problems come first.
        var all = result.Check.Lists;
        var shown = all.Count <= TextTable.ListsShown ? all : [.. all.OrderBy(list => list.Verdict == ListVerdict.Usable).ThenBy(list => (double)list.Matched / Math.Max(1, list.Given)).Take(TextTable.ListsShown)];
        string[] countries = result.Countries.Count is > 1 and <= MostCountries ? [.. result.Countries] : [];
        output.WriteLine();
        TextTable.Write(output, ["seed list", "users", "repeated", "matched", .. countries, "inactive", "of population", "verdict"],
            shown.Select(list => (string[])
        [
            list.SeedListId, TextTable.Count(list.Given), TextTable.Count(list.Duplicates), TextTable.Count(list.Matched),
            .. list.ByCountry.Take(countries.Length).Select(count => TextTable.Count(count)),
            TextTable.Count(list.Inactive), Figure.Percent(list.ShareOfPopulation), CheckWords.Of(list.Verdict),
        ]));
        TextTable.WriteMore(output, all.Count);
        string[] told =
        [
            .. CheckCauses.Of([.. all.Where(list => list.Diagnosis is not null)], all.Count)
                .Select(cause => NextSteps.IdOptions(cause.Cause?.ToString(), cause.Normalization) is { } option ? $"{cause.Text} {option}" : cause.Text),
            .. OneList(result),
            .. shown.Where(list => list.SameAs is not null).Select(list => $"{list.SeedListId}: the same users as {list.SameAs}."),
        ];
        if (told.Length > 0) output.WriteLine();
        foreach (var line in told) output.WriteLine(line);
    }

    // If the list column has another name, all lists become one: broad, or with many repeated users.
    private static IEnumerable<string> OneList(CheckResult result)
    {
        if (!result.Check.Lists.Any(list => list.Verdict == ListVerdict.TooBroad || list.Duplicates > list.Given / 10)) return [];
        return result.Reading.Files.Where(file => file.OtherColumns.Count > 0).Take(PlacesShown)
            .Select(file => $"{file.File} has no column '{result.Request.Seeds.Reading.ListColumn}', so it is one list. If one of its other columns names lists ({string.Join(", ", file.OtherColumns.Take(MostCountries))}), name it with --seed-list-column.");
    }

    private static void WriteMetrics(CheckResult result, TextWriter output)
    {
        var columns = result.Metrics.SelectMany(metrics => metrics).GroupBy(metric => metric.Column).ToArray();
        if (columns.Length == 0) return;
        output.WriteLine();
        TextTable.Write(output, ["metric", "lists", "values", "missing", "refused", "least", "most", "taken for"],
            columns.Select(column => (string[])
        [
            column.Key, TextTable.Count(column.Count()), TextTable.Count(column.Sum(metric => metric.Values)),
            TextTable.Count(column.Sum(metric => metric.Missing)),
            TextTable.Count(column.Sum(metric => metric.Bad)), Number(column.Min(metric => metric.Least)),
            Number(column.Max(metric => metric.Most)),
            column.All(metric => metric.Scale == WeightScale.Rate) ? "rate" : column.Any(metric => metric.Scale == WeightScale.Rate) ? "rate or count" : "count",
        ]));
    }

    private static void WritePairs(SeedCheckResult check, TextWriter output)
    {
        if (check.Pairs.Count == 0) return;
        output.WriteLine();
        TextTable.Write(output, ["overlap", "with", "shared", "of the smaller", "over chance"],
            check.Pairs.Take(PairsShown).Select(pair => (string[])
        [
            check.Lists[pair.First].SeedListId, check.Lists[pair.Second].SeedListId, TextTable.Count(pair.Shared),
            Figure.Percent(pair.ShareOfSmaller), $"{Figure.Fixed(pair.Lift, 1)}×",
        ]));
        if (check.OverlapSample > 1) output.WriteLine(FormattableString.Invariant($"Overlapping pairs were searched in a sample of one in {check.OverlapSample:N0} users; found pairs are counted exactly."));
    }

    private static string Verdict(CheckResult result)
    {
        var lists = result.Check.Lists;
        if (lists.Count == 0) return "There is no usable row, so there is no seed list.";
        var wrong = lists.Where(list => list.Verdict != ListVerdict.Usable).GroupBy(list => list.Verdict).OrderBy(group => group.Key)
            .Select(group => FormattableString.Invariant($"{group.Count():N0} {CheckWords.Why(group.Key, result.Request)}"));
        var text = result.Check.AllUsable ? FormattableString.Invariant($"{(lists.Count == 1 ? "The seed list" : $"All {lists.Count:N0} seed lists")} can be used.")
            : FormattableString.Invariant(
                $"{lists.Count - result.Usable:N0} of {lists.Count:N0} seed lists cannot be used: {string.Join("; ", wrong)}.");
        return text + (result.IsGood || !result.Check.AllUsable ? "" : " But some rows were rejected, which --strict treats as a failure.");
    }

    private static string Number(float value) => value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture);
}
