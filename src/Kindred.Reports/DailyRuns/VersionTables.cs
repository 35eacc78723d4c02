using System.Globalization;
using Kindred.App.DailyRuns;
using Kindred.Pipeline.Comparing;
using Kindred.Pipeline.Store;
using Kindred.Reports.Html;

namespace Kindred.Reports.DailyRuns;

/// <summary>The tables of the page of a version.</summary>
internal static class VersionTables
{
    private const string AllCountries = "all";

    public static HtmlTable Alerts(IEnumerable<ListAttention> alerts)
    {
        var table = new HtmlTable("Lists without a requested audience, and lists that look unusual", ["Seed list", "Country", "Reason"])
        { EndsInNote = true };
        foreach (var alert in alerts) table.Add(alert.List, alert.Country ?? AllCountries, alert.Reason);
        return table;
    }

    public static HtmlTable Audiences(RunVersion version, ShownCounts counts)
    {
        var table = new HtmlTable("The published audiences",
            ["Seed list", "Country", "Size", "Users", "Of active users", "Seeds found in the population", "Method"])
        { EndsInNote = true };
        foreach (var unit in version.Units)
        {
            foreach (var target in unit.Targets)
            {
                foreach (var size in target.Sizes)
                {
                    table.Add(unit.List, target.Country ?? AllCountries, size.Size, counts.Text(size.Users) + Range(size),
                        counts.Text(target.Candidates), counts.Text(unit.Matched), unit.Method + (unit.NotDue ? ", not due" : ""));
                }
            }
        }

        return table;
    }

    public static HtmlTable Changes(VersionDifference change, ShownCounts counts)
    {
        var table = new HtmlTable($"Members gained and lost since version {RunStore.Name(change.From.Number)}",
            ["Seed list", "Country", "Size", "Members before", "After", "Gained", "Lost"]);
        var changed = change.Audiences.Where(VersionWords.HasChanged);
        // The order would tell an owner more than the rounded counts.
        foreach (var audience in counts.ForOwner ? changed : changed.OrderByDescending(audience => audience.Gained + audience.Lost))
        {
            table.Add(audience.List, audience.Country ?? AllCountries, audience.Size,
                Shown(audience.Before, counts), Shown(audience.After, counts), counts.Text(audience.Gained), counts.Text(audience.Lost));
        }

        return table;
    }

    public static HtmlTable Countries(DescribedVersion described, ShownCounts counts)
    {
        var before = described.Change?.From.Countries.ToDictionary(country => country.Country, StringComparer.Ordinal);
        var table = new HtmlTable("Users of the population by country", ["Country", "Users", "Active", "Active before"]);
        foreach (var country in described.Version.Countries)
        {
            table.Add(country.Country.Length == 0 ? "none" : country.Country, counts.Text(country.Users), counts.Text(country.Active),
                Shown(before?.GetValueOrDefault(country.Country)?.Active, counts));
        }

        return table;
    }

    private static string Shown(long? count, ShownCounts counts) => count is { } known ? counts.Text(known) : Figure.None;

    private static string Range(SizeResult size) =>
        size.Low is { } low ? string.Create(CultureInfo.InvariantCulture, $" ({low:N0}–{size.High:N0})") : "";
}
