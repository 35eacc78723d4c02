using System.Text.Json.Nodes;
using Kindred.Cli.Terminal;
using Kindred.Pipeline.Store;

namespace Kindred.Cli.Commands;

/// <summary>Counts of people and reasons as whoever reads them may see them: as they are for who runs the platform, and of owners nothing that tells of single users.</summary>
/// <param name="suppressBelow">For an owner the counts below which nothing is told; null for who runs the platform.</param>
internal sealed class ShownCounts(int? suppressBelow)
{
    /// <summary>Whether an owner reads.</summary>
    public bool ForOwner => suppressBelow is not null;

    public string Text(long count) =>
        suppressBelow is not { } least ? TextTable.Count(count) : OwnerCounts.Of(count, least) is { } told ? TextTable.Count(told) : Few(least);

    public JsonValue Json(long count) =>
        suppressBelow is not { } least ? JsonValue.Create(count) : OwnerCounts.Of(count, least) is { } told ? JsonValue.Create(told) : JsonValue.Create(Few(least));

    /// <summary>Why there is no model. An owner is told counts that he may see.</summary>
    public string? Reason(UnitResult unit) => unit.Rejected is null || !ForOwner ? unit.Rejected : FormattableString.Invariant(
        $"{unit.Given:N0} users, of which {Text(unit.Matched)} are in the population{(unit.TrainingCountry is { } country ? $" and {Text(unit.Seeds)} in {country}" : "")}: too few, or too much like everybody. ") +
        "Check that its ids are the population's user_id, or give it more users.";

    /// <summary>Why there are no audiences in a country.</summary>
    public string? Reason(TargetResult target) => target.Rejected is null || !ForOwner ? target.Rejected
        : "a size is below the fewest users that an audience may have, or more than are left there. Ask for another size, or another country.";

    /// <summary>Why sizes are missing that were asked for.</summary>
    public string? Withheld(TargetResult target) => target.Withheld is null || !ForOwner ? target.Withheld
        : "a size is below the fewest users that an audience may have. Ask for a larger one.";

    /// <summary>What has no audience, and why.</summary>
    public IEnumerable<(string List, string? Country, string Reason)> Reasons(RunVersion version) => !ForOwner ? RunCommand.Rejections(version)
        : version.Units.SelectMany(unit => Reason(unit) is { } reason ? [(unit.List, unit.TrainingCountry, reason)]
            : unit.Targets.Where(target => (target.Rejected ?? target.Withheld) is not null).Select(target => (unit.List, target.Country, Reason(target) ?? Withheld(target)!)));

    private static string Few(int least) => FormattableString.Invariant($"<{least}");
}
