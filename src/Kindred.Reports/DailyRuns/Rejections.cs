using Kindred.Pipeline.Store;

namespace Kindred.Reports.DailyRuns;

/// <summary>The lists of a version that lack a requested audience.</summary>
public static class Rejections
{
    /// <summary>Lists and countries that lack a requested audience, with the reason.</summary>
    public static IEnumerable<(string List, string? Country, string Reason)> Of(RunVersion version) =>
        version.Units.SelectMany(unit => unit.Rejected is { } reason
        ? [(unit.List, unit.TrainingCountry, reason)]
        : unit.Targets.Where(target => (target.Rejected ?? target.Withheld) is not null)
            .Select(target => (unit.List, target.Country, (target.Rejected ?? target.Withheld)!)));

    /// <summary>The first lists and countries in words, and the number of the others.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<(string List, string? Country, string Reason)> rejected, int most)
    {
        foreach (var (list, country, reason) in rejected.Take(most))
        {
            yield return $"{list}{(country is null ? "" : $" in {country}")}: {reason}";
        }

        if (rejected.Count > most) yield return FormattableString.Invariant($"… and {rejected.Count - most:N0} more.");
    }
}
