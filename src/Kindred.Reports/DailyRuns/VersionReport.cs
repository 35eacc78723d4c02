using System.Text.Json.Nodes;
using Kindred.App.DailyRuns;
using Kindred.Pipeline.Comparing;
using Kindred.Pipeline.Store;
using Kindred.Reports.Html;

namespace Kindred.Reports.DailyRuns;

/// <summary>The page of a published version, for the platform's operator or for the owner of lists. It has no ids of users.</summary>
public static class VersionReport
{
    /// <summary>The format of the folder that holds the page.</summary>
    public const string Format = "kindred-version-page";

    private const string NoAudience = "No audience: ";

    /// <summary>The page as HTML. The same version gives the same bytes.</summary>
    public static string Render(DescribedVersion described)
    {
        var counts = new ShownCounts(described.SuppressBelow);
        var alerts = Alerts(described, counts);
        var number = RunStore.Name(described.Version.Number);
        var page = new HtmlPage($"{(described.Owner is null ? "Daily run" : $"Audiences of {described.Owner}")}: version {number}");
        page.Paragraph(VersionWords.Headline(described), "headline");
        AddState(page, described, alerts.Length);
        AddFigures(page, described, counts);
        if (alerts.Length > 0) page.Section("What needs attention").Table(VersionTables.Alerts(alerts));
        page.Section("Audiences").Table(VersionTables.Audiences(described.Version, counts));
        if (counts.ForOwner) page.Paragraph("Counts of people are rounded to tens, and small counts are hidden.", "note");
        AddChange(page.Section("What has changed"), described, counts);
        page.Section("The population").Table(VersionTables.Countries(described, counts));
        page.Details("Technical details", details => details.Definitions(VersionWords.Technical(described.Version)));
        return page.Render();
    }

    /// <summary>The figures of the page.</summary>
    public static JsonObject Figures(DescribedVersion described)
    {
        var counts = new ShownCounts(described.SuppressBelow);
        var json = VersionJson.Of(described.Version, [.. described.Version.Units], counts, withIds: false);
        json["change"] = described.Change is { } change ? DifferenceJson.Of(change, counts) : null;
        return json;
    }

    /// <summary>Lists without a requested audience, then other lists that need attention.</summary>
    private static ListAttention[] Alerts(DescribedVersion described, ShownCounts counts)
    {
        ListAttention[] missing =
            [.. counts.Reasons(described.Version)
                .Select(reason => new ListAttention(reason.List, reason.Country, NoAudience + reason.Reason))];
        // Reasons of a comparison disclose small counts, and repeat why a list has no audience.
        var others = (counts.ForOwner ? [] : described.Change?.Attention ?? []).Where(attention =>
            !missing.Any(known => known.List == attention.List && known.Country == attention.Country
                && attention.Reason.EndsWith(known.Reason[NoAudience.Length..], StringComparison.Ordinal)));
        return [.. missing, .. others.Select(attention => attention with { Reason = VersionWords.Sentence(attention.Reason) })];
    }

    private static void AddState(HtmlPage page, DescribedVersion described, int alerts)
    {
        var count = alerts == 1 ? "1 alert." : $"{Figure.Count(alerts)} alerts.";
        if (alerts == 0) page.Notice(NoticeState.Good, "All is well.", "Every list has the audiences that were requested.");
        else page.Notice(NoticeState.Bad, count, "The first table says what is wrong and what to do.");
        if (described.Version.Paused.Count > 0 && described.Owner is null)
        {
            page.Notice(NoticeState.Warning, $"{Figure.SeedLists(described.Version.Paused.Count)} paused.",
                "Paused lists have no audience until they are resumed.");
        }
    }

    private static void AddFigures(HtmlPage page, DescribedVersion described, ShownCounts counts)
    {
        var version = described.Version;
        List<(string, string)> figures =
        [
            (Figure.Count(VersionWords.Audiences(version)), "audiences"),
            (Figure.Count(version.Units.Select(unit => unit.List).Distinct().Count()), "seed lists"),
            (counts.Text(version.Countries.Sum(country => country.Active)), "active users in the population"),
        ];
        if (described.Change is { } change)
        {
            figures.Add((Figure.Count(change.Audiences.Count(VersionWords.HasChanged)), "audiences with other members than before"));
        }

        page.KeyFigures(figures);
    }

    private static void AddChange(HtmlPage page, DescribedVersion described, ShownCounts counts)
    {
        page.Paragraph(VersionWords.Change(described, counts));
        if (described.Change is not { } change || !change.Audiences.Any(VersionWords.HasChanged)) return;
        page.Table(VersionTables.Changes(change, counts))
            .Paragraph("Members are all users that look-ups find, active or not, so there are more of them than the users of an " +
                "audience: before − lost + gained = after.", "note");
    }
}
