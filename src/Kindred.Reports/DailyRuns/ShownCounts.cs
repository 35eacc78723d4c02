using System.Text.Json.Nodes;
using Kindred.Pipeline.Store;

namespace Kindred.Reports.DailyRuns;

/// <summary>Counts and reasons as their reader may see them: exact for the platform's operator; for owners, nothing that reveals single
/// users.</summary>
/// <param name="suppressBelow">For an owner, the smallest count that is shown; null for the platform's operator.</param>
public sealed class ShownCounts(int? suppressBelow)
{
    /// <summary>True if the reader is an owner.</summary>
    public bool ForOwner => suppressBelow is not null;

    /// <summary>A count as text, as the reader may see it.</summary>
    public string Text(long count) =>
        suppressBelow is not { } least ? Figure.Count(count) : OwnerCounts.Of(count, least) is { } shown ? Figure.Count(shown) : Few(least);

    /// <summary>A count for JSON, as the reader may see it: a number, or a text such as "&lt;25".</summary>
    public JsonValue Json(long count) =>
        suppressBelow is not { } least ? JsonValue.Create(count) : OwnerCounts.Of(count, least) is { } shown ? JsonValue.Create(shown) : JsonValue.Create(Few(least));

    /// <summary>The reason why a list has no model, with the counts that the reader may see.</summary>
    public string? Reason(UnitResult unit) => unit.Rejected is null || !ForOwner ? unit.Rejected : FormattableString.Invariant(
        $"{unit.Given:N0} users, of which {About(unit.Matched)} are in the population{(unit.TrainingCountry is { } country ? $" and {About(unit.Seeds)} in {country}" : "")}: too few, or too similar to the population. ") +
        "Check that its ids are the population's user_id, or give it more users.";

    /// <summary>The reason why a country has no audiences.</summary>
    public string? Reason(TargetResult target) => target.Rejected is null || !ForOwner ? target.Rejected
        : "a size is below the minimum size of an audience, or above the number of remaining users. Ask for another size, or another " +
            "country.";

    /// <summary>The reason why requested sizes are missing.</summary>
    public string? Withheld(TargetResult target) => target.Withheld is null || !ForOwner ? target.Withheld
        : "a size is below the minimum size of an audience. Ask for a larger one.";

    /// <summary>Lists without an audience, with the reason.</summary>
    public IEnumerable<(string List, string? Country, string Reason)> Reasons(RunVersion version) =>
        !ForOwner ? Rejections.Of(version)
        : version.Units.SelectMany(unit => Reason(unit) is { } reason ? [(unit.List, unit.TrainingCountry, reason)]
            : unit.Targets.Where(target => (target.Rejected ?? target.Withheld) is not null)
                .Select(target => (unit.List, target.Country, Reason(target) ?? Withheld(target)!)));

    // Rounded alone, a part can be above its whole.
    private string About(long count) =>
        suppressBelow is { } least && OwnerCounts.Of(count, least) is null ? FormattableString.Invariant($"fewer than {least}") : $"about {Text(count)}";

    private static string Few(int least) => FormattableString.Invariant($"<{least}");
}
