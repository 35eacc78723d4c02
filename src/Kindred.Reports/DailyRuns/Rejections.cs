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
}
